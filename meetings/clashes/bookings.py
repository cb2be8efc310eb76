"""What takes people and a room for a while: a conference, or a line of the leaders' diary."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from meetings.models import Half, Meeting, Participant, ScheduleEntry
from meetings.models.meetings import MeetingState
from members.models import PartyMember
from portal import dates
from portal.vietnamese import fold


@dataclass(frozen=True)
class Booking:
    """`key` tells it from every other; `people` are those expected there, with their names."""

    key: tuple[str, int]
    content: str
    venue: str
    start: datetime.datetime
    end: datetime.datetime
    people: dict[int, str]
    chair: int | None = None
    #: How its time is said: an entry may name no hour, and then takes its half-day.
    hours: str = ""

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

    def has_room_of(self, other: Booking) -> bool:
        return bool(self.venue) and fold(self.venue) == fold(other.venue)

    def takes_room_of(self, other: Booking) -> bool:
        return self.has_room_of(other) and self.overlaps(other)

    def takes_people_of(self, other: Booking) -> bool:
        """Whether nobody can be at both. One after the other in one room is a full morning; across
        the town it is one drive too many."""
        is_elsewhere = bool(self.venue and other.venue) and not self.has_room_of(other)
        return self.overlaps(other) or (is_elsewhere and self.is_beside(other))


def bookings_between(start: datetime.date, end: datetime.date) -> list[Booking]:
    """What is on from the one day to the other, by its beginning; four queries."""
    entries = ScheduleEntry.objects.planned().between(start, end).prefetch_related("leaders")
    booked = [booking_of_entry(entry, list(entry.leaders.all())) for entry in entries]
    return sorted([*booked, *_of_meetings(start, end)], key=lambda one: (one.start, one.key))


def booking_of_entry(entry: ScheduleEntry, leaders: Iterable[PartyMember]) -> Booking:
    """An entry, saved or still being typed; without a last hour it takes its half-day to the end."""
    day = dates.day_short(entry.date)
    return Booking(
        key=("entry", entry.pk or 0),
        content=entry.content,
        venue=entry.venue,
        start=entry.starts_at,
        end=entry.ends_at,
        people={leader.pk: leader.full_name for leader in leaders},
        hours=f"lúc {dates.hour(entry.hour)}" if entry.hour else f"{_half_in_words(entry)} {day}",
    )


def _half_in_words(entry: ScheduleEntry) -> str:
    if entry.half == Half.ALL_DAY:
        return "cả ngày"
    return f"cả buổi {Half(entry.half).label.lower()}"


def _of_meetings(start: datetime.date, end: datetime.date) -> list[Booking]:
    """Drafts too: two that are being prepared for one half-day are found before anybody is told."""
    first, last = dates.midnight(start), dates.midnight(end + datetime.timedelta(days=1))
    meetings = list(
        Meeting.objects.filter(starts_at__lt=last, ends_at__gt=first)
        .exclude(state__in=[MeetingState.POSTPONED, MeetingState.CANCELLED])
        .select_related("chair")
        .in_order()
    )
    people: dict[int, dict[int, str]] = {meeting.pk: {} for meeting in meetings}
    listed = Participant.objects.taking_part().filter(meeting__in=meetings, member__isnull=False)
    for pk, member, name in listed.in_protocol_order().values_list("meeting", "member", "full_name"):
        people[pk][member] = name
    for meeting in meetings:
        if meeting.chair:
            people[meeting.pk][meeting.chair.pk] = meeting.chair.full_name
    return [_of_meeting(meeting, people[meeting.pk]) for meeting in meetings]


def _of_meeting(meeting: Meeting, people: dict[int, str]) -> Booking:
    return Booking(
        key=("meeting", meeting.pk),
        content=meeting.title,
        venue=meeting.venue,
        start=meeting.starts_at,
        end=meeting.ends_at,
        people=people,
        chair=meeting.chair_id,
        hours=f"từ {dates.hour(meeting.starts_at)} đến {dates.hour(meeting.ends_at)}",
    )
