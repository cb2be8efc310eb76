"""A week as one reader may see it: what is put up, what he may see himself, and what changed since."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from meetings.models import (
    Meeting,
    ParticipantClass,
    PublishedEntry,
    ScheduleEntry,
    WeeklySchedule,
)
from meetings.permissions import can_keep_schedule
from meetings.schedule.changes import Change, changes_between, said_in_words
from meetings.schedule.lines import Line, Told, frozen, told_of
from members.models import User
from portal.dates import Week
from portal.models import AuditEntry

#: Deeds that change what the schedule says of a conference.
_TELLING = ("convene", "correct", "move", "postponed", "cancelled", "schedule")

#: A conference or a diary entry.
Key = tuple[str, int]


@dataclass(frozen=True)
class ScheduledWeek:
    """`lines` are the schedule itself, `others` what this reader sees beside it."""

    week: Week
    schedule: WeeklySchedule | None
    lines: list[Line]
    others: list[Line] = field(default_factory=list)
    changed_at: datetime.datetime | None = None

    @property
    def is_published(self) -> bool:
        return self.schedule is not None

    @property
    def mine(self) -> list[Line]:
        return sorted((line for line in (*self.lines, *self.others) if line.is_mine), key=lambda x: x.key)

    @property
    def all(self) -> list[Line]:
        return sorted((*self.lines, *self.others), key=lambda x: x.key)

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.changes]

    @property
    def changes_in_words(self) -> str:
        return said_in_words(line.changes[0] for line in self.changed)


def scheduled_week(user: User, week: Week) -> ScheduledWeek:
    """Four queries at most, however full the week."""
    put_up = list(PublishedEntry.objects.visible_to(user).current(week).select_related("schedule"))
    schedule = put_up[0].schedule if put_up else None
    before: dict[Key, Told] = {_key_of(row): frozen(row) for row in put_up}
    is_open = schedule is not None or can_keep_schedule(user)
    lines: list[Line] = []
    others: list[Line] = []
    sources: list[Meeting | ScheduleEntry] = [*_meetings(user, week, put_up), *_entries(user, week, put_up)]
    for source in sources:
        # What stood on another week and was moved into this one is not told before this one is put up.
        if not (is_open or _is_his_own(source)):
            continue
        if line := _line(source, week, before.get(_key(source)), schedule):
            (lines if not is_open or _is_listed(source) else others).append(line)
    lines.sort(key=lambda line: line.key)
    others.sort(key=lambda line: line.key)
    return ScheduledWeek(week, schedule, lines, others, _changed_at(lines))


def _meetings(user: User, week: Week, put_up: list[PublishedEntry]) -> QuerySet[Meeting]:
    seen, listed = Meeting.objects.visible_to(user), Meeting.objects.on_schedule_for(user)
    in_week = Q(starts_at__gte=week.starts_at, starts_at__lt=week.next.starts_at)
    stood_here = Q(pk__in=[row.meeting_id for row in put_up if row.meeting_id])
    one = {"pk": OuterRef("pk")}
    return with_classes(
        Meeting.objects.filter(in_week | stood_here)
        .filter(Q(pk__in=seen.values("pk")) | Q(pk__in=listed.values("pk")))
        .annotate(
            may_open=Exists(seen.filter(**one)),
            is_listed=Exists(listed.filter(**one)),
            is_attended=Exists(Meeting.objects.attended_by(user).filter(**one)),
        )
    )


def with_classes(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Each with the names of its classes of participants in `class_labels`."""
    classes = ParticipantClass.objects.filter(meeting=OuterRef("pk")).order_by("order", "pk")
    return meetings.annotate(class_labels=ArraySubquery(classes.values("label"))).in_order()  # type: ignore[attr-defined, no-any-return]


def _entries(user: User, week: Week, put_up: list[PublishedEntry]) -> QuerySet[ScheduleEntry]:
    in_week = Q(date__gte=week.monday, date__lte=week.sunday)
    stood_here = Q(pk__in=[row.entry_id for row in put_up if row.entry_id])
    own = ScheduleEntry.objects.of(user).filter(pk=OuterRef("pk"))
    return (
        ScheduleEntry.objects.visible_to(user)
        .filter(in_week | stood_here)
        .with_leaders()
        .annotate(is_attended=Exists(own))
        .order_by("pk")
    )


def _is_listed(source: Meeting | ScheduleEntry) -> bool:
    return isinstance(source, ScheduleEntry) or bool(source.is_listed)  # type: ignore[attr-defined]


def _is_his_own(source: Meeting | ScheduleEntry) -> bool:
    """What a reader may see whatever is put up: his own diary, the conferences open to him."""
    if isinstance(source, ScheduleEntry):
        return bool(source.is_attended)  # type: ignore[attr-defined]
    return bool(source.may_open)  # type: ignore[attr-defined]


def _line(
    source: Meeting | ScheduleEntry, week: Week, before: Told | None, schedule: WeeklySchedule | None
) -> Line | None:
    now = told_of(source)
    changes: tuple[Change, ...] = ()
    if not week.monday <= now.date <= week.sunday:
        if before is None or not _is_listed(source):
            return None
        changes = (Change.LEFT,)
    elif schedule and _is_listed(source):
        if before is None and now.is_stopped and _appeared_at(source) <= schedule.published_at:
            return None  # Stopped before the week was put up: nobody had heard of it.
        changes = changes_between(before, now)
    url = source.get_absolute_url() if isinstance(source, Meeting) and _is_his_own(source) else ""
    is_mine = bool(source.is_attended)  # type: ignore[union-attr]
    return Line(source, now, before, changes, url=url, is_mine=is_mine)


def _appeared_at(source: Meeting | ScheduleEntry) -> datetime.datetime:
    if isinstance(source, ScheduleEntry):
        return source.created_at
    return source.convened_at or source.created_at


def _changed_at(lines: list[Line]) -> datetime.datetime | None:
    """When the last change after putting up was made; a conference's own story tells its moment."""
    changed = [line.source for line in lines if line.changes]
    moments = [source.changed_at for source in changed if isinstance(source, ScheduleEntry)]
    if meetings := [source.pk for source in changed if isinstance(source, Meeting)]:
        story = AuditEntry.objects.filter(
            about_type=ContentType.objects.get_for_model(Meeting),
            about_id__in=meetings,
            action__in=[f"meetings.{deed}" for deed in _TELLING],
        )
        moments.append(story.aggregate(last=Max("at"))["last"])
    return max(filter(None, moments), default=None)


def _key(source: Meeting | ScheduleEntry) -> Key:
    return ("meeting" if isinstance(source, Meeting) else "entry", source.pk)


def _key_of(row: PublishedEntry) -> Key:
    return ("meeting", row.meeting_id) if row.meeting_id else ("entry", row.entry_id or 0)
