"""The words around a find, for a page: cut at whole words, every find marked."""

from __future__ import annotations

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from portal.search.keys import search_key

BEFORE, AROUND = 80, 260


def whole_words(excerpt: str, *, starts_inside: bool) -> str:
    """Without the halves of words at its ends."""
    goes_on = len(excerpt) >= AROUND
    if starts_inside:
        excerpt = "… " + excerpt.partition(" ")[2]
    return f"{excerpt.rpartition(' ')[0]} …" if goes_on else excerpt


def marked(text: str, pattern: re.Pattern[str]) -> SafeString:
    """`text` for a page with every find in <mark>; found in the key, cut out of the text itself."""
    parts: list[str] = []
    end = 0
    for find in pattern.finditer(search_key(text)):
        found = conditional_escape(text[find.start() : find.end()])
        parts += [conditional_escape(text[end : find.start()]), f"<mark>{found}</mark>"]
        end = find.end()
    parts.append(conditional_escape(text[end:]))
    return mark_safe("".join(parts))
