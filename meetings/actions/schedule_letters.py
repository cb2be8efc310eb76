"""Who is told of a change in the leaders' diary: those it concerns, once, and never of what is over."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

from django.urls import reverse
from django.utils import timezone

from meetings.actions.letters import to_member
from meetings.models import EntryState, Half, ScheduleEntry, WeeklySchedule
from meetings.schedule import Told, told_of
from meetings.schedule.changes import changes_between
from members.models import PartyMember, User
from members.owning_committee import owning_committee
from portal import dates, outbox
from portal.dates import Week

SCHEDULE_CHANGED = "meetings.schedule_changed"
NO_LONGER_IN_IT = "Đồng chí không còn trong thành phần của việc này."


def post(entry: ScheduleEntry, *, before: Told | None, told: set[PartyMember], by: User) -> None:
    """After a change on a week that hangs on the wall. A conference tells its people by its own letters."""
    days = {entry.date, before.date} if before else {entry.date}
    weeks = [Week.of(day).monday for day in days]
    if entry.ends_at <= timezone.now() or not WeeklySchedule.objects.filter(monday__in=weeks).exists():
        return
    now = told_of(ScheduleEntry.objects.with_leaders().get(pk=entry.pk))
    leaders = set(entry.leaders.all())
    words = changes_between(before, now)
    heading = words[0].label if words else "Sửa thành phần"
    _post(entry, leaders, heading, said(now, before, entry.state_reason), key="changed", by=by)
    _post(entry, told - leaders, "Rút tên", NO_LONGER_IN_IT, key="left", by=by)


def said(now: Told, before: Told | None, reason: str) -> str:
    """The line in plain words, what it was before in brackets."""
    lines = []
    for label, tell in (("Thời gian", _when), ("Địa điểm", _where), ("Thành phần", _who)):
        new, old = tell(now), tell(before) if before else ""
        if new or old:
            lines.append(f"{label}: {new or 'để trống'}{f' (trước là {old})' if old and old != new else ''}.")
    return "\n".join([f"Lý do: {reason}", *lines] if reason else lines)


def _post(
    entry: ScheduleEntry, people: Iterable[PartyMember], heading: str, words: str, *, key: str, by: User
) -> None:
    recipients = _recipients(people)
    if not recipients:
        return
    owner = owning_committee()
    outbox.post(
        kind=SCHEDULE_CHANGED,
        about=entry,
        recipients=recipients,
        key=f"schedule-entry:{entry.pk}:{key}",
        version=entry.version,
        title=shorten(f"Lịch công tác, {heading.lower()}: {entry.content}", 250, placeholder="…"),
        url=reverse("meetings:week_of", args=[entry.week]),
        by=by,
        context={
            "owner": owner.name,
            "owner_parent": owner.parent_name,
            "phone": owner.office_phone,
            "title": entry.content,
            "words": words,
        },
        deadline=entry.ends_at,
        replaces="Lịch đã đổi lần nữa.",
    )


def _recipients(people: Iterable[PartyMember]) -> list[outbox.Recipient]:
    members = PartyMember.objects.filter(pk__in=[one.pk for one in people]).select_related("user").by_name()
    return [to_member(member) for member in members]


def _when(told: Told) -> str:
    words = dates.hour(told.hour) if told.hour else Half(told.half).label.lower()
    state = "" if told.state == EntryState.PLANNED else f"{EntryState(told.state).label}, theo lịch cũ "
    return f"{state}{words}, {dates.day_long(told.date)}"


def _where(told: Told) -> str:
    return told.venue


def _who(told: Told) -> str:
    return told.people
