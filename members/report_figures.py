"""What a report says of each figure: the number, last year's, the target, the estimate; the same for the
screen, the workbook and the paper, whether counted today or as it was sent."""

from __future__ import annotations

import datetime
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from members.edition import REGISTER
from members.models import PartyOrganization, PeriodicReport
from members.statistics import INDICATORS, PUBLIC, Figure, anything_happened, figures_of_periods, percent
from portal.dates import months_later
from portal.numbers import number


@dataclass(frozen=True)
class Told:
    """`last_year` is the same period a year before; None for what is not known, which is never zero."""

    code: str
    label: str
    value: int
    target: int | None
    last_year: int | None
    estimate: int | None = None
    figure: Figure | None = None
    figure_last_year: Figure | None = None

    @property
    def is_part(self) -> bool:
        return INDICATORS[self.code].is_part

    @property
    def share(self) -> str:
        """What the target was given as, where that was a percent; a report that was sent keeps the number."""
        given = self.figure.given if self.figure else None
        return given.share if given else ""

    @property
    def attainment(self) -> Decimal | None:
        return percent(self.value, self.target) if self.target else None

    @property
    def change(self) -> str:
        """tăng 8, giảm 3, bằng cùng kỳ; a dash where last year is not known."""
        if self.last_year is None:
            return "–"
        difference = self.value - self.last_year
        if not difference:
            return "bằng cùng kỳ"
        return f"{'tăng' if difference > 0 else 'giảm'} {number(abs(difference))}"

    @property
    def sentence(self) -> str:
        """kết nạp 116 đảng viên mới"""
        return INDICATORS[self.code].sentence.format(number(self.value))


def told_today(
    organization: PartyOrganization, until: datetime.date, codes: Iterable[str] = PUBLIC
) -> list[Told]:
    """Counted now. A year before of which nothing at all was entered is not known, and no zero; nor is the
    number of members before the register began."""
    before, now = figures_of_periods(organization, [year_before(until), until], codes)
    is_known = any(then.value for then in before if not then.definition.is_stock) or _happened(before[0])
    has_members = any(then.value for then in before if then.definition.is_stock)

    def last_year(then: Figure) -> int | None:
        known = has_members if then.definition.is_stock else is_known
        return then.value if known else None

    return [
        Told(one.code, one.label, one.value, one.target, last_year(then), None, one, then)
        for one, then in zip(now, before, strict=True)
    ]


def _happened(then: Figure) -> bool:
    """Asked again after the next deed: all indicators have to be looked through for it."""
    key = f"happened:{then.organization.pk}:{then.until.isoformat()}"
    return REGISTER.kept(key, lambda: anything_happened(then))


def told_in(report: PeriodicReport) -> list[Told]:
    """As it was sent; an indicator that is counted no more has no sentence and is left out."""
    lines = list(report.figures.filter(part=None))
    estimates = {line.indicator: line.value for line in lines if line.is_estimate}
    return [
        Told(
            line.indicator,
            line.label,
            line.value,
            line.target,
            line.last_year,
            estimates.get(line.indicator),
        )
        for line in lines
        if not line.is_estimate and line.indicator in INDICATORS
    ]


def year_before(until: datetime.date) -> datetime.date:
    """The last day of the same period a year before: the end of a month stays the end of it."""
    day = months_later(until, -12)
    if until.day == monthrange(until.year, until.month)[1]:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def by_code(told: Iterable[Told]) -> dict[str, Told]:
    return {one.code: one for one in told}
