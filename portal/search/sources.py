"""The registry: each app says what can be found in it, under which heading, and how."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.safestring import SafeString

from portal.models import SearchEntry
from portal.search.excerpts import marked
from portal.search.finding import SHOWN, SearchTooSlow, find
from portal.search.query import Query
from portal.search.suggestions import OF_A_SOURCE, OF_ALL, Suggestion, apart, syllables_of, titled

if TYPE_CHECKING:
    from django.core.files.base import File


#: Of an entry, and not the text of a whole file.
_SHOWN = ("title", "url", "note", "moment", "reading")


@dataclass(frozen=True)
class Hit:
    """One line of the answer. `badge` is a state worth telling, such as "Bản nháp"."""

    title: SafeString
    url: str
    excerpt: SafeString = SafeString("")
    note: str = ""
    moment: datetime.datetime | None = None
    badge: models.Choices | None = None


@dataclass(frozen=True)
class Results:
    """`more` is the address of the whole list, where there is one."""

    source: Source
    hits: list[Hit] = field(default_factory=list)
    is_full: bool = False
    is_too_slow: bool = False
    more: str = ""


class Source:
    """Subclasses set the names and write `search`. `code` stands in addresses."""

    code: ClassVar[str]
    label: ClassVar[str]
    has_time: ClassVar[bool] = True
    has_organization: ClassVar[bool] = False

    def is_open_to(self, user: Any) -> bool:
        return True

    def search(self, query: Query, user: Any) -> Results:
        raise NotImplementedError

    def suggest(self, syllables: list[str], user: Any) -> list[Suggestion]:
        """A few things this user may see whose titles begin like that, newest first."""
        return []

    def results(self, query: Query, user: Any) -> Results:
        try:
            return self.search(query, user)
        except SearchTooSlow:
            return Results(self, is_too_slow=True)


class IndexedSource(Source):
    """Found by the index; each of `kinds` with the model whose `visible_to` says who may find it."""

    has_organization = True
    kinds: ClassVar[dict[str, type[models.Model]]]

    def entries(self) -> Iterable[tuple[str, Iterable[models.Model]]]:
        """Everything to be indexed, for a rebuild."""
        raise NotImplementedError

    def index(self, row: Any) -> None:
        """Write the entry of one thing, or take it out."""
        raise NotImplementedError

    def open_file(self, kind: str, pk: int) -> tuple[File[bytes], str] | None:
        """The file behind an entry and its name; None where it is gone."""
        return None

    def _seen_by(self, user: Any, kinds: Iterable[str]) -> models.QuerySet[SearchEntry]:
        """Of these kinds, what this user may see."""
        seen = models.Q(pk__in=[])
        for kind in kinds:
            things: Any = self.kinds[kind]._default_manager
            seen |= models.Q(kind=kind, object_id__in=things.visible_to(user).order_by().values("pk"))
        return SearchEntry.objects.filter(seen)

    def suggest(self, syllables: list[str], user: Any) -> list[Suggestion]:
        newest = titled(self._seen_by(user, self.kinds), syllables).order_by(
            apart(syllables), models.F("moment").desc(nulls_last=True), "-pk"
        )
        rows = newest.values_list("url", "title")[: 2 * OF_A_SOURCE]
        # A conference has several entries at one address.
        return [Suggestion(title, url) for url, title in dict(reversed(rows)).items()][::-1][:OF_A_SOURCE]

    def search(self, query: Query, user: Any) -> Results:
        # Who may see what is a long question, asked only where there is something to find.
        held = [kind for kind in self.kinds if kind in query.kinds]
        if not held:
            return Results(self)
        entries = self._seen_by(user, held).filter(query.limits.on_day("moment"))
        if query.limits.organization:
            entries = entries.filter(organizations__contains=[query.limits.organization])
        finds = find([entries], query, moment="moment")
        rows = SearchEntry.objects.only(*_SHOWN).in_bulk([one.pk for one in finds])
        hits: dict[str, Hit] = {}
        for one in finds:
            hit = self._hit(rows[one.pk], one.excerpt, query)
            # A conference is told once, by the best of what is found in it.
            hits.setdefault(hit.url, hit)
        return Results(self, list(hits.values()), is_full=len(finds) == SHOWN)

    def _hit(self, entry: SearchEntry, excerpt: str, query: Query) -> Hit:
        find = query.pattern(entry.title, excerpt)
        note = " · ".join(filter(None, [entry.note, entry.reading_note]))
        return Hit(marked(entry.title, find), entry.url, marked(excerpt, find), note, entry.moment)


_sources: dict[str, Source] = {}


def register(source: Source) -> Source:
    _sources[source.code] = source
    return source


#: Pairs of number and name, as a form offers them.
Organizations = Callable[[Any], list[tuple[int, str]]]
_offered: list[Organizations] = []


def offer_organizations(offer: Organizations) -> None:
    """The app that knows organisations says which ones a person may narrow a search to."""
    _offered.append(offer)


def organizations_for(user: Any) -> list[tuple[int, str]]:
    return [choice for offer in _offered for choice in offer(user)]


def suggestions_for(words: str, user: Any) -> list[Suggestion]:
    """A few of each source in turn, so that none crowds out the others."""
    syllables = syllables_of(words)
    if not syllables:
        return []
    found = [(source, source.suggest(syllables, user)) for source in sources_for(user)]
    in_turn = [
        replace(one[place], kind=source.label)
        for place in range(OF_A_SOURCE)
        for source, one in found
        if place < len(one)
    ]
    kept = in_turn[:OF_ALL]
    return [one for source, _ in found for one in kept if one.kind == source.label]


def sources_for(user: Any) -> list[Source]:
    return [source for source in _sources.values() if source.is_open_to(user)]


def indexed_sources() -> list[IndexedSource]:
    return [source for source in _sources.values() if isinstance(source, IndexedSource)]
