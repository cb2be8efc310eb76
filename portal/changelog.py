"""What has changed for those who use the portal: CHANGELOG.md as a page shows it, and who has read it.

Read is what stood in the file when this browser opened the page: a cookie says which text that was, so
no page asks the database for it.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

COOKIE = "read-changes"
FILE = "CHANGELOG.md"
#: What is on its way into a release is what the reader has before him.
UNRELEASED = {"Chưa phát hành": "Mới nhất"}
#: What nobody scrolls past: a telephone shows three lines a screen.
MOST_UNFOLDED = 12


class Part(NamedTuple):
    heading: str
    lines: list[SafeString]

    @property
    def newest(self) -> list[SafeString]:
        return self.lines[:MOST_UNFOLDED]

    @property
    def earlier(self) -> list[SafeString]:
        return self.lines[MOST_UNFOLDED:]


class Release(NamedTuple):
    heading: str
    parts: list[Part]


@cache
def _text() -> str:
    """Once a process: another file comes with another start. Empty where it was not brought along."""
    path = settings.BASE_DIR / FILE
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@cache
def mark() -> str:
    return blake2b(_text().encode(), digest_size=6).hexdigest()


def is_unread(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) != mark()


def releases() -> list[Release]:
    return read(_text())


def read(text: str) -> list[Release]:
    """Headings of two degrees and lines; a line that goes on below is one line."""
    found: list[Release] = []
    for block in re.split(r"\n(?=#|- |\n)", f"\n{text}"):
        words = " ".join(block.split())
        kind, _, rest = words.partition(" ")
        match kind:
            case "##":
                found.append(Release(UNRELEASED.get(rest, rest), []))
            case "###" if found:
                found[-1].parts.append(Part(rest, []))
            case "-" if found and found[-1].parts:
                found[-1].parts[-1].lines.append(_formatted(rest))
    return found


def _formatted(line: str) -> SafeString:
    """Of Markdown, what the file uses: `code` and **bold**."""
    code = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(line))
    return mark_safe(re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", code))
