"""Fields that most lists of members and figures are narrowed by."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils import timezone

from members.models import PartyOrganization
from portal.dates import day
from portal.forms import SHORT, LongSelect

A_YEAR = "Năm gồm bốn chữ số, ví dụ 2026."


class NamesAlone(ModelChoiceIterator):  # type: ignore[type-arg]
    """Six hundred are offered, and one is chosen: what the list does not show is not read for it."""

    def __init__(self, field: OrganizationChoice) -> None:
        super().__init__(field)
        self.queryset = self.queryset.only("name", "valid_to")


class OrganizationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One that has ended stays to be chosen, for its old figures, and says so."""

    widget = LongSelect
    iterator = NamesAlone

    def label_from_instance(self, organization: PartyOrganization) -> str:
        ended = organization.valid_to
        if ended is None or ended >= timezone.localdate():
            return organization.name
        return f"{organization.name} (đã kết thúc {day(ended)})"


def organization_choice(everywhere: str | None = None) -> OrganizationChoice:
    """For a form that `AsksOrganization`; `everywhere` names the choice of none."""
    return OrganizationChoice(
        PartyOrganization.objects.none(), label="Tổ chức đảng", required=False, empty_label=everywhere
    )


def year_field(first: int, last: int) -> forms.IntegerField:
    return forms.IntegerField(
        label="Năm",
        required=False,
        min_value=first,
        max_value=last,
        widget=forms.TextInput(SHORT | {"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), A_YEAR),
    )


class AsksOrganization(forms.Form):
    """Its field `organization` offers the organisations the view gives it."""

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
