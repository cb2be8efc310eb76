"""The registers as they are read: found by words, page by page, and the numbers nobody bears."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import Lag

from meetings.models import DocumentKind, DocumentRegister, PartyDocument
from meetings.models.documents import PartyDocumentQuerySet
from members.models import Term, User
from portal.vietnamese import fold

GAPS_SHOWN = 20


@dataclass(frozen=True)
class Gap:
    """Numbers left out before a document, and the reason given when it took its own."""

    register: DocumentRegister
    first: int
    last: int
    reason: str


def documents_for(
    user: User, *, words: str = "", kind: DocumentKind | None = None, term: Term | None = None
) -> PartyDocumentQuerySet:
    found = PartyDocument.objects.visible_to(user)
    for word in fold(words).split():
        found = found.filter(search_text__contains=word)
    if kind:
        found = found.filter(kind=kind)
    if term:
        found = found.filter(register__term=term)
    return found.newest_first()


def gaps_for(user: User) -> list[Gap]:
    """Reserved numbers are no gaps: they have their row. Each gap was explained when it arose."""
    before = Window(Lag("number", default=0), partition_by=F("register"), order_by=F("number").asc())
    rows = (
        PartyDocument.objects.visible_to(user)
        .annotate(before=before)
        .filter(number__gt=F("before") + 1)
        .select_related("register__term", "register__organization")
        .order_by("register", "number")
    )
    return [
        Gap(row.register, row.before + 1, row.number - 1, row.number_reason)  # type: ignore[attr-defined]
        for row in rows[:GAPS_SHOWN]
    ]
