"""Finding a person on the list by a few typed letters, as the desk does it: marks are not needed.

The desk's script (static/js/roll-find.js) follows the same rules, so that a plain form and a desk
without network find the same person. tests/test_roll_finding.py holds both to it.
"""

from __future__ import annotations

from collections.abc import Sequence

from meetings.models import IN_ROOM, Participant
from meetings.roll import mark_on
from portal.vietnamese import fold

#: How well letters fit, best first.
GIVEN_NAME, WORDS_OF_NAME, INITIALS, ANYWHERE = range(4)


def find(people: Sequence[Participant], typed: str) -> list[Participant]:
    """Who fits, best first; who is in the room already stands after those still waited for."""
    found = [
        (fit, is_in_room(person), place, person)
        for place, person in enumerate(people)
        if (fit := fit_of(person.full_name, person.search_text, typed)) is not None
    ]
    return [person for *_, person in sorted(found, key=lambda one: one[:3])]


def fit_of(full_name: str, text: str, typed: str) -> float | None:
    """None when the letters do not fit at all; right marks, where typed, come before wrong ones."""
    words = fold(typed).split()
    if not words:
        return None
    name = fold(full_name).split()
    fit = _fit(name, text, words)
    if fit is None:
        return None
    plain = " ".join(typed.lower().split())
    return fit - 0.5 if plain != " ".join(words) and plain in full_name.lower() else fit


def is_in_room(person: Participant) -> bool:
    mark = mark_on(person)
    return mark is not None and mark.status in IN_ROOM


def _fit(name: list[str], text: str, words: list[str]) -> int | None:
    tail = name[-len(words) :]
    if len(tail) == len(words) and all(map(str.startswith, tail, words)):
        return GIVEN_NAME
    if all(any(part.startswith(word) for part in name) for word in words):
        return WORDS_OF_NAME
    initials = "".join(part[0] for part in name)
    if (
        len(words) == 1
        and len(words[0]) > 1
        and (initials.startswith(words[0]) or initials.endswith(words[0]))
    ):
        return INITIALS
    return ANYWHERE if all(word in text for word in words) else None
