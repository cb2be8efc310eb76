"""What a planned conference meets, said to whoever prepares it.

What the reader may not see is never named: of a hidden meeting he learns only that the room is taken.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from django.utils import timezone

from meetings import expansion
from meetings.clashes.bookings import Booking, bookings_between
from meetings.clashes.pairs import NAMED
from meetings.models import Meeting, ScheduleEntry
from members.models import PartyMember, User
from portal import dates


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

    @property
    def booking(self) -> Booking:
        people = dict.fromkeys(self.members, "") | ({self.chair.pk: ""} if self.chair else {})
        return Booking(
            ("meeting", self.meeting_id or 0), "", self.venue, self.starts_at, self.ends_at, people
        )


@dataclass(frozen=True)
class Hindrance:
    """Something in the way of a plan, and the sentence that says so."""

    other: Booking
    sentence: str

    @property
    def key(self) -> str:
        kind, pk = self.other.key
        return f"{kind}{pk}"


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


def find(plan: Plan, *, seen_by: User) -> list[Hindrance]:
    """Six queries at most, whatever the number of people."""
    ours = plan.booking
    first, last = timezone.localdate(plan.starts_at), timezone.localdate(plan.ends_at)
    met = [
        other
        for other in bookings_between(first, last)
        if other.key != ours.key and (ours.takes_people_of(other) or ours.takes_room_of(other))
    ]
    seen = _seen(met, seen_by)
    found = []
    for other in met:
        sentences = [_of_room(ours, other, is_seen=other.key in seen)]
        if other.key in seen:
            sentences += _of_people(plan, ours, other)
        found += [Hindrance(other, sentence) for sentence in sentences if sentence]
    return found


def _seen(met: list[Booking], user: User) -> set[tuple[str, int]]:
    """Those of them this person may know of."""
    if not met:
        return set()
    keys = [other.key for other in met]
    doors = {"meeting": Meeting.objects.visible_to(user), "entry": ScheduleEntry.objects.visible_to(user)}
    return {
        (kind, pk)
        for kind, door in doors.items()
        for pk in door.filter(pk__in=[pk for one, pk in keys if one == kind]).values_list("pk", flat=True)
    }


def _of_room(ours: Booking, other: Booking, *, is_seen: bool) -> str:
    if not ours.takes_room_of(other):
        return ""
    what = f"“{other.content}”" if is_seen else "cuộc họp khác"
    return f"{other.venue} đã có {what} {other.hours}."


def _of_people(plan: Plan, ours: Booking, other: Booking) -> list[str]:
    if not ours.takes_people_of(other):
        return []
    busy = {member: name for member, name in other.people.items() if member in ours.people}
    when = f"“{other.content}” {_when(other)}"
    sentences = []
    if plan.chair and plan.chair.pk in busy:
        does = "chủ trì" if other.chair == plan.chair.pk else "dự"
        sentences.append(f"Người chủ trì, đồng chí {plan.chair}, cùng buổi đó {does} {when}.")
        del busy[plan.chair.pk]
    names = list(busy.values())
    if names:
        others = f" và {len(names) - NAMED} đồng chí khác" if len(names) > NAMED else ""
        sentences.append(f"{len(names)} ủy viên cùng buổi đó có {when}: {', '.join(names[:NAMED])}{others}.")
    return sentences


def _when(other: Booking) -> str:
    is_meeting = other.key[0] == "meeting"
    return f"lúc {dates.moment(other.start)}" if is_meeting else other.hours
