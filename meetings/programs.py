"""Where a row of the annual work programme stands, measured against its conference (domain §2.2)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import models

from meetings.models import Meeting, MeetingState, WorkProgramItem

HELD = (MeetingState.IN_SESSION, MeetingState.MINUTES, MeetingState.FINAL)


class ProgramStatus(models.TextChoices):
    DONE = "done", "Đã họp"
    PLANNED = "planned", "Đã lập hội nghị"
    AHEAD = "ahead", "Chưa đến kỳ"
    DUE = "due", "Đến kỳ, chưa lập hội nghị"
    LATE = "late", "Quá kỳ, chưa họp"


@dataclass(frozen=True)
class Row:
    item: WorkProgramItem
    meeting: Meeting | None
    status: ProgramStatus


def row_of(item: WorkProgramItem, year: int, today: datetime.date) -> Row:
    """`item` comes with its conferences that were not called off in `live_meetings`, the first one first."""
    meetings: list[Meeting] = item.live_meetings  # type: ignore[attr-defined]
    held = next((one for one in meetings if one.state in HELD), None)
    meeting = held or next(iter(meetings), None)
    return Row(item, meeting, _status(item, meeting, held is not None, (year, today)))


def _status(
    item: WorkProgramItem, meeting: Meeting | None, is_held: bool, when: tuple[int, datetime.date]
) -> ProgramStatus:
    year, today = when
    first = item.month - 2 if item.is_quarterly else item.month
    now = (today.year, today.month)
    if is_held:
        return ProgramStatus.DONE
    if (year, item.month) < now:
        return ProgramStatus.LATE
    if meeting:
        return ProgramStatus.PLANNED
    return ProgramStatus.DUE if (year, first) <= now else ProgramStatus.AHEAD
