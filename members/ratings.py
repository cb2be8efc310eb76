"""Ratings of a period: who is to be rated, how many of each level, and whether the excellent are too many.

The cap holds within a grassroots organisation, and among the organisations of one superior. It is a
sentence for the reader and, once nothing that is still missing could bring it right, a refusal.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from members.models import (
    GRASSROOTS,
    CapBase,
    Exemption,
    FourGoodsAssessment,
    Membership,
    OrganizationRating,
    OrgLevel,
    PartyOrganization,
    QualityRating,
    RatingLevel,
    RatingRule,
)
from members.places import Levels, Places, whole_and_part
from portal.dates import months_later
from portal.numbers import number

WHOLE_YEAR = 0
QUARTER_MONTHS, QUARTERS = 3, 4
A_DAY = datetime.timedelta(days=1)
#: Better first, as the columns of the page.
LEVELS = tuple(RatingLevel)
#: For the heads of narrow columns.
SHORT = {
    RatingLevel.EXCELLENT: "Xuất sắc",
    RatingLevel.GOOD: "Tốt",
    RatingLevel.COMPLETED: "Hoàn thành",
    RatingLevel.NOT_COMPLETED: "Không hoàn thành",
}


@dataclass(frozen=True, order=True)
class RatingPeriod:
    """A year as a whole, or one quarter of it."""

    year: int
    quarter: int = WHOLE_YEAR

    @property
    def first(self) -> datetime.date:
        return datetime.date(self.year, QUARTER_MONTHS * max(self.quarter - 1, 0) + 1, 1)

    @property
    def last(self) -> datetime.date:
        months = QUARTER_MONTHS * (self.quarter and 1 or QUARTERS)
        return months_later(self.first, months) - A_DAY

    @property
    def label(self) -> str:
        return f"quý {self.quarter} năm {self.year}" if self.quarter else f"năm {self.year}"

    def __str__(self) -> str:
        return self.label


def rule_of(period: RatingPeriod) -> RatingRule | None:
    """The rule in force on the period's last day."""
    return RatingRule.objects.on(period.last).order_by("-valid_from").first()


def to_be_rated(organizations: QuerySet[PartyOrganization], period: RatingPeriod) -> QuerySet[Any]:
    """The memberships of the period's end, each with `is_rated`. Exempt members are not rated, nor whoever
    came to the Party after it."""
    end = period.last
    exempt = Exemption.objects.on(end).filter(member=OuterRef("member"))
    return (
        Membership.objects.lasting(end)
        .filter(~Exists(exempt), organization__in=organizations, member__admitted_on__lte=end)
        .annotate(is_rated=Exists(_given(period).filter(member=OuterRef("member"))))
    )


def _given(period: RatingPeriod) -> QuerySet[QualityRating]:
    return QualityRating.objects.filter(year=period.year, quarter=period.quarter)


def ratings_in(organizations: QuerySet[PartyOrganization], period: RatingPeriod) -> QuerySet[QualityRating]:
    return _given(period).filter(organization__in=organizations)


@dataclass(frozen=True)
class Cap:
    """How many are excellent, and how many may be: a share of those rated good, or good and better."""

    rule: RatingRule
    levels: Mapping[str, int]
    missing: int
    #: What is counted: "đồng chí", "tổ chức".
    unit: str

    @property
    def excellent(self) -> int:
        return self.levels.get(RatingLevel.EXCELLENT, 0)

    @property
    def base(self) -> int:
        good = self.levels.get(RatingLevel.GOOD, 0)
        return good if self.rule.cap_base == CapBase.GOOD else good + self.excellent

    @property
    def allowed(self) -> int:
        """As rated by now; part of a person is nobody."""
        return self.base * self.rule.cap_percent // 100

    @property
    def highest(self) -> int:
        """Were all that are missing rated good."""
        return (self.base + self.missing) * self.rule.cap_percent // 100

    @property
    def is_over(self) -> bool:
        return self.excellent > self.allowed

    @property
    def is_over_for_good(self) -> bool:
        return self.excellent > self.highest

    @property
    def sentence(self) -> str:
        """Xuất sắc 12 đồng chí; nhiều nhất 10 = 20% của 50 đồng chí …"""
        said = (
            f"Hoàn thành xuất sắc {number(self.excellent)} {self.unit}; nhiều nhất {number(self.allowed)}, "
            f"là {self.rule.cap_percent}% {self.rule.get_cap_base_display()} "
            f"({number(self.base)} {self.unit})."
        )
        if self.is_over:
            said += f" Vượt {number(self.excellent - self.allowed)}."
        if self.missing:
            said += (
                f" Còn {number(self.missing)} {self.unit} chưa xếp loại; nếu đều hoàn thành tốt thì nhiều "
                f"nhất {number(self.highest)}."
            )
        return said


