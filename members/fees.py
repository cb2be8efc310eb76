"""What a member owes for a month, a cell's register of it, and the arrears of a year."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Case, Count, DateField, F, Func, Prefetch, QuerySet, Sum, When
from django.db.models.functions import Greatest

from members.models import (
    FeePayment,
    FeeRelief,
    FeeRule,
    FeeStanding,
    Membership,
    OrgLevel,
    PartyMember,
    PartyOrganization,
    RuleBook,
    RuleCode,
)
from members.places import Places
from members.seniority import party_age
from portal.dates import months_later
from portal.numbers import number

WHOLE = 100
OWED = Greatest(F("due") - F("paid"), 0)


@dataclass(frozen=True)
class FeeMonth:
    year: int
    month: int

    @classmethod
    def of(cls, day: datetime.date) -> FeeMonth:
        return cls(day.year, day.month)

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, self.month, 1)

    @property
    def last(self) -> datetime.date:
        return months_later(self.first, 1) - datetime.timedelta(days=1)

    def __str__(self) -> str:
        return f"tháng {self.month}/{self.year}"


@dataclass(frozen=True)
class Due:
    """The sum, and how it comes about; None where it can't be reckoned."""

    amount: int | None
    words: str


class Rates:
    """The rules of one month, asked once for all members."""

    def __init__(self, month: FeeMonth) -> None:
        self.month = month
        self.rules = {rule.group: rule for rule in FeeRule.objects.on(month.first).order_by("valid_from")}
        self.free_from = RuleBook().value(RuleCode.FEE_FREE_YEARS, month.first)

    def due(self, member: PartyMember, standing: FeeStanding | None, relief: FeeRelief | None) -> Due:
        """Years of the Party come first, then relief, then the rate of the group."""
        age = party_age(member, member.interruptions.all(), self.month.last)
        if not isinstance(age, str) and age.years >= self.free_from:
            return Due(0, f"miễn: {age.years} năm tuổi Đảng")
        if relief and relief.percent == WHOLE:
            return Due(0, f"miễn: {relief.reason}")
        if standing is None:
            return Due(None, "chưa ghi diện đóng")
        rule = self.rules.get(standing.group)
        if rule is None:
            return Due(None, f"{standing}: chưa có mức của tháng này")
        return self._reckoned(rule, standing, relief)

    def _reckoned(self, rule: FeeRule, standing: FeeStanding, relief: FeeRelief | None) -> Due:
        if rule.percent is None:
            whole, words = Decimal(rule.amount or 0), f"mức {number(rule.amount)} đồng"
        elif standing.income is None:
            return Due(None, f"{standing}: chưa ghi thu nhập")
        else:
            whole = standing.income * rule.percent / WHOLE
            share = f"{rule.percent.normalize():f}".replace(".", ",")
            words = f"{share}% của {number(standing.income)}"
        if relief:
            whole = whole * (WHOLE - relief.percent) / WHOLE
            words += f", {relief}"
        steps = (whole / rule.rounding).quantize(Decimal(1), ROUND_HALF_UP)
        return Due(int(steps) * rule.rounding, words)


@dataclass(frozen=True)
class FeeLine:
    """A member in the register of a month."""

    member: PartyMember
    standing: FeeStanding | None
    reckoned: Due
    payment: FeePayment | None

    @property
    def due(self) -> int | None:
        """As entered; before that, as reckoned now."""
        return self.payment.due if self.payment else self.reckoned.amount


def fee_lines(organization: PartyOrganization, month: FeeMonth) -> list[FeeLine]:
    """Everybody who belonged there on the month's last day and was admitted by then, probationary members
    too; by given name. Seven queries for any number."""
    end, rates = month.last, Rates(month)
    members = PartyMember.objects.filter(
        pk__in=Membership.objects.lasting(end)
        .filter(organization=organization, member__admitted_on__lte=end)
        .values("member")
    )
    found = (
        members.by_name()
        .select_related("organization")
        .prefetch_related("interruptions")
        .prefetch_related(
            Prefetch("fee_standings", FeeStanding.objects.on(month.first), to_attr="standing_now")
        )
        .prefetch_related(Prefetch("fee_reliefs", FeeRelief.objects.on(month.first), to_attr="relief_now"))
        .prefetch_related(
            Prefetch("fee_payments", FeePayment.objects.filter(month=month.first), to_attr="payment_now")
        )
    )
    return [_line(member, rates) for member in found]


