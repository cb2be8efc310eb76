"""One line of the schedule: what it says now, what it said when it was put up, and what differs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from meetings.models import EntryState, Half, Meeting, MeetingState, PublishedEntry, ScheduleEntry
from meetings.schedule.changes import Change
from portal import dates

_STATES = {MeetingState.POSTPONED: EntryState.POSTPONED, MeetingState.CANCELLED: EntryState.CANCELLED}


@dataclass(frozen=True)
class Told:
    """What the schedule says of one thing: the columns of `PublishedEntry`."""

    date: datetime.date
    half: str
    hour: datetime.time | None
    content: str
    venue: str
    people: str
    state: str

    @property
    def is_stopped(self) -> bool:
        return self.state != EntryState.PLANNED


@dataclass(frozen=True)
class Line:
    """`now` is what it says; `before` what was put up, where that differs from nothing at all."""

    source: Meeting | ScheduleEntry
    now: Told
    before: Told | None = None
    changes: tuple[Change, ...] = field(default=())
    #: Where the reader may open it; empty when the schedule is all he may see of it.
    url: str = ""
    is_mine: bool = False

    @property
    def shown(self) -> Told:
        """What stands in the row: a thing that left the week is shown as it stood there."""
        return self.before if self.before and Change.LEFT in self.changes else self.now

    @property
    def is_off(self) -> bool:
        return self.now.is_stopped or Change.LEFT in self.changes

    @property
    def half_label(self) -> str:
        return Half(self.shown.half).label

    @property
    def key(self) -> tuple[datetime.date, int, datetime.time, str, int]:
        """Day, half-day, hour; then as entered."""
        one = self.shown
        hour = one.hour or datetime.time()
        return one.date, Half(one.half).rank, hour, type(self.source).__name__, self.source.pk

    @property
    def old_time(self) -> str:
        """The hour that was put up, with its day where that changed too; empty where it stands."""
        if self.before is None or not {Change.DAY, Change.HOUR} & set(self.changes):
            return ""
        old = self.before
        words = dates.hour(old.hour) if old.hour else Half(old.half).label
        return f"{words}, {dates.weekday(old.date)} {dates.day_short(old.date)}" if self._moved else words

    @property
    def old_venue(self) -> str:
        return self.before.venue if self.before and Change.ROOM in self.changes else ""

    @property
    def old_content(self) -> str:
        return self.before.content if self.before and Change.CONTENT in self.changes else ""

    @property
    def old_people(self) -> str:
        return self.before.people if self.before and Change.PEOPLE in self.changes else ""

    @property
    def is_diary(self) -> bool:
        return isinstance(self.source, ScheduleEntry)

    @property
    def _moved(self) -> bool:
        return Change.DAY in self.changes


def told_of(source: Meeting | ScheduleEntry) -> Told:
    """A conference fetched with `class_labels`, or a diary entry fetched with `leader_names`."""
    return _of_meeting(source) if isinstance(source, Meeting) else _of_entry(source)


def frozen(row: PublishedEntry) -> Told:
    return Told(row.date, row.half, row.hour, row.content, row.venue, row.people, row.state)


def _of_meeting(meeting: Meeting) -> Told:
    start = timezone.localtime(meeting.starts_at)
    labels: list[str] = meeting.class_labels  # type: ignore[attr-defined]
    people = ["; ".join(labels)] if labels else []
    if meeting.chair_title:
        people.append(f"Chủ trì: {meeting.chair_title}")
    return Told(
        date=start.date(),
        half=Half.of(start.time()),
        hour=start.time(),
        content=meeting.title,
        venue=meeting.venue,
        people=". ".join(people),
        state=_STATES.get(MeetingState(meeting.state), EntryState.PLANNED),
    )


def _of_entry(entry: ScheduleEntry) -> Told:
    names: list[str] = entry.leader_names  # type: ignore[attr-defined]
    return Told(
        date=entry.date,
        half=entry.half,
        hour=entry.hour,
        content=entry.content,
        venue=entry.venue,
        people=entry.participants_text or ", ".join(f"đồng chí {name}" for name in names),
        state=entry.state,
    )
