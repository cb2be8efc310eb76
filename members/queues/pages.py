"""A page of a list of work, by the day it falls due, from where the last page ended."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from members.queues.duties import Duty, Queue

PAGE_SIZE = 50


@dataclass(frozen=True)
class DutyPage:
    duties: list[Duty]
    #: The address part the next page begins after; empty on the last page.
    after: str


def page_of(queue: Queue, rows: QuerySet[Any], today: datetime.date, after: str = "") -> DutyPage:
    """Keyset: as quick at the end as at the start."""
    if after:
        last_day, _, last_pk = after.partition(".")
        rows = rows.filter(Q(due__gt=last_day) | Q(due=last_day, pk__gt=last_pk))
    found = list(rows.order_by("due", "pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    last = shown[-1] if len(found) > PAGE_SIZE else None
    return DutyPage(queue.duties(shown, today), f"{last.due:%Y-%m-%d}.{last.pk}" if last else "")
