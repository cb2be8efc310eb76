"""The weekly schedule: the leaders' diary is kept, and a week is put up for everybody to see."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.actions import schedule_letters
from meetings.models import EntryState, Meeting, PublishedEntry, ScheduleEntry, WeeklySchedule
from meetings.schedule import ScheduledWeek, Told, scheduled_week, told_of
from members.models import PartyMember, User
from portal import audit
from portal.dates import Week
from portal.vietnamese import nfc

PLAN = ("date", "half", "hour", "until", "content", "venue", "participants_text")


def get_change_refusal(entry: ScheduleEntry) -> str | None:
    """Why a line of the diary can't be changed any more; None while it can."""
    if entry.state == EntryState.CANCELLED:
        return "Việc này đã hủy. Nếu vẫn làm thì ghi thành việc mới."
    return None


def get_stop_refusal(entry: ScheduleEntry) -> str | None:
    if entry.state == EntryState.PLANNED:
        return None
    return f"Việc này đã {entry.get_state_display().lower()}."


def get_publish_refusal(view: ScheduledWeek, today: datetime.date) -> str | None:
    """Why a week is not put up; None while it may be, for the first time or once more."""
    if view.week.sunday < today:
        return "Tuần này đã qua nên không đăng nữa."
    if not _to_put_up(view):
        return "Tuần này chưa có việc nào để đăng."
    if view.is_published and not view.changed:
        return "Lịch không có gì khác bản đã đăng."
    return None


@transaction.atomic
def add_entry(
    *,
    date: datetime.date,
    half: str,
    content: str,
    by: User,
    hour: datetime.time | None = None,
    until: datetime.time | None = None,
    venue: str = "",
    leaders: Iterable[PartyMember] = (),
    participants_text: str = "",
) -> ScheduleEntry:
    """Write a line. On a week already put up it shows at once, marked new, and its leaders are told."""
    entry = ScheduleEntry(
        date=date,
        half=half,
        hour=hour,
        until=until,
        content=content,
        venue=venue,
        participants_text=participants_text,
        created_by=by,
    )
    entry.full_clean()
    entry.save()
    entry.leaders.set(leaders)
    audit.record("meetings.add_entry", about=entry, by=by, summary="Ghi việc vào lịch công tác")
    schedule_letters.post(entry, before=None, told=set(), by=by)
    return entry


@transaction.atomic
def change_entry(
    entry: ScheduleEntry, *, by: User, leaders: Iterable[PartyMember], **plan: Any
) -> ScheduleEntry:
    """Change a line; one that was put off is on again. Who was told, and who joins, is told once."""
    entry = _lock(entry)
    _refuse(get_change_refusal(entry))
    if unknown := set(plan) - set(PLAN):
        raise TypeError(f"not part of an entry: {', '.join(sorted(unknown))}")
    before, told, leaders = _as_told(entry), set(entry.leaders.all()), set(leaders)
    for name, value in plan.items():
        setattr(entry, name, value)
    entry.state, entry.state_reason = EntryState.PLANNED, ""
    entry.full_clean()
    entry.save()
    entry.leaders.set(leaders)
    now = _as_told(entry)
    if now == before and leaders == told:
        return entry
    _stamp(entry)
    pairs = {name: [str(getattr(before, name)), str(getattr(now, name))] for name in vars(now)}
    audit.record(
        "meetings.change_entry",
        about=entry,
        by=by,
        summary="Sửa việc trong lịch công tác",
        changes={name: pair for name, pair in pairs.items() if pair[0] != pair[1]},
    )
    schedule_letters.post(entry, before=before, told=told, by=by)
    return entry


@transaction.atomic
def postpone_entry(entry: ScheduleEntry, *, reason: str, by: User) -> ScheduleEntry:
    return _stop(entry, EntryState.POSTPONED, reason=reason, by=by)


