"""What the office types into the annual work programme, and which year is looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from meetings.models import QUARTERS, MeetingKind, WorkProgramItem
from members.models import Body
from portal.vietnamese.fields import NFCFormField

FEW_LINES = forms.Textarea(attrs={"rows": 3})
PERIODS = [
    ("Tháng", [(f"t{month}", f"Tháng {month}") for month in range(1, 13)]),
    ("Cả quý", [(f"q{place * 3}", f"Quý {name}") for place, name in enumerate(QUARTERS, start=1)]),
]


class YearForm(forms.Form):
    nam = forms.IntegerField(required=False)

    def among(self, years: list[int]) -> int:
        """The year asked for where there is one, else the newest, else this one."""
        asked = self.cleaned_data["nam"] if self.is_valid() else None
        return asked if asked in years else next(iter(years), timezone.localdate().year)


class ProgramForm(forms.Form):
    body = forms.ModelChoiceField(Body.objects.none(), label="Của")
    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2100, localize=False)
    symbol = NFCFormField(label="Số, ký hiệu", max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = _bodies()  # type: ignore[attr-defined]


class ProgramItemForm(forms.Form):
    period = forms.ChoiceField(label="Thời gian", choices=PERIODS)
    content = NFCFormField(label="Nội dung", max_length=1000, multiline=True, widget=FEW_LINES)
    preparing_body = forms.ModelChoiceField(Body.objects.none(), label="Cơ quan chuẩn bị", required=False)
    output = NFCFormField(label="Sản phẩm", max_length=200, required=False)
    meeting_kind = forms.ModelChoiceField(MeetingKind.objects.all(), label="Trình tại", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preparing_body"].queryset = _bodies()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The period as the row keeps it: a month, and whether it stands for its quarter."""
        given = super().clean() or {}
        if period := given.pop("period", ""):
            given |= {"month": int(period[1:]), "is_quarterly": period[0] == "q"}
        return given


def typed(item: WorkProgramItem) -> dict[str, Any]:
    """A row as the form shows it."""
    return {
        "period": f"{'q' if item.is_quarterly else 't'}{item.month}",
        "content": item.content,
        "preparing_body": item.preparing_body_id,
        "output": item.output,
        "meeting_kind": item.meeting_kind_id,
    }


def _bodies() -> Any:
    return Body.objects.on(timezone.localdate()).filter(organization__parent__isnull=True)
