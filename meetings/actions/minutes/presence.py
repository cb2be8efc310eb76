"""Who has the desk open: a sign of life every few seconds, forgotten soon after the last one."""

from __future__ import annotations

import datetime
from uuid import UUID

from django.utils import timezone

from meetings.models import AgendaItem, DeskPresence, Minutes
from members.models import User

#: Four missed signs of life: the page is closed, or its network is gone.
GONE_AFTER = datetime.timedelta(seconds=40)


def note_presence(minutes: Minutes, item: AgendaItem, *, desk: UUID, by: User) -> list[DeskPresence]:
    """This page is open at `item`; the others that are open too, the writer's own pages left out."""
    now = timezone.now()
    DeskPresence.objects.update_or_create(
        minutes=minutes, desk=desk, defaults={"user": by, "agenda_item": item, "seen_at": now}
    )
    DeskPresence.objects.filter(minutes=minutes, seen_at__lt=now - GONE_AFTER).delete()
    others = DeskPresence.objects.filter(minutes=minutes).exclude(desk=desk)
    return list(others.select_related("user", "agenda_item").order_by("user__full_name", "pk"))
