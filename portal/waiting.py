"""What waits for a person: the first rows of a list, and how many there are in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Waiting:
    rows: list[Any]
    number: int

    @classmethod
    def first(cls, waiting: QuerySet[Any, Model], shown: int) -> Self:
        """Counts only where there are more rows than are shown."""
        rows = list(waiting[: shown + 1])
        return cls(rows[:shown], len(rows) if len(rows) <= shown else waiting.count())