@transaction.atomic
def cancel_entry(entry: ScheduleEntry, *, reason: str, by: User) -> ScheduleEntry:
    return _stop(entry, EntryState.CANCELLED, reason=reason, by=by)


@transaction.atomic
def publish_week(week: Week, *, by: User, at: datetime.datetime | None = None) -> WeeklySchedule:
    """Put a week up: each line is kept as it stands, so that what changes later can be shown.

    Once more puts up a new edition in which nothing is marked as changed. `at` is when it hung on
    the wall, for weeks entered afterwards. What was stopped before anybody had heard of it is left out.
    """
    at = at or timezone.now()
    # Two clicks meet here: the second finds nothing changed and is refused.
    schedule, _ = WeeklySchedule.objects.select_for_update().get_or_create(
        monday=week.monday, defaults={"published_at": at, "published_by": by}
    )
    view = scheduled_week(by, week)
    _refuse(get_publish_refusal(view, timezone.localdate(at)))
    schedule.edition += 1
    schedule.published_at, schedule.published_by = at, by
    schedule.save(update_fields=["edition", "published_at", "published_by"])
    rows = _to_put_up(view)
    PublishedEntry.objects.bulk_create(
        PublishedEntry(
            schedule=schedule,
            edition=schedule.edition,
            meeting=line.source if isinstance(line.source, Meeting) else None,
            entry=line.source if isinstance(line.source, ScheduleEntry) else None,
            **vars(line.now),
        )
        for line in rows
    )
    again = "Đăng lại" if view.is_published else "Đăng"
    audit.record(
        "meetings.publish_week",
        about=schedule,
        by=by,
        summary=f"{again} lịch công tác tuần {week.number} năm {week.year}",
        changes={"lines": len(rows), "edition": schedule.edition},
    )
    return schedule


@transaction.atomic
def put_on_schedule(meeting: Meeting, *, is_on: bool | None, by: User) -> Meeting:
    """Put a conference on the common schedule or take it off, whatever its kind says; None asks the kind."""
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    before, meeting.is_on_schedule = meeting.is_on_schedule, is_on
    meeting.save(update_fields=["is_on_schedule"])
    audit.record(
        "meetings.schedule",
        about=meeting,
        by=by,
        summary="Rút khỏi lịch công tác tuần" if is_on is False else "Đưa lên lịch công tác tuần",
        changes={"is_on_schedule": [before, is_on]},
    )
    return meeting


def _stop(entry: ScheduleEntry, state: EntryState, *, reason: str, by: User) -> ScheduleEntry:
    entry = _lock(entry)
    _refuse(get_stop_refusal(entry))
    if not nfc(reason):
        raise ValidationError({"reason": f"Ghi lý do {state.label.lower()}."})
    before, told = _as_told(entry), set(entry.leaders.all())
    entry.state, entry.state_reason = state, reason
    entry.full_clean()
    _stamp(entry)
    audit.record(
        f"meetings.{state.value}_entry", about=entry, by=by, summary=f"{state.label} việc trong lịch công tác"
    )
    schedule_letters.post(entry, before=before, told=told, by=by)
    return entry


def _stamp(entry: ScheduleEntry) -> None:
    entry.version += 1
    entry.changed_at = timezone.now()
    entry.save()


def _lock(entry: ScheduleEntry) -> ScheduleEntry:
    return ScheduleEntry.objects.select_for_update().get(pk=entry.pk)


def _as_told(entry: ScheduleEntry) -> Told:
    return told_of(ScheduleEntry.objects.with_leaders().get(pk=entry.pk))


def _to_put_up(view: ScheduledWeek) -> list[Any]:
    """What stands in this week; a thing stopped only if an edition before showed it."""
    week = view.week
    here = [line for line in view.lines if week.monday <= line.now.date <= week.sunday]
    return [line for line in here if line.before or not line.now.is_stopped]


def _refuse(reason: str | None) -> None:
    if reason:
        raise ValidationError(reason)
