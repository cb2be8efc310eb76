"""Keys for searching: texts without marks, letter for letter, and the syllables that carry marks."""

from __future__ import annotations

import re

from portal.vietnamese import comparison_key, fold


def search_key(text: str) -> str:
    """`text` folded, letter for letter, with a space for everything that is no letter or digit.

    So the database sees plain syllables whatever its locale takes for a letter, and a place found in
    the key is the same place in the text.
    """
    return re.sub(r"[\W_]", " ", fold(text))


def marked_syllables(text: str) -> list[str]:
    """The different syllables of `text` that carry a mark, tones placed the new way."""
    syllables = set(re.findall(r"[^\W_]+", comparison_key(text)))
    return sorted(syllable for syllable in syllables if syllable != fold(syllable))