def _line(member: Any, rates: Rates) -> FeeLine:
    standing, relief, payment = (
        next(iter(rows), None) for rows in (member.standing_now, member.relief_now, member.payment_now)
    )
    return FeeLine(member, standing, rates.due(member, standing, relief), payment)


@dataclass
class FeeTotal:
    """The registers of an organisation with all below it, in a year so far."""

    organization: PartyOrganization
    due: int = 0
    paid: int = 0
    owed: int = 0
    #: Members of its own on the day: it keeps a register.
    own_members: int = 0


@dataclass(frozen=True)
class FeeBoard:
    year: int
    whole: FeeTotal
    #: The lines it sums up.
    payments: QuerySet[FeePayment]
    parts: list[FeeTotal] = field(default_factory=list)


def fee_board(head: PartyOrganization, year: int, today: datetime.date) -> FeeBoard:
    """An organisation and those right below it; each month counts where the register stood at its end, so
    that a handover leaves the months before it with whom they were paid. Four queries."""
    last = max(datetime.date(year, 1, 1), min(datetime.date(year, 12, 31), today))
    places = _places(year)
    totals = {one.pk: FeeTotal(one) for one in places.parts(head) if one.level != OrgLevel.GROUP}
    whole = FeeTotal(head)
    payments = _paid_below(head, year, places)
    sums = (
        payments.order_by()
        .annotate(part=places.part(head, "organization", "month_end"))
        .values_list("part")
        .annotate(all_due=Sum("due"), all_paid=Sum("paid"), all_owed=Sum(OWED))
    )
    for part, due, paid, owed in sums:
        for total in filter(None, (whole, totals.get(part or 0))):
            total.due, total.paid, total.owed = total.due + due, total.paid + paid, total.owed + owed
    # A register handed over is no longer this one's to open.
    there = [pk for pk, total in totals.items() if head.pk in places.path_on(last, total.organization)]
    here = Membership.objects.on(last).filter(organization__in=[head.pk, *there])
    for pk, count in here.order_by().values_list("organization").annotate(Count("member", distinct=True)):
        (totals.get(pk) or whole).own_members = count
    return FeeBoard(year, whole, payments, list(totals.values()))


class MonthEnd(Func):
    """The last day of the month a line is of: by it the register knows who belongs to it."""

    template = "(%(expressions)s + interval '1 month - 1 day')::date"
    output_field = DateField()


def _places(year: int) -> Places:
    return Places(datetime.date(year, 1, 1), datetime.date(year, 12, 31))


def _paid_below(head: PartyOrganization, year: int, places: Places) -> QuerySet[FeePayment]:
    lines = FeePayment.objects.filter(month__year=year).annotate(month_end=MonthEnd("month"))
    return lines.filter(places.below(head, "organization", "month_end"))


def payments_in(head: PartyOrganization, year: int) -> QuerySet[FeePayment]:
    """The lines of a year of all registers that stood below the head in the month they are of."""
    return _paid_below(head, year, _places(year))


def in_arrears(payments: QuerySet[FeePayment], today: datetime.date) -> QuerySet[Any]:
    """Members who owe something for a month that is over, the most months first: `months` of which nothing
    was paid are what striking off asks about (24-QĐ/TW), `owed` is the sum."""
    over = payments.filter(month__lt=FeeMonth.of(today).first)
    nothing = Case(When(paid=0, then=1))
    return (
        over.filter(due__gt=F("paid"))
        .order_by()
        .values("member", "organization")
        .annotate(months=Count(nothing), all_owed=Sum(OWED))
        .values_list(
            "member",
            "member__full_name",
            "organization",
            "organization__name",
            "months",
            "all_owed",
            named=True,
        )
        .order_by("-months", "-all_owed", "member__sort_key", "member")
    )
