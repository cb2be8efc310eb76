"""What is asked of the figures: a period, an organisation, a page of rows."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils import timezone

from members.actions.reports import send_refusal
from members.forms.filters import AsksOrganization, organization_choice
from members.models import PartyOrganization, ReportPeriod
from members.statistics import INDICATORS, PUBLIC, Group, of_groups
from portal.dates import day
from portal.forms import SHORT, DateField
from portal.vietnamese.fields import NFCFormField


class PeriodForm(AsksOrganization):
    """Which figures: cumulative from 1 January to a day, for an organisation and all below it."""

    months = forms.TypedChoiceField(
        label="Kỳ báo cáo",
        required=False,
        choices=[("", "Đến nay"), *ReportPeriod.choices],
        coerce=int,
        empty_value=None,
    )
    year = forms.IntegerField(label="Năm", required=False, min_value=1930, max_value=2100, localize=False)
    until = DateField(label="Chốt đến ngày", required=False)
    organization = organization_choice()
    indicator = forms.ChoiceField(
        label="Xem theo tháng, theo tổ chức",
        required=False,
        choices=[
            (group.label, [(code, INDICATORS[code].label) for code in of_groups(group)]) for group in Group
        ],
    )

    def period(self) -> ReportPeriod:
        """As chosen, else the shortest one the last day lies in."""
        months = self.cleaned_data.get("months") or self.day().month
        return next(one for one in ReportPeriod if months <= one.value)

    def indicator_code(self) -> str:
        """Which one is shown by month and by organisation."""
        return self.cleaned_data.get("indicator") or next(iter(INDICATORS))

    def query(self, organization: PartyOrganization) -> str:
        """The address part that asks for the same figures again."""
        asked = {
            "organization": organization.pk,
            "months": self.cleaned_data.get("months") or "",
            "year": self.cleaned_data.get("year") or self.day().year,
            "until": day(self.day()),
            "indicator": self.indicator_code(),
        }
        return urlencode(asked)

    def day(self) -> datetime.date:
        """The last day counted: as typed, else the end of the period, never later than today's year."""
        today = timezone.localdate()
        if until := self.cleaned_data.get("until"):
            return until  # type: ignore[no-any-return]
        year = self.cleaned_data.get("year") or today.year
        months = self.cleaned_data.get("months") or (today.month if year == today.year else 12)
        first_after = datetime.date(year + months // 12, months % 12 + 1, 1)
        end = first_after - datetime.timedelta(days=1)
        return min(end, today) if year == today.year else end


class ReportForm(forms.Form):
    """A report about to be sent. What is expected for the period's end is asked where the figures are
    closed before it."""

    recipient = NFCFormField(label="Nơi nhận", max_length=200)
    number = NFCFormField(label="Số, ký hiệu báo cáo", max_length=60, required=False)
    reason = NFCFormField(label="Lý do gửi lại", max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(
        self,
        *args: Any,
        period: ReportPeriod,
        year: int,
        until: datetime.date,
        version: int,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.period, self.year, self.until = period, year, until
        self.fields["version"].initial = version
        if version == 1:
            del self.fields["reason"]
        if until < period.last_day(year):
            for code in PUBLIC:
                self.fields[f"estimate-{code}"] = forms.IntegerField(
                    label=INDICATORS[code].label,
                    required=False,
                    min_value=0,
                    max_value=1_000_000,
                    widget=forms.NumberInput(SHORT),
                )

    def clean(self) -> dict[str, Any]:
        if refusal := send_refusal(self.period, self.year, self.until):
            raise forms.ValidationError(refusal)
        return self.cleaned_data

    @property
    def estimates(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("estimate-")]

    def asked(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("recipient", "number", "reason", "version")
        told = {name: self.cleaned_data.get(name, "") for name in names}
        codes = {
            field.name.removeprefix("estimate-"): self.cleaned_data[field.name] for field in self.estimates
        }
        return told | {"estimates": {code: value for code, value in codes.items() if value is not None}}


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
