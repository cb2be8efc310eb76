"""Who has a page open: a sign of life every few seconds, forgotten soon after the last one."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Manager, QuerySet

#: Four missed signs of life: the page is closed, or its network is gone.
GONE_AFTER = datetime.timedelta(seconds=40)


def note(presences: Manager[Any], *, desk: UUID, by: AbstractBaseUser, **place: Any) -> QuerySet[Any]:
    """This page is open; the others that are open too. `presences` are those of one thing."""
    now = timezone.now()
    presences.update_or_create(desk=desk, defaults={"user": by, "seen_at": now, **place})
    presences.filter(seen_at__lt=now - GONE_AFTER).delete()
    return presences.exclude(desk=desk).select_related("user").order_by("user__full_name", "pk")
