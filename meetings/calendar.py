"""The calendar attachment: one event for each conference, whatever becomes of it (RFC 5545, 5546)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

Method = Literal["REQUEST", "CANCEL"]


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


def render(invitation: Invitation, method: Method) -> bytes:
    """The .ics file. The same UID for ever and a sequence that rises move or take away the one event.

    Times are in UTC: every calendar shows them right without a time zone table of ours, and
    Việt Nam has no summer time. No answer is asked of the calendar: it would reach nobody.
    """
    event = Event()
    event.add("uid", f"hop-{invitation.meeting_id}@{settings.EMAIL_DOMAIN}")
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", _utc(invitation.stamped_at))
    event.add("dtstart", _utc(invitation.starts_at))
    event.add("dtend", _utc(invitation.ends_at))
    event.add("summary", invitation.title)
    event.add("location", invitation.venue)
    event.add("url", invitation.url)
    event.add("description", f"Tài liệu và trả lời có dự hay không: {invitation.url}")
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("organizer", _organizer())
    event.add("attendee", _attendee(invitation), encode=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Cong thong tin noi bo//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


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


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC)
