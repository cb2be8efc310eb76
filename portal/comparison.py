"""Two texts side by side, word by word: what went out, what came in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_WORDS = re.compile(r"\s+|[^\s]+")
#: Beyond this many words on either side a paragraph is told as a whole: comparing costs their product.
MOST_WORDS = 2_000


@dataclass(frozen=True)
class Piece:
    """A stretch of one paragraph: in both texts, only in the older, or only in the newer."""

    kind: Literal["same", "out", "in"]
    text: str


Line = list[Piece]


def compare(before: str, after: str) -> list[Line]:
    """Paragraph by paragraph (a line each), and in changed ones word by word."""
    older, newer = _lines(before), _lines(after)
    lines: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [[Piece("same", line)] for line in older[a:b]]
        else:
            lines += _changed(older[a:b], newer[c:d])
    return lines


def has_changes(lines: list[Line]) -> bool:
    return any(piece.kind != "same" for line in lines for piece in line)


def _changed(older: list[str], newer: list[str]) -> Iterator[Line]:
    """Changed paragraphs are paired in their order; those left over went out or came in whole."""
    for before, after in zip(older, newer, strict=False):
        yield _words(before, after)
    paired = min(len(older), len(newer))
    yield from ([Piece("out", line)] for line in older[paired:])
    yield from ([Piece("in", line)] for line in newer[paired:])


def _words(before: str, after: str) -> Line:
    older, newer = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(older), len(newer)) > MOST_WORDS:
        return [Piece("out", before), Piece("in", after)]
    line: Line = []
    for tag, a, b, c, d in SequenceMatcher(None, older, newer, autojunk=False).get_opcodes():
        if tag == "equal":
            line.append(Piece("same", "".join(older[a:b])))
            continue
        if gone := "".join(older[a:b]):
            line.append(Piece("out", gone))
        if come := "".join(newer[c:d]):
            line.append(Piece("in", come))
    return line


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
