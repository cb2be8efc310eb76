"""Who is expected at two places at once, and which room was given away twice (domain §2.3)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone

from meetings.models import AttendeeRole, Half, Meeting, Participant, ScheduleEntry
from meetings.models.meetings import TOLD, MeetingState
from members.models import PartyMember
from portal import dates
from portal.dates import Week
from portal.vietnamese import fold

#: Names said in full; the others are counted.
NAMED = 3


@dataclass(frozen=True)
class Booking:
    """Something that takes people and a room for a while. `key` tells it from every other."""

    key: tuple[str, int]
    content: str
    venue: str
    start: datetime.datetime
    end: datetime.datetime
    people: dict[int, str]

    @property
    def halves(self) -> set[str]:
        """The half-days it touches; one that ends at noon leaves the afternoon free."""
        start, end = timezone.localtime(self.start), timezone.localtime(self.end)
        last = end - datetime.timedelta(microseconds=1)
        found = {Half.of(start.time()), Half.of(last.time())}
        return {half.value for half in found}

    def overlaps(self, other: Booking) -> bool:
        return self.start < other.end and other.start < self.end

    def is_beside(self, other: Booking) -> bool:
        """The same half-day of the same day."""
        same_day = timezone.localdate(self.start) == timezone.localdate(other.start)
        return same_day and bool(self.halves & other.halves)


@dataclass(frozen=True)
class Clash:
    first: Booking
    second: Booking
    #: The people expected at both; none where only the room is taken twice.
    people: tuple[str, ...]
    room: str

    def __str__(self) -> str:
        day = timezone.localdate(self.second.start)
        who = _names(self.people) if self.people else f"{self.room} được xếp cho hai việc"
        when = f"{dates.weekday(day)} {dates.day_short(day)}"
        return f"{when[:1].upper()}{when[1:]}: {who}: “{self.first.content}” và “{self.second.content}”."


def _names(people: tuple[str, ...]) -> str:
    rest = len(people) - NAMED
    more = f" và {rest} đồng chí khác" if rest > 0 else ""
    return f"đồng chí {', '.join(people[:NAMED])}{more} có hai việc một lúc"


def clashes_in(week: Week) -> list[Clash]:
    """All of a week, for the office: it alone may know of everything."""
    return _clashes(combinations(bookings_between(week.monday, week.sunday), 2))


def clashes_with(booking: Booking) -> list[Clash]:
    """What stands in the way of this one, itself as it stood before left out."""
    day = timezone.localdate(booking.start)
    others = [one for one in bookings_between(day, day) if one.key != booking.key]
    return _clashes((other, booking) for other in others)


def clashes_of(meeting: Meeting) -> list[Clash]:
    """What stands in the way of a conference on its day."""
    booked = bookings_between(meeting.held_on, meeting.held_on)
    own = [one for one in booked if one.key == ("meeting", meeting.pk)]
    return _clashes((other, one) for one in own for other in booked if other is not one)


def _clashes(pairs: Iterable[tuple[Booking, Booking]]) -> list[Clash]:
    found = []
    for first, second in pairs:
        same_place = bool(first.venue) and fold(first.venue) == fold(second.venue)
        elsewhere = bool(first.venue and second.venue) and not same_place
        overlap = first.overlaps(second)
        # One after the other in one room is a full morning; across the town it is one drive too many.
        at_once = overlap or (elsewhere and first.is_beside(second))
        both = first.people.keys() & second.people.keys() if at_once else set()
        people = tuple(sorted(first.people[pk] for pk in both))
        room = second.venue if same_place and overlap else ""
        if people or room:
            found.append(Clash(first, second, people, room))
    return found


def bookings_between(start: datetime.date, end: datetime.date) -> list[Booking]:
    """What is on from the one day to the other, by its beginning."""
    entries = ScheduleEntry.objects.planned().between(start, end).prefetch_related("leaders")
    booked = [booking_of_entry(entry, list(entry.leaders.all())) for entry in entries]
    return sorted([*booked, *_of_meetings(start, end)], key=lambda one: (one.start, one.key))


def booking_of_entry(entry: ScheduleEntry, leaders: Iterable[PartyMember]) -> Booking:
    """An entry, saved or still being typed; without a last hour it takes its half-day to the end."""
    return Booking(
        key=("entry", entry.pk or 0),
        content=entry.content,
        venue=entry.venue,
        start=entry.starts_at,
        end=entry.ends_at,
        people={leader.pk: leader.full_name for leader in leaders},
    )


def _of_meetings(start: datetime.date, end: datetime.date) -> list[Booking]:
    first = dates.midnight(start)
    last = dates.midnight(end + datetime.timedelta(days=1))
    stopped = [MeetingState.POSTPONED, MeetingState.CANCELLED]
    meetings = list(
        Meeting.objects.between(first, last).exclude(state__in=stopped).select_related("chair").in_order()
    )
    people: dict[int, dict[int, str]] = {meeting.pk: {} for meeting in meetings}
    delegates = Participant.objects.taking_part().filter(
        meeting__in=[meeting for meeting in meetings if meeting.state in TOLD],
        role=AttendeeRole.OFFICIAL,
        member__isnull=False,
    )
    for meeting_id, member_id, name in delegates.values_list("meeting", "member", "full_name"):
        people[meeting_id][member_id] = name
    for meeting in meetings:
        if meeting.chair:
            people[meeting.pk][meeting.chair.pk] = meeting.chair.full_name
    return [
        Booking(("meeting", one.pk), one.title, one.venue, one.starts_at, one.ends_at, people[one.pk])
        for one in meetings
    ]
