"""What was typed, understood: syllables, phrases in quotes, short forms, and the limits beside them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from portal.models import SearchEntry, SearchSynonym
from portal.search.keys import search_key
from portal.vietnamese import comparison_key, fold, nfc
from portal.vietnamese.numerals import LONGEST, number_in

SYLLABLES = 16
_QUOTED = re.compile(r'["“”„]([^"“”„]+)["“”„]')

#: One way of saying a thing: its syllables.
Way = tuple[str, ...]


@dataclass(frozen=True)
class Limits:
    """What narrows a search beside its words; an organisation counts with all below it."""

    since: datetime.date | None = None
    until: datetime.date | None = None
    organization: int | None = None

    def on_day(self, name: str) -> Q:
        """A condition on a moment called `name`."""
        limits = Q()
        if self.since:
            limits &= Q(**{f"{name}__date__gte": self.since})
        if self.until:
            limits &= Q(**{f"{name}__date__lte": self.until})
        return limits


@dataclass(frozen=True)
class Query:
    """Every group must occur, in one of its ways; every phrase as it stands."""

    words: str
    groups: Sequence[Sequence[Way]]
    phrases: Sequence[str] = ()
    limits: Limits = field(default_factory=Limits)

    @classmethod
    def parse(cls, words: str, limits: Limits | None = None) -> Self:
        words = nfc(words)
        syllables = search_key(words).split()[:SYLLABLES]
        phrases = [" ".join(search_key(found).split()) for found in _QUOTED.findall(words)]
        return cls(
            words=words,
            groups=_grouped(syllables, _synonyms() if syllables else []),
            phrases=[phrase for phrase in phrases if phrase],
            limits=limits or Limits(),
        )

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def syllables(self) -> list[str]:
        """As they were typed: the first way of each group."""
        return [syllable for group in self.groups for syllable in group[0]]

    @property
    def phrase(self) -> str:
        return " ".join(self.syllables)

    @property
    def marks(self) -> str:
        """The syllables typed with marks, by which exact ones rank first. A short form has none of its own:
        "đ/c Thủy" is as exact as "đồng chí Thủy"."""
        typed = re.findall(r"[^\W_]+", comparison_key(self.words))
        kept: list[str] = []
        for group in self.groups:
            said, typed = typed[: len(group[0])], typed[len(group[0]) :]
            kept += said if len(group) == 1 else []
        return " ".join(sorted({syllable for syllable in kept if syllable != fold(syllable)}))

    @property
    def first_finds(self) -> list[str]:
        """Where an excerpt begins: the whole as typed, then each way of its first group."""
        return [self.phrase, *(" ".join(way) for way in self.groups[0])]

    def as_text(self) -> str:
        """In the language of to_tsquery; every syllable quoted, so that none is read as an operator."""
        return " & ".join(f"({' | '.join(map(_all_of, group))})" for group in self.groups)

    def as_tsquery(self) -> SearchQuery:
        return SearchQuery(self.as_text(), config="simple", search_type="raw")

    def as_condition(self) -> Q:
        """For a table with the columns of `SearchableText`."""
        condition = Q(search_vector=self.as_tsquery())
        for phrase in self.phrases:
            exactly = rf"\m{phrase}\M"
            condition &= Q(search_title__regex=exactly) | Q(search_text__regex=exactly)
        return condition

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of entries of the index that hold the words somewhere, whoever may see them; whether a
        phrase stands there as it was typed is not looked for yet."""
        holding = SearchEntry.objects.filter(search_vector=self.as_tsquery()).order_by()
        return frozenset(holding.values_list("kind", flat=True).distinct())

    def pattern(self, *texts: str) -> re.Pattern[str]:
        """What to mark: the whole phrase where one of the texts has it, else each way of each group."""
        whole = re.compile(rf"\b{' +'.join(self.syllables)}\b")
        if any(whole.search(search_key(text)) for text in texts):
            return whole
        ways = {way for group in self.groups for way in group} | {tuple(p.split()) for p in self.phrases}
        longest_first = sorted(ways, key=lambda way: (-len(way), way))
        return re.compile(rf"\b(?:{'|'.join(' +'.join(way) for way in longest_first)})\b")


def _all_of(way: Way) -> str:
    return f"({' & '.join(repr(syllable) for syllable in way)})"


def _synonyms() -> list[tuple[Way, Way]]:
    rows = SearchSynonym.objects.values_list("short_key", "long_key")
    return [(tuple(short.split()), tuple(long.split())) for short, long in rows]


def _grouped(syllables: list[str], synonyms: Iterable[tuple[Way, Way]]) -> list[list[Way]]:
    """The syllables in order; where a short or a long form stands, both ways of saying it.

    A number typed in words is looked for in figures too. Not the other way round: the words of a number
    are in every text, and looking for them side by side would read them all.
    """
    ways: dict[Way, list[Way]] = {}
    for short, long in synonyms:
        ways.setdefault(short, [short]).append(long)
        ways.setdefault(long, [long]).append(short)
    longest = max([LONGEST, *map(len, ways)])
    groups: list[list[Way]] = []
    place = 0
    while place < len(syllables):
        for length in range(min(longest, len(syllables) - place), 0, -1):
            said = tuple(syllables[place : place + length])
            number = None if said in ways else number_in(said)
            if said in ways or number or length == 1:
                groups.append([said, (str(number),)] if number else ways.get(said, [said]))
                place += length
                break
    return groups
