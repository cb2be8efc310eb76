"""Which targets are looked at, and the numbers typed for them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from members.forms.fees import FIRST_YEAR, LAST_YEAR
from members.forms.filters import AsksOrganization, organization_choice, year_field
from members.models import Indicator
from members.targets import Amount, Share, TargetBoard, amount_of
from portal.forms import SHORT
from portal.numbers import percent
from portal.vietnamese.fields import NFCFormField

MOST, WHOLE = 1_000_000, 100
A_NUMBER = "Ghi số nguyên, ví dụ 12; để trống nếu không giao."
AN_AMOUNT = "Ghi số nguyên, ví dụ 12, hoặc tỷ lệ từ 0,1% đến 100%, ví dụ 3%; để trống nếu không giao."
_NUMBER = re.compile(r"\d{1,3}(\.\d{3})+|\d+")
_SHARE = re.compile(r"\d{1,3}([.,]\d)?%")
A_PERCENT = "Ghi từ 0,1 đến 100, ví dụ 3 hoặc 2,5."


class TargetFilter(AsksOrganization):
    year = year_field(FIRST_YEAR, LAST_YEAR)
    indicator = forms.ChoiceField(label="Chỉ tiêu", required=False, choices=Indicator.choices)
    organization = organization_choice()
    percent = forms.DecimalField(
        label="Gợi ý theo % đảng viên",
        required=False,
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput(SHORT | {"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places"), A_PERCENT
        ),
    )


class AmountField(forms.Field):
    """12, 1.200 or, of what counts people, 3%."""

    def __init__(self, *, takes_share: bool) -> None:
        self.takes_share = takes_share
        mode = "text" if takes_share else "numeric"
        super().__init__(label="Số giao", required=False, widget=forms.TextInput(SHORT | {"inputmode": mode}))

    def to_python(self, value: Any) -> Amount:
        text = "".join(str(value or "").split())
        if not text:
            return None
        if self.takes_share and _SHARE.fullmatch(text):
            share = Decimal(text[:-1].replace(",", "."))
            if 0 < share <= WHOLE:
                return Share(share)
        elif _NUMBER.fullmatch(text) and (found := int(text.replace(".", ""))) <= MOST:
            return found
        raise ValidationError(AN_AMOUNT if self.takes_share else A_NUMBER)

    def prepare_value(self, value: Any) -> Any:
        return percent(value.percent) if isinstance(value, Share) else value


class TargetsForm(forms.Form):
    """What an organisation is given, under its key; `amounts` is what the action takes."""

    basis = NFCFormField(label="Văn bản giao", max_length=120, help_text="Ví dụ: 05-CTr/ĐUK ngày 10/01/2026")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, board: TargetBoard, suggested: Decimal | None) -> None:
        self.organizations = [line.organization.pk for line in board.lines]
        initial = {
            f"o{line.organization.pk}": Share(suggested)
            if suggested and line.members
            else amount_of(line.now)
            for line in board.lines
        }
        super().__init__(data, initial=initial | {"basis": board.basis, "seen": board.seen})
        for pk in self.organizations:
            self.fields[f"o{pk}"] = AmountField(takes_share=board.indicator.is_of_people)

    def amount_of(self, pk: int) -> forms.BoundField:
        return self[f"o{pk}"]

    @property
    def amounts(self) -> dict[int, Amount]:
        return {pk: self.cleaned_data[f"o{pk}"] for pk in self.organizations}

    def look_again(self, seen: str) -> None:
        """What somebody else wrote is shown now: the next press knows of it."""
        self.data = {name: self.data[name] for name in self.data} | {"seen": seen}
