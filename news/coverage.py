"""Who has taken a document in, by organisation: each number is the count of the rows behind its link."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Q

from news.models import RequiredReading
from news.models.directives import ReaderQuerySet


@dataclass(frozen=True)
class Coverage:
    """One organisation, or all of them together."""

    unit: int | None
    name: str
    asked: int
    acknowledged: int
    opened: int

    @property
    def silent(self) -> int:
        return self.asked - self.acknowledged

    @property
    def unopened(self) -> int:
        return self.silent - self.opened

    @property
    def percent(self) -> float:
        return 100 * self.acknowledged / self.asked if self.asked else 0.0


def by_unit(reading: RequiredReading, readers: ReaderQuerySet) -> list[Coverage]:
    """Of `readers` (those the asker may see) in one query, in the order of the tree."""
    done = Q(acknowledged_edition=reading.edition)
    rows = (
        readers.filter(reading=reading)
        .counted()
        .values("unit", "unit_name")
        .annotate(
            asked=Count("pk"),
            acknowledged=Count("pk", filter=done),
            opened=Count("pk", filter=~done & Q(opened_edition=reading.edition)),
            place=F("unit__tree_order"),
        )
        .order_by("place", "unit")
    )
    return [
        Coverage(row["unit"], row["unit_name"], row["asked"], row["acknowledged"], row["opened"])
        for row in rows
    ]


def total(rows: list[Coverage]) -> Coverage:
    return Coverage(
        None,
        "Tổng cộng",
        sum(row.asked for row in rows),
        sum(row.acknowledged for row in rows),
        sum(row.opened for row in rows),
    )
