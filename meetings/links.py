"""The link by which a person answers without signing in: tied to person, conference and version.

Nothing is stored. The token names the participant and the version he was told of, and carries a
signature over both and the conference; whether it still counts is answered by the rows.
"""

from __future__ import annotations

import re

from django.conf import settings
from django.urls import reverse

from portal.tokens import check_token, make_token

_PURPOSE = "meetings.answer"
# One spelling only: a leading zero or another base64 letter would be a second link to the same row.
_TOKEN = re.compile(r"([1-9][0-9]{0,17})-([1-9][0-9]{0,8})-([A-Za-z0-9_-]{32})", re.ASCII)


def answer_url(*, meeting_id: int, participant_id: int, version: int) -> str:
    token = answer_token(meeting_id=meeting_id, participant_id=participant_id, version=version)
    return str(settings.SITE_URL) + reverse("meetings:answer_link", args=[meeting_id, token])


def feed_url(token: str) -> str:
    return str(settings.SITE_URL) + reverse("meetings:feed", args=[token])


def answer_token(*, meeting_id: int, participant_id: int, version: int) -> str:
    return f"{participant_id}-{version}-{make_token(_PURPOSE, meeting_id, participant_id, version)}"


def read_token(token: str, *, meeting_id: int) -> int | None:
    """The participant a genuine token names; None for every other, whatever is wrong with it."""
    match = _TOKEN.fullmatch(token)
    participant_id, version, signature = match.groups() if match else ("0", "0", token)
    genuine = check_token(signature, _PURPOSE, meeting_id, participant_id, version)
    return int(participant_id) if match and genuine else None
