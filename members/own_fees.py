"""A member's own fees: the months of a year, each as it stands in the register or as it is reckoned now."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from members.fees import Due, FeeMonth, Rates
from members.models import FeePayment, Membership, PartyMember
from members.models.dated import DatedModel

MONTHS = 12
Row = TypeVar("Row", bound=DatedModel)


@dataclass(frozen=True)
class OwnMonth:
    """`payment` is the line of the register; before it is written, `reckoned` says what will be due."""

    month: FeeMonth
    reckoned: Due
    payment: FeePayment | None
    is_over: bool

    @property
    def due(self) -> int | None:
        return self.payment.due if self.payment else self.reckoned.amount

    @property
    def paid(self) -> int:
        return self.payment.paid if self.payment else 0

    @property
    def arrears(self) -> int:
        """Of a month that is over, as the register has it: what it has not written yet is no debt."""
        return self.payment.owed if self.payment and self.is_over else 0

    @property
    def told(self) -> str:
        if self.payment is None:
            return "chưa ghi sổ"
        if not self.payment.due:
            return "không phải nộp"
        if not self.payment.owed:
            return "đã nộp đủ"
        return "nộp thiếu" if self.payment.paid else "chưa nộp"


@dataclass(frozen=True)
class OwnYear:
    year: int
    months: list[OwnMonth]

    @property
    def due(self) -> int:
        """Of the months the register has."""
        return sum(one.payment.due for one in self.months if one.payment)

    @property
    def paid(self) -> int:
        return sum(one.paid for one in self.months)

    @property
    def arrears(self) -> int:
        return sum(one.arrears for one in self.months)

    @property
    def unpaid(self) -> int:
        """Months that are over and of which nothing was paid."""
        return sum(1 for one in self.months if one.arrears and not one.paid)


def own_year(member: PartyMember, year: int, today: datetime.date) -> OwnYear:
    """The months in which the member belonged here, up to this one."""
    payments = {
        row.month.month: row
        for row in FeePayment.objects.filter(member=member, month__year=year).select_related("organization")
    }
    standings, reliefs = list(member.fee_standings.all()), list(member.fee_reliefs.all())
    memberships = list(Membership.objects.filter(member=member))
    lines = []
    for number in range(1, MONTHS + 1):
        month, payment = FeeMonth(year, number), payments.get(number)
        if month.first > today or not (payment or _belonged(member, memberships, month.last)):
            continue
        standing, relief = _on(month.first, standings), _on(month.first, reliefs)
        reckoned = Rates(month).due(member, standing, relief)
        lines.append(OwnMonth(month, reckoned, payment, is_over=month.last < today))
    return OwnYear(year, lines)


def _belonged(member: PartyMember, memberships: Iterable[Membership], day: datetime.date) -> bool:
    """As the registers of cells take people up: there on the month's last day, admitted, and not gone."""
    is_gone = member.exited_on is not None and member.exited_on <= day
    is_admitted = member.admitted_on is not None and member.admitted_on <= day
    return is_admitted and not is_gone and _on(day, memberships) is not None


def _on(day: datetime.date, rows: Iterable[Row]) -> Row | None:
    return next((row for row in rows if row.held_on(day)), None)
