"""What is asked of the figures: a period, an organisation, a page of rows."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from members.models import PartyOrganization
from portal.forms import DateField


class PeriodForm(forms.Form):
    """Which figures: cumulative from 1 January to a day, for an organisation and all below it."""

    PERIODS: ClassVar[list[tuple[str, str]]] = [
        ("3", "3 tháng"),
        ("6", "6 tháng"),
        ("9", "9 tháng"),
        ("12", "Cả năm"),
    ]

    months = forms.ChoiceField(label="Kỳ báo cáo", required=False, choices=[("", "Đến nay"), *PERIODS])
    year = forms.IntegerField(label="Năm", required=False, min_value=1930, max_value=2100, localize=False)
    until = DateField(label="Chốt đến ngày", required=False)
    organization = forms.ModelChoiceField(
        PartyOrganization.objects.none(), label="Tổ chức đảng", required=False, empty_label=None
    )

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]

    def day(self) -> datetime.date:
        """The last day counted: as typed, else the end of the period, never later than today's year."""
        today = timezone.localdate()
        if until := self.cleaned_data.get("until"):
            return until  # type: ignore[no-any-return]
        year = self.cleaned_data.get("year") or today.year
        months = int(self.cleaned_data.get("months") or (today.month if year == today.year else 12))
        first_after = datetime.date(year + months // 12, months % 12 + 1, 1)
        end = first_after - datetime.timedelta(days=1)
        return min(end, today) if year == today.year else end


class DayForm(forms.Form):
    """As of which day something is shown."""

    ngay = DateField(label="Xem theo ngày", required=False)


class FigureForm(forms.Form):
    """The address of one figure: an organisation, the day it is counted to, and where a page begins."""

    until = forms.DateField(input_formats=["%Y-%m-%d"])
    organization = forms.ModelChoiceField(PartyOrganization.objects.none())
    #: Of the organisation's number, what this one directly below contributed.
    part = forms.ModelChoiceField(PartyOrganization.objects.none(), required=False)
    after = forms.RegexField(r"^\d{4}-\d{2}-\d{2}\.\d{1,18}$", required=False)

    def __init__(self, *args: Any, organizations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organization", "part"):
            self.fields[name].queryset = organizations  # type: ignore[attr-defined]
