"""When to try again: soon at first, then every quarter of an hour, scattered so that rows spread out."""

from __future__ import annotations

import random
from datetime import timedelta

from django.conf import settings

SCATTER = 0.2


def again_in(attempts: int) -> timedelta:
    """The pause after so many attempts."""
    steps = settings.OUTBOX_RETRY_SECONDS
    pause = steps[min(attempts, len(steps)) - 1]
    return timedelta(seconds=pause * random.uniform(1 - SCATTER, 1 + SCATTER))
