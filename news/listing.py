"""Pages of published items, newest first, by key and not by number: page 400 costs what page 1 costs."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Self

from news.models import Article
from news.models.articles import ArticleQuerySet

PAGE_SIZE = 20
_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_MICROSECOND = datetime.timedelta(microseconds=1)


@dataclass(frozen=True)
class Place:
    """Where an item stands in the order, as it is written in an address: 1727400600000000-123."""

    at: datetime.datetime
    pk: int

    @classmethod
    def of(cls, article: Article) -> Self:
        if article.published_at is None:
            raise ValueError("Only a published item has a place")
        return cls(article.published_at, article.pk)

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
    articles: list[Article]
    newer: str = ""
    older: str = ""


def newest(articles: ArticleQuerySet) -> Page:
    rows = list(articles.newest_first()[: PAGE_SIZE + 1])
    return Page(rows[:PAGE_SIZE], older=_last(rows))


def older_than(place: Place, articles: ArticleQuerySet) -> Page:
    # Two plain conditions instead of one OR: the index is entered at the place and read onwards.
    rows = articles.filter(published_at__lte=place.at).exclude(published_at=place.at, pk__gte=place.pk)
    page = newest(rows)
    return Page(page.articles, newer=_first(page.articles), older=page.older)


def newer_than(place: Place, articles: ArticleQuerySet) -> Page:
    """The page before `place`; shorter than a full one, it is the first page and has nothing newer."""
    rows = articles.filter(published_at__gte=place.at).exclude(published_at=place.at, pk__lte=place.pk)
    found = list(rows.order_by("published_at", "pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE][::-1]
    is_first = len(found) <= PAGE_SIZE
    return Page(
        shown, newer="" if is_first else _first(shown), older=str(Place.of(shown[-1])) if shown else ""
    )


def _first(rows: list[Article]) -> str:
    return str(Place.of(rows[0])) if rows else ""


def _last(rows: list[Article]) -> str:
    """Where to go on, if one row more than a page was found."""
    return str(Place.of(rows[PAGE_SIZE - 1])) if len(rows) > PAGE_SIZE else ""
