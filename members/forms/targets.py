"""Which targets are looked at, and the numbers typed for them."""

from __future__ import annotations

from typing import Any

from django import forms

from members.forms.fees import FIRST_YEAR, LAST_YEAR
from members.forms.filters import AsksOrganization, organization_choice, year_field
from members.models import Indicator
from portal.forms import SHORT
from portal.vietnamese.fields import NFCFormField

MOST = 1_000_000
A_NUMBER = "Ghi số nguyên, ví dụ 12; để trống nếu không giao."
A_PERCENT = "Ghi từ 0,1 đến 100, ví dụ 3 hoặc 2,5."


class TargetFilter(AsksOrganization):
    year = year_field(FIRST_YEAR, LAST_YEAR)
    indicator = forms.ChoiceField(label="Chỉ tiêu", required=False, choices=Indicator.choices)
    organization = organization_choice()
    percent = forms.DecimalField(
        label="Gợi ý theo % đảng viên đầu năm",
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


class TargetsForm(forms.Form):
    """A number an organisation, under its key; `numbers` is what the action takes."""

    basis = NFCFormField(label="Văn bản giao", max_length=120, help_text="Ví dụ: 05-CTr/ĐUK ngày 10/01/2026")

    def __init__(self, *args: Any, organizations: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organizations = organizations
        for pk in organizations:
            self.fields[f"o{pk}"] = forms.IntegerField(
                label="Số giao",
                required=False,
                min_value=0,
                max_value=MOST,
                widget=forms.TextInput(SHORT | {"inputmode": "numeric"}),
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), A_NUMBER),
            )

    def number_of(self, pk: int) -> forms.BoundField:
        return self[f"o{pk}"]

    @property
    def numbers(self) -> dict[int, int | None]:
        return {pk: self.cleaned_data[f"o{pk}"] for pk in self.organizations}
