"""What the records know about an item: an app above the news says which conference it tells of."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from members.statistics import Figure
from news.models import Article


@dataclass(frozen=True)
class Records:
    """`people` are the offices as they were frozen for the conference, `figures` those it heard."""

    on: datetime.date
    people: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    source: str = ""


Knower = Callable[[Article], Records | None]
_knowers: list[Knower] = []


def know(knower: Knower) -> None:
    """Called from an app's `ready`."""
    if knower not in _knowers:
        _knowers.append(knower)


def records_of(article: Article) -> Records:
    """Of the conference the item tells of; without one, what holds today."""
    found = (knower(article) for knower in _knowers)
    return next((records for records in found if records), Records(timezone.localdate()))
