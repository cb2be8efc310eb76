"""Pages of published items, newest first, by key and not by number: page 400 costs what page 1 costs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from django.urls import reverse

from news.models.articles import ArticleQuerySet
from news.models.pictures import CUT, CUT_WIDTHS, cover_mark, srcset

PAGE_SIZE = 20
#: More than these would push the news of the day off the page.
MOST_PINNED = 3
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


class Row(NamedTuple):
    """What a line of the list shows: half the cost of a model object with most of its fields deferred."""

    pk: int
    published_at: datetime.datetime
    title: str
    slug: str
    lead: str
    category: str
    cover: str
    cover_widths: list[int] | None
    is_pinned: bool = False

    @property
    def cut_webp(self) -> str:
        return self._cut("webp")

    @property
    def cut_jpeg(self) -> str:
        return self._cut("jpg")

    def _cut(self, ending: str) -> str:
        """The small pictures beside the headline, once they are made."""
        base = reverse("news:image", args=[self.pk])
        return srcset(base, CUT_WIDTHS, ending, cover_mark(self.cover), prefix=CUT)


FIELDS = ("pk", "published_at", "title", "slug", "lead", "category__name", "cover", "cover_widths")


@dataclass(frozen=True)
class Place:
    """Where an item stands in the order, as it is written in an address: 1727400600000000-123."""

    at: datetime.datetime
    pk: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The place written by `str`; ValueError for anything else."""
        at, _, pk = text.partition("-")
        if not (at.isdecimal() and pk.isdecimal() and len(text) <= 36):
            raise ValueError(f"{text!r} is not a place")
        try:
            return cls(_EPOCH + int(at) * _MICROSECOND, int(pk))
        except OverflowError as error:
            raise ValueError(f"{text!r} is not a place") from error

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}-{self.pk}"


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    newer: str = ""
    older: str = ""


def with_pinned(page: Page, articles: ArticleQuerySet, today: datetime.date) -> Page:
    """The first page, what is pinned on top of it; each item once, the next page where it was."""
    kept = articles.pinned(today).newest_first().values_list(*FIELDS)[:MOST_PINNED]
    pinned = [Row(*values)._replace(is_pinned=True) for values in kept]
    known = {row.pk for row in pinned}
    return replace(page, rows=[*pinned, *(row for row in page.rows if row.pk not in known)])


def page_of(articles: ArticleQuerySet, before: str | None, after: str | None) -> Page:
    """As an address asks for it; ValueError for an address nobody wrote."""
    if before:
        return older_than(Place.parse(before), articles)
    if after:
        return newer_than(Place.parse(after), articles)
    return newest(articles)


def newest(articles: ArticleQuerySet) -> Page:
    rows = _rows(articles.newest_first())
    # One row more than a page was asked for: it tells whether there is a next one.
    return Page(rows[:PAGE_SIZE], older=_place(rows[PAGE_SIZE - 1]) if len(rows) > PAGE_SIZE else "")


def older_than(place: Place, articles: ArticleQuerySet) -> Page:
    # Two plain conditions instead of one OR: the index is entered at the place and read onwards.
    page = newest(
        articles.filter(published_at__lte=place.at).exclude(published_at=place.at, pk__gte=place.pk)
    )
    return Page(page.rows, newer=_place(page.rows[0]) if page.rows else "", older=page.older)


def newer_than(place: Place, articles: ArticleQuerySet) -> Page:
    """The page before `place`; shorter than a full one, it is the first page and has nothing newer."""
    after = articles.filter(published_at__gte=place.at).exclude(published_at=place.at, pk__lte=place.pk)
    found = _rows(after.order_by("published_at", "pk"))
    rows = found[:PAGE_SIZE][::-1]
    is_first = len(found) <= PAGE_SIZE
    return Page(rows, newer="" if is_first else _place(rows[0]), older=_place(rows[-1]) if rows else "")


def _rows(articles: ArticleQuerySet) -> list[Row]:
    return [Row(*values) for values in articles.values_list(*FIELDS)[: PAGE_SIZE + 1]]


def _place(row: Row) -> str:
    return str(Place(row.published_at, row.pk))
