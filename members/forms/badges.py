"""What is asked about badges: a day to come, whom to propose, by which decision they were given."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from members.forms.filters import AsksOrganization, organization_choice
from members.models import AwardDay, BadgeAward, BadgeKind, BadgeReissue, BadgeRule
from portal.dates import day
from portal.forms import DateField
from portal.vietnamese.fields import NFCFormField


class AwardDayFilter(AsksOrganization):
    award_on = forms.TypedChoiceField(
        label="Đợt trao", required=False, coerce=datetime.date.fromisoformat, empty_value=None
    )
    organization = organization_choice("Tất cả")

    def __init__(self, *args: Any, days: list[datetime.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["award_on"].choices = [(one.isoformat(), day(one)) for one in days]  # type: ignore[attr-defined]


class ProposalForm(forms.Form):
    """A badge out of turn, or on a day chosen for one member."""

    badge_years = forms.TypedChoiceField(label="Huy hiệu", coerce=int)
    kind = forms.ChoiceField(label="Loại", choices=BadgeKind.choices)
    award_on = DateField(label="Ngày trao")
    reason = NFCFormField(
        label="Lý do", max_length=200, required=False, help_text="Bắt buộc khi tặng sớm hoặc truy tặng"
    )

    def __init__(self, *args: Any, on: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = BadgeRule.objects.on(on).values_list("badge_years", flat=True).order_by("badge_years")
        self.fields["badge_years"].choices = [(one, f"{one} năm") for one in years]  # type: ignore[attr-defined]
        days = ", ".join(str(one) for one in AwardDay.objects.on(on))
        self.fields["award_on"].help_text = f"Đúng hạn thì là một đợt trao: {days}" if days else ""


class DecisionForm(forms.Form):
    """By which decision, and on which day, the chosen badges were given."""

    decision_number = NFCFormField(label="Số quyết định", max_length=60)
    awarded_on = DateField(label="Ngày trao")


class ReissueForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = BadgeReissue
        fields = ("award", "reason", "decided_on", "decision_number")
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {"decided_on": DateField}

    def __init__(self, *args: Any, awards: QuerySet[BadgeAward], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        award: Any = self.fields["award"]
        award.queryset, award.empty_label, award.label = awards, None, "Huy hiệu bị mất"
        award.label_from_instance = lambda one: f"{one.badge_years} năm, trao {day(one.awarded_on)}"
