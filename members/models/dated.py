"""Facts that hold from a day to a day, both included; an open end means "until further notice"."""

from __future__ import annotations

import datetime
from typing import Generic, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

Row = TypeVar("Row", bound=models.Model)


def holds_on(date: datetime.date, prefix: str = "") -> Q:
    """The condition "held on `date`", for a row or, with a prefix, across a relation."""
    return Q(**{f"{prefix}valid_from__lte": date}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": date})
    )


def one_at_a_time(name: str, *fields: str, sentence: str, condition: Q | None = None) -> ExclusionConstraint:
    """No day is covered by two rows that are alike in these fields."""
    days = Func(
        "valid_from",
        "valid_to",
        RangeBoundary(inclusive_lower=True, inclusive_upper=True),
        function="DATERANGE",
        output_field=DateRangeField(),
    )
    return ExclusionConstraint(
        name=name,
        expressions=[*((field, RangeOperators.EQUAL) for field in fields), (days, RangeOperators.OVERLAPS)],
        condition=condition,
        violation_error_message=sentence,
    )


class DatedQuerySet(models.QuerySet[Row], Generic[Row]):
    def on(self, date: datetime.date) -> Self:
        """Rows that held on the date."""
        return self.filter(holds_on(date))


class DatedModel(models.Model):
    """Base of every fact about people and organisations: nothing is deleted, it ends."""

    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message="Ngày kết thúc sớm hơn ngày bắt đầu.",
            )
        ]

    def held_on(self, date: datetime.date) -> bool:
        """What `holds_on` asks the database, of a row at hand."""
        return self.valid_from <= date and (self.valid_to is None or date <= self.valid_to)
