"""Who has the minutes desk open, and at which item."""

from __future__ import annotations

from uuid import UUID

from meetings.models import AgendaItem, DeskPresence, Minutes
from members.models import User
from portal import presence


def note_presence(minutes: Minutes, item: AgendaItem, *, desk: UUID, by: User) -> list[DeskPresence]:
    """This page is open at `item`; the others that are open too, the writer's own pages left out."""
    others = presence.note(minutes.presences, desk=desk, by=by, agenda_item=item)
    return list(others.select_related("user", "agenda_item"))
