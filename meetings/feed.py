"""What stands in a person's own calendar: where he goes himself, no paper and no reason (P36)."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.urls import reverse

from meetings import calendar
from meetings.calendar import Occasion
from meetings.models import Half, Meeting, ScheduleEntry
from members.models import User

#: How far back a calendar that is subscribed anew is filled.
PAST = datetime.timedelta(days=90)


def feed_of(user: User, now: datetime.datetime) -> bytes:
    since = now - PAST
    meetings = Meeting.objects.attended_by(user).filter(ends_at__gte=since).in_order()
    entries = ScheduleEntry.objects.of(user).filter(date__gte=since.date()).order_by("date", "pk")
    occasions = [*map(_of_meeting, meetings), *map(_of_entry, entries)]
    return calendar.render_feed(f"Lịch công tác: {user.full_name}", occasions)


def _of_meeting(meeting: Meeting) -> Occasion:
    return Occasion(
        uid=calendar.meeting_uid(meeting.pk),
        sequence=meeting.version,
        title=_title(meeting.title, meeting),
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        venue=meeting.venue,
        url=settings.SITE_URL + meeting.get_absolute_url(),
        stamped_at=meeting.convened_at or meeting.created_at,
        is_stopped=meeting.is_stopped,
    )


def _of_entry(entry: ScheduleEntry) -> Occasion:
    """Without an hour it is an event of the day, and its half-day stands in the title."""
    half = "" if entry.hour or entry.half == Half.ALL_DAY else f"{entry.get_half_display()}: "
    return Occasion(
        uid=calendar.entry_uid(entry.pk),
        sequence=entry.version,
        title=_title(half + entry.content.replace("\n", " "), entry),
        starts=entry.starts_at if entry.hour else entry.date,
        ends=entry.ends_at if entry.hour else entry.date + datetime.timedelta(days=1),
        venue=entry.venue,
        url=settings.SITE_URL + reverse("meetings:week_of", args=[entry.week]),
        stamped_at=entry.changed_at,
        is_stopped=entry.is_stopped,
    )


def _title(title: str, of: Meeting | ScheduleEntry) -> str:
    return f"{of.get_state_display().upper()}: {title}" if of.is_stopped else title
