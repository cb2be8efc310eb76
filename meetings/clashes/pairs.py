"""Two things in each other's way, said to the office: it alone may know of everything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.utils import timezone

from meetings.clashes.bookings import Booking, bookings_between
from meetings.models import Meeting
from portal import dates
from portal.dates import Week

#: Names said in full; the others are counted.
NAMED = 3


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
        both = first.people.keys() & second.people.keys() if second.takes_people_of(first) else set()
        people = tuple(sorted(first.people[pk] for pk in both))
        room = second.venue if second.takes_room_of(first) else ""
        if people or room:
            found.append(Clash(first, second, people, room))
    return found
