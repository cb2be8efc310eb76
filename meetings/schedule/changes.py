"""What became of a line after the week was put up, in the words of the office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models

from meetings.models import EntryState

if TYPE_CHECKING:
    from meetings.schedule.lines import Told


class Change(models.TextChoices):
    NEW = "new", "Mới"
    CANCELLED = "cancelled", "Hủy"
    POSTPONED = "postponed", "Hoãn"
    LEFT = "left", "Chuyển tuần khác"
    DAY = "day", "Đổi ngày"
    HOUR = "hour", "Đổi giờ"
    ROOM = "room", "Đổi phòng"
    CONTENT = "content", "Sửa nội dung"
    PEOPLE = "people", "Sửa thành phần"


#: How the sentence on top of the week speaks of them.
_PHRASES = {Change.NEW: "việc mới", Change.LEFT: "chuyển tuần khác"}
_NUMBERS = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_STOPPED = {EntryState.POSTPONED: Change.POSTPONED, EntryState.CANCELLED: Change.CANCELLED}


def changes_between(before: Told | None, now: Told) -> tuple[Change, ...]:
    """The most telling first. What has been stopped since needs no other word."""
    if before is None:
        return (_STOPPED[EntryState(now.state)],) if now.is_stopped else (Change.NEW,)
    if now.is_stopped:
        return (_STOPPED[EntryState(now.state)],) if now.state != before.state else ()
    found = []
    if now.date != before.date:
        found.append(Change.DAY)
    elif (now.half, now.hour) != (before.half, before.hour):
        found.append(Change.HOUR)
    for name, change in (("venue", Change.ROOM), ("content", Change.CONTENT), ("people", Change.PEOPLE)):
        if getattr(now, name) != getattr(before, name):
            found.append(change)
    return tuple(found)


def said_in_words(changes: Iterable[Change]) -> str:
    """ "Một đổi giờ, hai hoãn." for the first change of each line, in the order of the list above."""
    counted = Counter(changes)
    parts = [
        f"{_number(counted[change])} {_PHRASES.get(change, change.label.lower())}"
        for change in Change
        if counted[change]
    ]
    return f"{', '.join(parts)}.".capitalize() if parts else ""


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)
