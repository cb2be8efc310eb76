"""How the texts of the minutes came to be: each save beside the one before it, word by word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from meetings.models import AgendaItem, MinutesRevision
from portal.comparison import Line, compare, has_changes
from portal.richtext import to_plain

#: So many saves of one text are shown, the newest first.
SHOWN = 50
_KINDS = {"block": "Diễn biến", "opinion": "Ý kiến", "conclusion": "Kết luận"}


@dataclass(frozen=True)
class Text:
    """One text and how often it was saved; `piece` stands in the address."""

    piece: str
    name: str
    number: int


@dataclass(frozen=True)
class Step:
    """A save, and what it changed of the text that stood."""

    revision: MinutesRevision
    lines: list[Line]
    is_changed: bool


def texts_of(revisions: Iterable[MinutesRevision], items: Iterable[AgendaItem]) -> list[Text]:
    """By agenda item, then in the order they were begun; of the list of revisions, by piece."""
    places = {f"block:{item.pk}": item for item in items}
    texts = []
    for piece, of_piece in groupby(revisions, key=lambda revision: revision.piece):
        rows = list(of_piece)
        item = places.get(piece)
        kind = _KINDS[piece.partition(":")[0]]
        name = f"Mục {item.position}: {item.title}" if item else f"{kind}: {_opening(rows[-1])}"
        place = item.position if item else len(places) + 1
        texts.append((place, rows[0].began_at, Text(piece, name, len(rows))))
    return [text for *_, text in sorted(texts, key=lambda row: row[:2])]


def steps_of(revisions: Iterable[MinutesRevision]) -> list[Step]:
    """Newest first. What was set aside is compared with the text it met."""
    steps: list[Step] = []
    standing = ""
    for revision in sorted(revisions, key=lambda one: (one.saved_at, one.pk)):
        words = words_of(revision)
        lines = compare(standing, words)
        steps.append(Step(revision, lines, has_changes(lines)))
        if not revision.is_aside:
            standing = words
    return steps[::-1][:SHOWN]


def words_of(revision: MinutesRevision) -> str:
    content = revision.content
    text = to_plain(content["body"]) if "body" in content else str(content.get("text", ""))
    who = content.get("participant")
    return f"{who}: {text}" if who else text


def _opening(revision: MinutesRevision) -> str:
    """The first words, to know a text by."""
    words = words_of(revision).replace("\n", " ")
    return words if len(words) <= 60 else f"{words[:60].rpartition(' ')[0]}…"
