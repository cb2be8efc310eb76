"""What all lists of work have in common: rows that fall due, and how near that is."""

from __future__ import annotations

import datetime
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Q, QuerySet

from members.models import PartyMember, PartyOrganization

A_DAY = datetime.timedelta(days=1)
#: Days left at which a list names the work, and the organisation is told; further off it is not due yet.
FAR, NEAR, CLOSE = 60, 30, 15


class Step(models.TextChoices):
    OVERDUE = "overdue", "Quá hạn"
    TODAY = "today", "Hết hạn hôm nay"
    CLOSE = "close", "Còn 15 ngày trở lại"
    NEAR = "near", "Còn 16 đến 30 ngày"
    FAR = "far", "Còn 31 đến 60 ngày"

    def window(self, today: datetime.date) -> Q:
        """The condition on `due` of what stands at this step."""
        first, last = {
            Step.OVERDUE: (datetime.date.min, today - A_DAY),
            Step.TODAY: (today, today),
            Step.CLOSE: (today + A_DAY, today + CLOSE * A_DAY),
            Step.NEAR: (today + (CLOSE + 1) * A_DAY, today + NEAR * A_DAY),
            Step.FAR: (today + (NEAR + 1) * A_DAY, today + FAR * A_DAY),
        }[self]
        return Q(due__range=(first, last))

    def reached_on(self, due: datetime.date) -> datetime.date:
        """The first day of this step, for work due on a day."""
        days = {Step.OVERDUE: -1, Step.TODAY: 0, Step.CLOSE: CLOSE, Step.NEAR: NEAR, Step.FAR: FAR}
        return due - days[self] * A_DAY


def step_of(due: datetime.date, today: datetime.date) -> Step:
    left = (due - today).days
    if left < 0:
        return Step.OVERDUE
    if left == 0:
        return Step.TODAY
    return Step.CLOSE if left <= CLOSE else Step.NEAR if left <= NEAR else Step.FAR


@dataclass(frozen=True)
class Duty:
    """One line of a list."""

    pk: int
    member: PartyMember
    organization: PartyOrganization
    due: datetime.date
    today: datetime.date
    detail: str = ""
    paper: str = ""

    @property
    def step(self) -> Step:
        return step_of(self.due, self.today)

    @property
    def left(self) -> str:
        """quá 12 ngày, hôm nay, còn 30 ngày"""
        days = (self.due - self.today).days
        return f"quá {-days} ngày" if days < 0 else f"còn {days} ngày" if days else "hôm nay"


class Queue(ABC):
    """One list of work. `code` stands in its address."""

    code: ClassVar[str]
    title: ClassVar[str]
    #: What is to be done about a line, said on the page and in the letter.
    what: ClassVar[str]
    #: What is counted in the letter: "3 đảng viên dự bị hết 12 tháng".
    counted: ClassVar[str]
    #: The organisation that has to act.
    place: ClassVar[str] = "organization"

    @abstractmethod
    def everywhere(self, today: datetime.date) -> QuerySet[Any]:
        """All rows of the house with their day `due`."""

    @abstractmethod
    def duties(self, rows: Iterable[Any], today: datetime.date) -> list[Duty]:
        """What the rows of `everywhere` say."""

    def due(self, today: datetime.date) -> QuerySet[Any]:
        """What is overdue or will be due within sixty days, of the whole house: for the sweep alone."""
        return self.everywhere(today).filter(due__lte=today + FAR * A_DAY)

    def within(self, organizations: QuerySet[PartyOrganization], today: datetime.date) -> QuerySet[Any]:
        """What these organisations have to see to."""
        return self.due(today).filter(**{f"{self.place}__in": organizations})

    def counts(self, organizations: QuerySet[PartyOrganization], today: datetime.date) -> dict[Step, int]:
        steps = {step.value: Count("pk", filter=step.window(today)) for step in Step}
        found = self.within(organizations, today).aggregate(**steps)
        return {step: found[step.value] for step in Step}
