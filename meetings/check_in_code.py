"""The code on the room's screen: signed over one opening of the self check-in, and soon old.

Nothing is stored. A code names the half minute it was shown in; it is good in that one and the next,
time enough to scan it and press the button, too short to be sent on to somebody outside the room.
"""

from __future__ import annotations

import datetime
import re

from django.conf import settings
from django.db import models
from django.urls import reverse

from meetings.models import SelfCheckIn
from portal.tokens import check_token, make_token

STEP = 30
_PURPOSE = "meetings.self_check_in"
# One spelling only, as in links.py.
_CODE = re.compile(r"([1-9][0-9]{0,11})-([A-Za-z0-9_-]{32})", re.ASCII)


class CodeState(models.TextChoices):
    GOOD = "good", "còn dùng được"
    OLD = "old", "đã cũ"
    WRONG = "wrong", "không đúng"


def code_at(check_in: SelfCheckIn, now: datetime.datetime) -> str:
    return _code(check_in, _step(now))


def code_url(check_in: SelfCheckIn, now: datetime.datetime) -> str:
    address = reverse("meetings:check_in", args=[check_in.meeting_id, code_at(check_in, now)])
    return f"{settings.SITE_URL}{address}"


def seconds_left(now: datetime.datetime) -> int:
    """Until the next code is shown."""
    return STEP - int(now.timestamp()) % STEP


def state_of(code: str, check_in: SelfCheckIn, now: datetime.datetime) -> CodeState:
    match = _CODE.fullmatch(code)
    step, signature = (int(match[1]), match[2]) if match else (0, code)
    genuine = check_token(signature, _PURPOSE, check_in.meeting_id, check_in.pk, step)
    age = _step(now) - step
    if not match or not genuine or age < 0:
        return CodeState.WRONG
    return CodeState.GOOD if age <= 1 else CodeState.OLD


def _step(now: datetime.datetime) -> int:
    return int(now.timestamp()) // STEP


def _code(check_in: SelfCheckIn, step: int) -> str:
    return f"{step}-{make_token(_PURPOSE, check_in.meeting_id, check_in.pk, step)}"
