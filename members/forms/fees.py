"""What is asked about Party fees, and what is typed into a register."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from members.forms.filters import AsksOrganization, organization_choice, year_field
from members.models import FeeGroup, FeePayment, FeeStanding
from portal.forms import SHORT, DateField
from portal.numbers import number

FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST = 2_000_000_000
A_SUM = "Chưa hiểu số tiền này. Ghi bằng đồng, ví dụ 84.240."
_BETWEEN = re.compile(r"[.\s]")


class MoneyField(forms.IntegerField):
    """Whole đồng, as an office writes them: 84.240."""

    def __init__(self, **kwargs: Any) -> None:
        said = dict.fromkeys(("invalid", "min_value", "max_value"), A_SUM)
        widget = forms.TextInput(SHORT | {"inputmode": "numeric"})
        super().__init__(min_value=0, max_value=MOST, widget=widget, error_messages=said, **kwargs)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_BETWEEN.sub("", value) if isinstance(value, str) else value)

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int) else value


class FeeFilter(AsksOrganization):
    year = year_field(FIRST_YEAR, LAST_YEAR)
    organization = organization_choice()


class Blank:
    """What an empty field of the register means."""

    UNPAID, FULL = "unpaid", "full"


class FeeRoundForm(forms.Form):
    """What holds for all lines of the page."""

    paid_on = DateField(label="Ngày nộp")
    blank = forms.ChoiceField(
        label="Dòng để trống là",
        choices=[(Blank.UNPAID, "chưa nộp"), (Blank.FULL, "đã nộp đủ số phải nộp")],
        widget=forms.RadioSelect,
        initial=Blank.UNPAID,
    )
    recounts = forms.BooleanField(
        label="Tính lại số phải nộp theo diện và mức hiện nay",
        required=False,
    )


class FeeLineForm(forms.Form):
    paid = MoneyField(label="Đã nộp", required=False)

    def __init__(self, *args: Any, payment: FeePayment | None, **kwargs: Any) -> None:
        if payment:
            kwargs["initial"] = {"paid": payment.paid}
        super().__init__(*args, **kwargs)


class FeeSinceForm(forms.Form):
    since = DateField(label="Áp dụng từ ngày", help_text="Ngày đầu tháng")


class FeeStandingForm(forms.Form):
    group = forms.ChoiceField(label="Diện", required=False, choices=[("", "chưa ghi"), *FeeGroup.choices])
    income = MoneyField(label="Thu nhập", required=False)

    def __init__(self, *args: Any, standing: FeeStanding | None, **kwargs: Any) -> None:
        if standing:
            kwargs["initial"] = {"group": standing.group, "income": standing.income}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("income") is not None and not given.get("group"):
            self.add_error("group", "Chọn diện đóng.")
        return given
