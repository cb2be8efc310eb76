"""A week by day, half-day and hour: how the schedule is laid out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from meetings.models import Meeting
from portal.dates import Week

NOON = 12


@dataclass(frozen=True)
class Entry:
    meeting: Meeting
    #: "Sáng" or "Chiều"; empty when the entry above says the same.
    half: str


@dataclass(frozen=True)
class ScheduleDay:
    date: datetime.date
    entries: list[Entry]


def days_of(week: Week, meetings: list[Meeting]) -> list[ScheduleDay]:
    """All seven days; those without a conference are there and empty."""
    return [ScheduleDay(day, _entries([m for m in meetings if m.held_on == day])) for day in week.days]


def _entries(meetings: list[Meeting]) -> list[Entry]:
    entries: list[Entry] = []
    above = ""
    for meeting in meetings:
        half = "Sáng" if timezone.localtime(meeting.starts_at).hour < NOON else "Chiều"
        entries.append(Entry(meeting, "" if half == above else half))
        above = half
    return entries
