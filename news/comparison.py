"""What changed between two revisions of an item, text by text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from portal.comparison import Line, compare, has_changes
from portal.richtext import to_plain


class Text(Protocol):
    """An item, or one of its revisions."""

    title: str
    lead: str
    body: str


@dataclass(frozen=True)
class Part:
    name: str
    lines: Sequence[Line]
    is_changed: bool


def parts_between(before: Text, after: Text) -> list[Part]:
    """Title, lead and body. Formatting alone, a picture or a link is no change of words."""
    pairs = [
        ("Tiêu đề", before.title, after.title),
        ("Đoạn mở đầu", before.lead, after.lead),
        ("Nội dung", to_plain(before.body), to_plain(after.body)),
    ]
    parts = []
    for name, older, newer in pairs:
        lines = compare(older, newer)
        parts.append(Part(name, lines, has_changes(lines)))
    return parts
