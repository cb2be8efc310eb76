"""The calendar attachment, and a person's own calendar to subscribe to (RFC 5545, 5546).

Times are in UTC: every calendar shows them right without a time zone table of ours, and Việt Nam
has no summer time (docs/decisions/0011).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

Method = Literal["REQUEST", "CANCEL"]
#: How often a subscribed calendar is asked to look again.
REFRESH = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Invitation:
    """What one attendee's calendar is told."""

    meeting_id: int
    sequence: int
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    venue: str
    url: str
    stamped_at: datetime.datetime
    attendee_name: str
    attendee_address: str
    is_required: bool


@dataclass(frozen=True)
class Occasion:
    """One event of a subscribed calendar. A day without an hour has dates for `starts` and `ends`."""

    uid: str
    sequence: int
    title: str
    starts: datetime.datetime | datetime.date
    ends: datetime.datetime | datetime.date
    venue: str
    url: str
    stamped_at: datetime.datetime
    is_stopped: bool


def meeting_uid(meeting_id: int) -> str:
    """The same for ever, in every letter and in the feed."""
    return f"hop-{meeting_id}@{settings.EMAIL_DOMAIN}"


def entry_uid(entry_id: int) -> str:
    return f"lich-{entry_id}@{settings.EMAIL_DOMAIN}"


def render(invitation: Invitation, method: Method, *, is_for_all: bool = True) -> bytes:
    """The .ics file. The same UID for ever and a sequence that rises move or take away the one event.

    Who is taken off alone gets a CANCEL without a status: the event itself is on (RFC 5546 3.2.5).
    Its sequence stays and its stamp is later, so that a new invitation of the same version, later
    still, puts it back (RFC 5546 2.1.5). No answer is asked of the calendar: it would reach nobody.
    """
    event = Event()
    event.add("uid", meeting_uid(invitation.meeting_id))
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", _utc(invitation.stamped_at))
    event.add("dtstart", _utc(invitation.starts_at))
    event.add("dtend", _utc(invitation.ends_at))
    event.add("summary", invitation.title)
    event.add("location", invitation.venue)
    event.add("url", invitation.url)
    event.add("description", f"Tài liệu và trả lời có dự hay không: {invitation.url}")
    if is_for_all:
        event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _organizer())
    event.add("attendee", _attendee(invitation), encode=False)
    calendar = _calendar(method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def render_feed(name: str, occasions: Iterable[Occasion]) -> bytes:
    """A calendar to subscribe to. What was stopped stays and says so in its title: many show no status."""
    calendar = _calendar("PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in occasions:
        event = Event()
        event.add("uid", one.uid)
        event.add("sequence", one.sequence)
        event.add("dtstamp", _utc(one.stamped_at))
        event.add("dtstart", _when(one.starts))
        event.add("dtend", _when(one.ends))
        event.add("summary", one.title)
        if one.venue:
            event.add("location", one.venue)
        event.add("url", one.url)
        event.add("status", "CANCELLED" if one.is_stopped else "CONFIRMED")
        event.add("organizer", _organizer())
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Cong thong tin noi bo//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _organizer() -> vCalAddress:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(name)
    return organizer


def _attendee(invitation: Invitation) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{invitation.attendee_address}")
    attendee.params["CN"] = vText(invitation.attendee_name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT" if invitation.is_required else "OPT-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("NEEDS-ACTION")
    attendee.params["RSVP"] = vText("FALSE")
    return attendee


def _when(value: datetime.datetime | datetime.date) -> datetime.datetime | datetime.date:
    return _utc(value) if isinstance(value, datetime.datetime) else value


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC)
