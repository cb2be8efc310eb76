"""What the office types into the leaders' diary."""

from __future__ import annotations

import datetime
from hashlib import blake2b
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils import timezone

from meetings.clashes import Clash, booking_of_entry, clashes_with
from meetings.models import Half, Meeting, ScheduleEntry
from members.models import PartyMember, PositionHolding
from portal.forms import DateField, TimeField

A_SEASON = datetime.timedelta(days=180)


def leaders_on(day: datetime.date) -> list[tuple[int, str]]:
    """Those who hold a position in the committee itself, in protocol order, with the title they go by."""
    held = PositionHolding.objects.on(day).filter(organization__parent__isnull=True)
    found: dict[int, str] = {}
    for holding in held.select_related("member").by_rank():
        found.setdefault(holding.member_id, f"{holding.member.full_name}, {holding.title}")
    return list(found.items())


def usual_venues(today: datetime.date) -> list[str]:
    """Rooms as they were written of late, so that one room keeps one spelling."""
    since = today - A_SEASON
    rooms = set(ScheduleEntry.objects.filter(date__gte=since).values_list("venue", flat=True))
    rooms |= set(Meeting.objects.filter(starts_at__date__gte=since).values_list("venue", flat=True))
    return sorted(rooms - {""})


class ViewForm(forms.Form):
    """Which way the week is looked at; anything unknown is the whole office."""

    ALL, MINE, ROOMS = "", "toi", "phong"
    KINDS: ClassVar = [(ALL, "Cả cơ quan"), (MINE, "Có tôi dự"), (ROOMS, "Theo phòng họp")]

    xem = forms.ChoiceField(choices=KINDS, required=False)

    @property
    def kind(self) -> str:
        return self.cleaned_data["xem"] if self.is_valid() else self.ALL


class DayForm(forms.Form):
    """The day a new line is written for: what the link says, or nothing."""

    ngay = forms.DateField(input_formats=["%Y-%m-%d"])

    @property
    def day(self) -> datetime.date | None:
        return self.cleaned_data["ngay"] if self.is_valid() else None


class OnScheduleForm(forms.Form):
    """Onto the schedule ("1") or off it ("0")."""

    len = forms.TypedChoiceField(choices=[("1", "Đưa lên"), ("0", "Rút")], coerce=lambda value: value == "1")


class EntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """One line. Clashes are shown the first time it is sent, and written all the same the second time."""

    date = DateField(label="Ngày", help_text="Ví dụ 26/9/2024.")
    half = forms.ChoiceField(label="Buổi", choices=Half.choices, widget=forms.RadioSelect)
    hour = TimeField(label="Giờ", required=False, help_text="Ví dụ 14:00. Để trống nếu chưa định giờ.")
    until = TimeField(label="Đến giờ", required=False, help_text="Để trống: đến hết buổi.")
    leaders = forms.MultipleChoiceField(
        label="Lãnh đạo dự",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Thấy việc này trong lịch của mình, và được báo khi lịch đã đăng có thay đổi.",
    )
    accepted = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = ScheduleEntry
        fields = ("date", "half", "hour", "until", "content", "venue", "leaders", "participants_text")
        widgets: ClassVar = {
            "content": forms.Textarea(attrs={"rows": 2}),
            "participants_text": forms.Textarea(attrs={"rows": 2}),
            "venue": forms.TextInput(attrs={"list": "phong", "autocomplete": "off"}),
        }
        help_texts: ClassVar = {
            "participants_text": "In trên lịch, ví dụ: Phó Bí thư Thường trực; Ban Tổ chức. "
            "Để trống: lịch ghi tên lãnh đạo dự.",
        }

    def __init__(self, *args: Any, day: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = leaders_on(day)
        if self.instance.pk:
            listed = {pk for pk, _ in choices}
            former = self.instance.leaders.exclude(pk__in=listed).by_name()
            choices += [(one.pk, one.full_name) for one in former]
            self.initial["leaders"] = [one.pk for one in self.instance.leaders.all()]
        self.fields["leaders"].choices = choices  # type: ignore[attr-defined]
        self.venues = usual_venues(timezone.localdate())
        self.clashes: list[Clash] = []

    def clean_leaders(self) -> list[PartyMember]:
        return list(PartyMember.objects.filter(pk__in=self.cleaned_data["leaders"]))

    @property
    def plan(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "accepted"}

    def find_clashes(self) -> bool:
        """Whether something stands in the way that has not been looked at and accepted yet."""
        entry = ScheduleEntry(pk=self.instance.pk, **{k: v for k, v in self.plan.items() if k != "leaders"})
        self.clashes = clashes_with(booking_of_entry(entry, self.plan["leaders"]))
        seen = blake2b("\n".join(map(str, self.clashes)).encode(), digest_size=16).hexdigest()
        if not self.clashes or self.cleaned_data["accepted"] == seen:
            return False
        # The next sending accepts exactly these: a clash that arises meanwhile is shown again.
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed[self.add_prefix("accepted")] = seen
        self.data = typed
        return True
