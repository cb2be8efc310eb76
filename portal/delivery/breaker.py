"""Whether the mail server can be reached is a fact of the channel, not an attempt of any row."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Coalesce, Now

from portal.models import Channel, ChannelBreaker

logger = logging.getLogger(__name__)


def may_try() -> bool:
    """Yes while it is closed. While it is open, yes to one sender each half minute: the probe."""
    breaker = ChannelBreaker.objects.filter(channel=Channel.MAIL, opened_at__isnull=False)
    return not breaker.exists() or bool(breaker.filter(probe_at__lte=Now()).update(probe_at=_next_probe()))


def trip(reason: str) -> None:
    logger.warning("Mail server unreachable: %s", reason)
    ChannelBreaker.objects.get_or_create(channel=Channel.MAIL)
    ChannelBreaker.objects.filter(channel=Channel.MAIL).update(
        opened_at=Coalesce("opened_at", Now()), probe_at=_next_probe(), reason=reason[:300] or "không rõ"
    )


def reset() -> None:
    """The server answers again; a no-op when it always did."""
    breaker = ChannelBreaker.objects.filter(channel=Channel.MAIL, opened_at__isnull=False)
    if breaker.update(opened_at=None, probe_at=None, reason=""):
        logger.info("Mail server reachable again")


def _next_probe() -> object:
    return Now() + timedelta(seconds=settings.OUTBOX_BREAKER_SECONDS)
