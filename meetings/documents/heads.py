"""Head and foot of a conference's paper: whose it is, its number, place and date, who signs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from meetings.issuers import Issuer, issuer_of
from meetings.models import Mark, Meeting, PartyDocument
from meetings.signing import proposal, signature_of
from portal import dates
from portal.docx import Head, Signature, blank_number, number_line


@dataclass(frozen=True)
class Numbered:
    """A paper that bears a number, or has room for one: nothing is invented before it is given."""

    day: datetime.date
    head: Head
    signature: Signature
    recipients: tuple[str, ...]


def head_of(
    meeting: Meeting, *, number: str = "", day: datetime.date | None = None, is_draft: bool = False
) -> Head:
    """The head of a paper of the body that meets; without a day, that is left to be written in."""
    issuer = issuer_of(meeting.body, day or meeting.held_on)
    return Head(issuer.superior, issuer.name, number, _place_and_date(issuer, day, meeting), is_draft)


def numbered(meeting: Meeting, mark: Mark) -> Numbered:
    """As the register has it for the conference as it now stands; else the form to fill in."""
    document = document_of(meeting, mark)
    if document is None:
        letters = issuer_of(meeting.body, meeting.held_on).letters
        usual = proposal(meeting, mark, meeting.held_on)
        authority = f"{usual['signing_authority']} {usual['signed_for']}"
        return Numbered(
            meeting.held_on,
            head_of(meeting, number=blank_number(mark, letters)),
            Signature(authority, usual["signer_title"], usual["signer_name"]),
            tuple(usual["recipients"].split("\n")),
        )
    return Numbered(
        document.issued_on,
        head_of(meeting, number=number_line(document.symbol), day=document.issued_on),
        signature_of(document),
        tuple(document.recipients.split("\n")) if document.recipients else (),
    )


def document_of(meeting: Meeting, mark: Mark) -> PartyDocument | None:
    found = PartyDocument.objects.valid().filter(meeting=meeting, meeting_version=meeting.version)
    return found.filter(kind__mark=mark).first()


def _place_and_date(issuer: Issuer, day: datetime.date | None, meeting: Meeting) -> str:
    """Hải Phòng, ngày 26 tháng 9 năm 2024; or the form to fill in, in the year of the conference."""
    date = dates.day_official(day) if day else f"ngày       tháng       năm {meeting.held_on.year}"
    return f"{issuer.place}, {date}" if issuer.place else date
