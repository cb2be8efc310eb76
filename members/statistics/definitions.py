"""What an indicator counts: rows of a period, members there on a day, or who came along with a handover."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import models
from django.db.models import Case, DateField, Q, QuerySet, Value, When

from members.models import Membership, PartyOrganization
from members.places import Places

A_DAY = datetime.timedelta(days=1)


class Group(models.TextChoices):
    RESULTS = "results", "Kết quả thực hiện"
    BALANCE = "balance", "Biến động đảng viên"
    STRUCTURE = "structure", "Cơ cấu đảng viên"
    INSPECTION = "inspection", "Kiểm tra, giám sát"
    DISCIPLINE = "discipline", "Kỷ luật, đơn thư"


def everybody(day: datetime.date) -> Q:
    return Q()


@dataclass(frozen=True)
class Definition:
    """Rows that happened in the period: their day, and the organisation each counts for."""

    code: str
    label: str
    sentence: str
    unit: str
    all_rows: Callable[[], QuerySet]  # type: ignore[type-arg]
    day: str
    organization: str = "organization"
    #: The organisation at the other end: only what crosses the border of the head is counted then.
    other_end: str = ""
    #: Which of them, as of the day counted.
    among: Callable[[datetime.date], Q] = everybody
    #: Each row is a person: few rows of a small unit would tell who (permissions: P76).
    counts_people: bool = True
    #: Some of those counted in a line above it: the screen tells it beneath that line.
    is_part: bool = False
    group: Group = Group.RESULTS

    @property
    def is_public(self) -> bool:
        """The committee's results are for the whole house, the make-up of its members is not (ADR 0007)."""
        return self.group == Group.RESULTS

    @property
    def is_split(self) -> bool:
        """Whether papers tell what each organisation directly below contributed."""
        return self.group in (Group.RESULTS, Group.BALANCE)

    @property
    def is_stock(self) -> bool:
        """Counted on one day: it goes up and down, and is no sum of months."""
        return False

    @property
    def has_border(self) -> bool:
        """What a part contributes to the whole is less than the figure of the part by itself."""
        return bool(self.other_end)

    @cached_property
    def of_everybody(self) -> Definition:
        """The same for definitions that differ by `among` and their words alone: one pass counts them."""
        return replace(
            self,
            code="",
            label="",
            sentence="",
            unit="",
            among=everybody,
            group=Group.RESULTS,
            counts_people=True,
            is_part=False,
        )

    def counted_on(self, since: datetime.date, until: datetime.date) -> datetime.date:
        """The day of which `among` is asked."""
        return until

    def rows_of(
        self, places: Places, head: PartyOrganization, since: datetime.date, until: datetime.date
    ) -> QuerySet:  # type: ignore[type-arg]
        """The rows of the head and all below it."""
        where = places.below(head, self.organization, self.day)
        if self.other_end:
            where &= places.outside(head, self.other_end, self.day)
        in_period = {f"{self.day}__gte": since, f"{self.day}__lte": until}
        return self.all_rows().filter(where, self.among(self.counted_on(since, until)), **in_period)


def all_memberships() -> QuerySet[Membership]:
    return Membership.objects.select_related("member", "organization")


@dataclass(frozen=True)
class Stock(Definition):
    """Members there at the end of the period, or of the day before it began."""

    all_rows: Callable[[], QuerySet] = all_memberships  # type: ignore[type-arg]
    day: str = "counted_on"
    is_at_start: bool = False

    @property
    def is_stock(self) -> bool:
        return True

    def counted_on(self, since: datetime.date, until: datetime.date) -> datetime.date:
        return since - A_DAY if self.is_at_start else until

    def rows_of(
        self, places: Places, head: PartyOrganization, since: datetime.date, until: datetime.date
    ) -> QuerySet:  # type: ignore[type-arg]
        day = self.counted_on(since, until)
        there = _there_on(day).annotate(counted_on=Value(day, DateField()))
        return there.filter(self.among(day), places.below(head, self.organization, self.day))


@dataclass(frozen=True)
class HandedOver(Definition):
    """Members whose organisation came from elsewhere in the house, or left for it: nobody has moved.

    They stand with the first day inside, or the last one.
    """

    all_rows: Callable[[], QuerySet] = all_memberships  # type: ignore[type-arg]
    day: str = "counted_on"
    is_arrival: bool = True

    @property
    def has_border(self) -> bool:
        return True

    def rows_of(
        self, places: Places, head: PartyOrganization, since: datetime.date, until: datetime.date
    ) -> QuerySet:  # type: ignore[type-arg]
        crossed = places.crossings(head, into=self.is_arrival)
        rows = all_memberships()
        if not crossed:
            return rows.none().annotate(counted_on=Value(until, DateField()))
        where = Q()
        cases: list[When] = []
        for day, pks in crossed.items():
            theirs = Q(organization__in=pks)
            where |= theirs & Q(pk__in=_there_on(day - A_DAY).values("pk"))
            cases.append(When(theirs, then=Value(day if self.is_arrival else day - A_DAY)))
        return rows.filter(where).annotate(counted_on=Case(*cases, output_field=DateField()))


def _there_on(day: datetime.date) -> QuerySet[Membership]:
    return Membership.objects.lasting(day).select_related("member", "organization")
