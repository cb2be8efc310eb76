"""Titles that begin to match while somebody types: every whole syllable, and the last one as far as it goes.

Asked through the same `visible_to` as the search. Titles have an index of their own: in the whole texts
nearly every syllable is found nearly everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Case, IntegerField, QuerySet, Value, When

from portal.search.keys import search_key
from portal.vietnamese import nfc

Rows = TypeVar("Rows", bound=QuerySet[Any, Any])

#: Of each kind of thing, and of all together.
OF_A_SOURCE, OF_ALL = 4, 8
#: Fewer letters say nothing yet.
LEAST_LETTERS = 2
SYLLABLES = 8

#: What the index is made of.
TITLES = SearchVector("search_title", config="simple")


@dataclass(frozen=True)
class Suggestion:
    """`kind` is the heading of the source that gave it."""

    title: str
    url: str
    kind: str = ""


def syllables_of(words: str) -> list[str]:
    """Folded as the titles are; none where there is too little to go by."""
    found = search_key(nfc(words)).split()[:SYLLABLES]
    return found if sum(map(len, found)) >= LEAST_LETTERS else []


def titled(rows: Rows, syllables: list[str]) -> Rows:
    """Those whose `search_title` has all of the syllables, the last one only begun."""
    *whole, begun = (f"'{syllable}'" for syllable in syllables)
    asked = SearchQuery(" & ".join([*whole, f"{begun}:*"]), config="simple", search_type="raw")
    return rows.alias(titles=TITLES).filter(titles=asked)


def apart(syllables: list[str]) -> Case:
    """To order by: 0 where they stand side by side as they were typed."""
    together = When(search_title__regex=rf"\m{' +'.join(syllables)}", then=Value(0))
    return Case(together, default=Value(1), output_field=IntegerField())
