"""The weekly schedule, made from the conferences of the week and the leaders' diary (domain §2.3)."""

from meetings.schedule.changes import Change, said_in_words
from meetings.schedule.layout import Day, Room, days_of, rooms_of
from meetings.schedule.lines import Line, Told, told_of
from meetings.schedule.weeks import ScheduledWeek, scheduled_week

__all__ = [
    "Change",
    "Day",
    "Line",
    "Room",
    "ScheduledWeek",
    "Told",
    "days_of",
    "rooms_of",
    "said_in_words",
    "scheduled_week",
    "told_of",
]
