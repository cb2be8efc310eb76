"""Where a planned conference meets another one: its room, its chair, its committee members.

A room is taken for the hours of a meeting; a person for the half-day (domain §2.3). What the reader
may not see is never named: of a hidden meeting he learns only that the room is taken.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.utils import timezone

from meetings import expansion
from meetings.models import Meeting, MeetingState, Participant
from meetings.models.schedule import NOON
from members.models import PartyMember, User
from portal import dates
from portal.vietnamese import fold

#: So many comrades are named in one sentence, the others are counted.
NAMED = 3


@dataclass(frozen=True)
class Plan:
    """Enough of a conference to look for clashes, whether it is saved already or still being typed."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime
    venue: str = ""
    chair: PartyMember | None = None
    #: Members of the committee that meets.
    members: frozenset[int] = field(default_factory=frozenset)
    #: The conference itself, when it is saved.
    meeting_id: int | None = None


@dataclass(frozen=True)
class Clash:
    meeting: Meeting
    sentence: str


def plan_of(meeting: Meeting) -> Plan:
    voters = meeting.participants.voting().filter(member__isnull=False).values_list("member", flat=True)
    members = set(voters) or expansion.seats(meeting.body, meeting.held_on)
    return Plan(
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        venue=meeting.venue,
        chair=meeting.chair,
        members=frozenset(members),
        meeting_id=meeting.pk,
    )


def find(plan: Plan, *, seen_by: User) -> list[Clash]:
    """Four queries at most, whatever the number of people."""
    first, last = half_days(plan.starts_at, plan.ends_at)
    others = (
        Meeting.objects.filter(starts_at__lt=last, ends_at__gt=first)
        .exclude(state__in=[MeetingState.POSTPONED, MeetingState.CANCELLED])
        .select_related("chair")
        .in_order()
    )
    found = [meeting for meeting in others if meeting.pk != plan.meeting_id]
    if not found:
        return []
    keys = [meeting.pk for meeting in found]
    seen = set(Meeting.objects.visible_to(seen_by).filter(pk__in=keys).values_list("pk", flat=True))
    busy = _busy(plan, [meeting for meeting in found if meeting.pk in seen])
    clashes = []
    for meeting in found:
        sentences = [_of_room(plan, meeting, is_seen=meeting.pk in seen)]
        if meeting.pk in seen:
            sentences += _of_people(plan, meeting, busy[meeting.pk])
        clashes += [Clash(meeting, sentence) for sentence in sentences if sentence]
    return clashes


def half_days(
    start: datetime.datetime, end: datetime.datetime
) -> tuple[datetime.datetime, datetime.datetime]:
    """The half-days a meeting touches, from the beginning of the first to the end of the last."""
    first, last = timezone.localtime(start), timezone.localtime(end - datetime.timedelta(seconds=1))
    begin = first.replace(hour=NOON.hour if first.hour >= NOON.hour else 0, minute=0, second=0, microsecond=0)
    half = last.replace(hour=NOON.hour if last.hour >= NOON.hour else 0, minute=0, second=0, microsecond=0)
    return begin, half + datetime.timedelta(hours=24 - NOON.hour)


def _busy(plan: Plan, meetings: list[Meeting]) -> dict[int, dict[int, str]]:
    """By meeting: those of our people who take part in it or chair it, with their names."""
    people = set(plan.members) | ({plan.chair.pk} if plan.chair else set())
    busy: dict[int, dict[int, str]] = defaultdict(dict)
    listed = Participant.objects.taking_part().filter(meeting__in=meetings, member__in=people)
    for pk, member, name in listed.in_protocol_order().values_list("meeting", "member", "full_name"):
        busy[pk][member] = name
    for meeting in meetings:
        if meeting.chair and meeting.chair_id in people:
            busy[meeting.pk].setdefault(meeting.chair.pk, meeting.chair.full_name)
    return busy


def _of_room(plan: Plan, other: Meeting, *, is_seen: bool) -> str:
    is_at_once = other.starts_at < plan.ends_at and other.ends_at > plan.starts_at
    if not plan.venue or not is_at_once or fold(plan.venue) != fold(other.venue):
        return ""
    what = f"“{other}”" if is_seen else "cuộc họp khác"
    return f"{other.venue} đã có {what} từ {dates.hour(other.starts_at)} đến {dates.hour(other.ends_at)}."


def _of_people(plan: Plan, other: Meeting, busy: dict[int, str]) -> list[str]:
    when = f"“{other}” lúc {dates.moment(other.starts_at)}"
    sentences = []
    if plan.chair and plan.chair.pk in busy:
        does = "chủ trì" if other.chair_id == plan.chair.pk else "dự"
        sentences.append(f"Người chủ trì, đồng chí {plan.chair}, cùng buổi đó {does} {when}.")
    chair = plan.chair.pk if plan.chair else None
    names = [name for member, name in busy.items() if member != chair]
    if names:
        others = f" và {len(names) - NAMED} đồng chí khác" if len(names) > NAMED else ""
        sentences.append(f"{len(names)} ủy viên cùng buổi đó có {when}: {', '.join(names[:NAMED])}{others}.")
    return sentences
