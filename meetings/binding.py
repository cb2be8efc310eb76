"""What a binder of papers holds: the agenda as an audience reads it, and the papers under it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from meetings.models import AgendaAudience, AgendaItem, Binder, BinderState, Meeting, Paper


@dataclass(frozen=True)
class Content:
    """Items in order, each with its current papers."""

    items: list[tuple[AgendaItem, list[Paper]]]

    @property
    def papers(self) -> list[Paper]:
        return [paper for _, papers in self.items for paper in papers]

    @property
    def mark(self) -> str:
        """Another version, another title or another order is another mark."""
        said = [
            (item.position, item.title, item.is_handed_out, [(paper.pk, paper.title) for paper in papers])
            for item, papers in self.items
        ]
        return sha256(repr(said).encode()).hexdigest()


def content_of(meeting: Meeting, audience: AgendaAudience) -> Content:
    """Two queries, whatever the length."""
    items = list(meeting.agenda.read_by(audience).order_by("position"))
    current = Paper.objects.current().filter(agenda_item__in=items).order_by("agenda_item", "pk")
    under = {key: list(papers) for key, papers in groupby(current, lambda paper: paper.agenda_item_id)}
    return Content([(item, under.get(item.pk, [])) for item in items])


def is_stale(binder: Binder, content: Content) -> bool:
    return binder.mark != content.mark


def is_open(binder: Binder) -> bool:
    """Whether all that is bound in it may still be read by its audience: a stale binder is handed out
    while it is merely behind, never when an item was hidden or a paper taken out since."""
    if binder.state != BinderState.READY and not binder.file:
        return False
    items = binder.meeting.agenda.read_by(AgendaAudience(binder.audience))
    still = Paper.objects.filter(pk__in=binder.papers, agenda_item__in=items)
    return still.count() == len(set(binder.papers))