@dataclass
class Line:
    """An organisation with all below it: its own rating, and how its members were rated."""

    organization: PartyOrganization
    levels: Counter[str] = field(default_factory=Counter)
    #: Members still without a rating, and those of its own to be rated at all.
    missing: int = 0
    own_members: int = 0
    rating: OrganizationRating | None = None
    four_goods: FourGoodsAssessment | None = None

    @property
    def rated(self) -> int:
        return sum(self.levels.values())

    @property
    def by_level(self) -> list[tuple[RatingLevel, str, int]]:
        return [(level, SHORT[level], self.levels[level]) for level in LEVELS]

    @property
    def own_level(self) -> str:
        return SHORT[RatingLevel(self.rating.level)] if self.rating else ""


@dataclass(frozen=True)
class Board:
    """An organisation, those right below it, and what the cap says: nine queries for any number."""

    period: RatingPeriod
    whole: Line
    parts: list[Line]
    rule: RatingRule | None
    #: Of the head, on the period's last day.
    level: str

    @property
    def member_cap(self) -> Cap | None:
        if self.rule is None or self.level not in GRASSROOTS:
            return None
        return Cap(self.rule, self.whole.levels, self.whole.missing, "đồng chí")

    @property
    def organization_cap(self) -> Cap | None:
        rated = [line.rating.level for line in self.parts if line.rating]
        if self.rule is None or not rated:
            return None
        return Cap(self.rule, Counter(rated), len(self.parts) - len(rated), "tổ chức")


def board(head: PartyOrganization, period: RatingPeriod) -> Board:
    """As organisations stood on the period's last day, whatever was handed over since."""
    places = Places(period.last, period.last)
    below = places.organizations(head, period.last)
    parts = places.parts(head)
    levels = Levels(period.last, [head, *parts])
    lines = {one.pk: Line(one) for one in parts if levels.of(one) != OrgLevel.GROUP}
    whole = lines[head.pk] = Line(head)

    def counted_for(pk: int, today: Sequence[int]) -> Iterator[Line]:
        return whole_and_part(whole, lines, places.path_of(pk, today, period.last), head.pk)

    given = ratings_in(below, period).order_by().values_list("organization", "organization__path", "level")
    for pk, path, level, count in given.annotate(Count("pk")):
        for line in counted_for(pk, path):
            line.levels[level] += count
    counted = to_be_rated(below, period).order_by().values_list("organization", "organization__path")
    counts = counted.annotate(
        everybody=Count("member", distinct=True),
        missing=Count("member", distinct=True, filter=Q(is_rated=False)),
    )
    for pk, path, everybody, missing in counts:
        for line in counted_for(pk, path):
            line.missing += missing
            if line.organization.pk == pk:
                line.own_members = everybody
    for rating in OrganizationRating.objects.filter(
        organization__in=lines, year=period.year, quarter=period.quarter
    ):
        lines[rating.organization_id].rating = rating
    if period.quarter == WHOLE_YEAR:
        for goods in FourGoodsAssessment.objects.filter(organization__in=lines, year=period.year):
            lines[goods.organization_id].four_goods = goods
    del lines[head.pk]
    return Board(period, whole, list(lines.values()), rule_of(period), levels.of(head))


def grassroots_of(organization: PartyOrganization, day: datetime.date) -> PartyOrganization | None:
    """The grassroots organisation this one was or stood in on a day: the cap of members holds there."""
    above = list(PartyOrganization.objects.filter(pk__in=Places(day, day).path_on(day, organization)))
    levels = Levels(day, above)
    return next((one for one in above if levels.of(one) in GRASSROOTS), None)


def member_cap(organization: PartyOrganization, period: RatingPeriod) -> Cap | None:
    """The cap of the grassroots organisation around this one; six queries."""
    rule, whole = rule_of(period), grassroots_of(organization, period.last)
    if rule is None or whole is None:
        return None
    below = Places(period.last, period.last).organizations(whole, period.last)
    levels = Counter(ratings_in(below, period).values_list("level", flat=True))
    missing = to_be_rated(below, period).filter(is_rated=False).values("member").distinct().count()
    return Cap(rule, levels, missing, "đồng chí")


def organization_cap(organization: PartyOrganization, period: RatingPeriod) -> Cap | None:
    """Among the organisations of the superior it had on the period's last day."""
    path = Places(period.last, period.last).path_on(period.last, organization)
    superior = PartyOrganization.objects.filter(pk__in=path[-2:-1]).first()
    return board(superior, period).organization_cap if superior else None


def points_refusal(level: str, points: int | None, rule: RatingRule | None) -> str | None:
    """A level above what the points allow; a lower one may be given, for points are not all (366-QĐ/TW)."""
    if points is None or rule is None or (highest := rule.level_of(points)) is None:
        return None
    if LEVELS.index(RatingLevel(level)) >= LEVELS.index(highest):
        return None
    return f"{points} điểm cao nhất là “{highest.label}” ({rule.basis})."


def by_name(rows: QuerySet[QualityRating]) -> QuerySet[QualityRating]:
    """Organisation after organisation, each by given name."""
    return rows.select_related("member", "organization").order_by(
        F("organization__tree_order"), "member__sort_key", "pk"
    )
