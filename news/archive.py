"""What was published, by the months of the committee's own clock: how many items each, and which."""

from __future__ import annotations

import datetime
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.urls import reverse

from news.models.articles import ArticleQuerySet
from portal import dates


class Month(NamedTuple):
    year: int
    month: int
    items: int

    @property
    def address(self) -> str:
        return reverse("news:month", args=[self.year, self.month])


def by_year(articles: ArticleQuerySet) -> list[tuple[int, list[Month]]]:
    """The months that have items of `articles`, newest first, under their years; one query."""
    counted = (
        articles.order_by()
        .annotate(begins=TruncMonth("published_at"))
        .values_list("begins")
        .annotate(items=Count("pk"))
        .order_by("-begins")
    )
    months = [Month(begins.year, begins.month, items) for begins, items in counted]
    return [(year, list(group)) for year, group in groupby(months, key=lambda month: month.year)]


def of_month(articles: ArticleQuerySet, first: datetime.date) -> ArticleQuerySet:
    begins, ends = dates.midnight(first), dates.midnight(dates.months_later(first, 1))
    return articles.filter(published_at__gte=begins, published_at__lt=ends)
