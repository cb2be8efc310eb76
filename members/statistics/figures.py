"""A `Figure` is an indicator counted for one organisation with all below it, from 1 January to a day.

The number and the rows behind its link are the same object, so they can't differ:
`figure.value == figure.rows().count()`. Each row counts where its organisation stood on the row's day,
so a figure once reported stays what it was after any reorganisation (docs/decisions/0017).
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property, reduce
from itertools import chain
from operator import or_
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, DateField, Exists, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import ExtractMonth, Greatest, JSONObject
from django.urls import reverse

from members.models import Indicator, PartyOrganization, Target
from members.places import Names, Places
from members.statistics.definitions import A_DAY, Definition
from members.statistics.indicators import INDICATORS, PUBLIC
from portal.dates import months_later
from portal.numbers import number


class Pace(models.TextChoices):
    """A figure with a target, against the share of the year that has come."""

    AHEAD = "ahead", "Vượt kỳ vọng"
    ON_TIME = "on_time", "Đúng kỳ vọng"
    BEHIND = "behind", "Chậm so với kỳ vọng"


@dataclass(frozen=True)
class YearTargets:
    """What an organisation was given for a year; read when the first figure asks, for all of them."""

    organization: PartyOrganization
    year: int

    @cached_property
    def by_indicator(self) -> dict[str, Target]:
        given = Target.objects.filter(organization=self.organization, year=self.year)
        return {target.indicator: target for target in given}


@dataclass(frozen=True)
class Figure:
    """One indicator of one organisation and all below it, cumulative from 1 January to `until`.

    With a `part` only what one directly below contributed while it was there, or the head's own rows.
    """

    definition: Definition
    organization: PartyOrganization
    until: datetime.date
    part: PartyOrganization | None = None
    #: Shared by the figures of one page.
    places: Places | None = field(default=None, repr=False, compare=False)
    targets: YearTargets | None = field(default=None, repr=False, compare=False)

    def __str__(self) -> str:
        return self.sentence

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def label(self) -> str:
        return self.definition.label

    @property
    def since(self) -> datetime.date:
        return self.until.replace(month=1, day=1)

    @property
    def day_counted(self) -> datetime.date:
        """The day a stock tells of."""
        return self.definition.counted_on(self.since, self.until)

    @property
    def who(self) -> Q:
        """Which of the rows that its definition shares with others."""
        return self.definition.among(self.day_counted)

    def rows(self) -> QuerySet:  # type: ignore[type-arg]
        """The rows counted, newest first."""
        definition, places = self.definition, self.standing
        rows = definition.rows_of(places, self.organization, self.since, self.until)
        if self.part:
            rows = rows.filter(
                places.at(self.organization, self.part, definition.organization, definition.day)
            )
        return rows.order_by(f"-{definition.day}", "-pk")

    @cached_property
    def standing(self) -> Places:
        """Where organisations stood in the period."""
        return self.places or year_places(self.until)

    @cached_property
    def value(self) -> int:
        return self.rows().count()

    @cached_property
    def given(self) -> Target | None:
        """The year's target; None where the superior set none, which is never 0%."""
        if self.code not in Indicator.values or self.part:
            return None
        targets = self.targets or YearTargets(self.organization, self.until.year)
        return targets.by_indicator.get(self.code)

    @property
    def target(self) -> int | None:
        """The number it is measured against."""
        return self.given.value if self.given else None

    @property
    def attainment(self) -> Decimal | None:
        """Done of the year's target in percent, one decimal (domain §5.4)."""
        return percent(self.value, self.target) if self.target else None

    @property
    def expected(self) -> Decimal:
        """The share of the year that has come, by months: nine of twelve are 75%."""
        return percent(self.until.month, 12)

    @property
    def ahead(self) -> Decimal | None:
        """Percentage points above expectation; negative is behind."""
        return None if self.attainment is None else self.attainment - self.expected

    @property
    def pace(self) -> Pace | None:
        if self.ahead is None:
            return None
        return Pace.BEHIND if self.ahead < 0 else Pace.AHEAD if self.ahead else Pace.ON_TIME

    @property
    def pace_words(self) -> str:
        """The verdict beside the bar: "Chậm 2,5 điểm so với kỳ vọng"."""
        points = number(abs(self.ahead or Decimal()))
        return {
            Pace.BEHIND: f"Chậm {points} điểm so với kỳ vọng",
            Pace.AHEAD: f"Vượt kỳ vọng {points} điểm",
            Pace.ON_TIME: "Đúng kỳ vọng",
            None: "Không giao chỉ tiêu",
        }[self.pace]

    @property
    def sentence(self) -> str:
        return self.definition.sentence.format(number(self.value))

    @property
    def url(self) -> str:
        """The rows behind the number."""
        asked = {"until": self.until.isoformat(), "organization": self.organization.pk}
        if self.part:
            asked["part"] = self.part.pk
        return f"{reverse('members:figure', args=[self.code])}?{urlencode(asked)}"

    def by_month(self) -> list[int]:
        """Cumulative at each month's end, up to the month of `until`; a stock as it stood then."""
        if self.definition.is_stock:
            ends = [
                min(months_later(self.since, month) - A_DAY, self.until)
                for month in range(1, self.until.month + 1)
            ]
            return _counted([replace(self, until=end, places=self.standing) for end in ends])
        counted = dict(
            self.rows()
            # Who left with the last day of the year before has left in the first month.
            .annotate(month=ExtractMonth(Greatest(F(self.definition.day), Value(self.since, DateField()))))
            .order_by()
            .values_list("month")
            .annotate(rows=Count("*"))
        )
        totals, total = [], 0
        for month in range(1, self.until.month + 1):
            total += counted.get(month, 0)
            totals.append(total)
        return totals

    def by_organization(self) -> list[Share]:
        """The value split over the organisations directly below, and what lies at the head itself."""
        part = self.standing.part(self.organization, self.definition.organization, self.definition.day)
        counted = dict(
            self.rows().annotate(part=part).order_by().values_list("part").annotate(rows=Count("*"))
        )
        parts = self.standing.parts(self.organization)
        targets = {}
        if self.code in Indicator.values:
            given = Target.objects.filter(organization__in=parts, indicator=self.code, year=self.until.year)
            targets = {target.organization_id: target for target in given}
        shares = [
            Share(one, counted.get(one.pk, 0), targets.get(one.pk), self)
            for one in parts
            # Who was there on the eve of the period only, is told where something counts for it.
            if one.pk in counted or one.valid_to is None or one.valid_to >= self.since
        ]
        if rest := sum(counted.values()) - sum(share.value for share in shares):
            shares.append(Share(self.organization, rest, None, self))
        return shares


@dataclass(frozen=True)
class Share:
    """What one organisation directly below contributed, or the head itself."""

    organization: PartyOrganization
    value: int
    given: Target | None
    whole: Figure

    @property
    def target(self) -> int | None:
        return self.given.value if self.given else None

    @property
    def is_own(self) -> bool:
        """What the head did itself, and none below it."""
        return self.organization.pk == self.whole.organization.pk

    def name(self, called: Names) -> str:
        """As it was called on the last day counted."""
        name = called.on(self.whole.until, self.organization)
        return f"Trực tiếp ở {name}" if self.is_own else name

    @property
    def attainment(self) -> Decimal | None:
        return percent(self.value, self.target) if self.target else None

    @property
    def url(self) -> str:
        """The rows of this part: its own figure, unless it was elsewhere for a while."""
        whole = self.whole
        has_border = whole.definition.has_border
        if self.is_own or has_border or not whole.standing.stayed(self.organization, whole.organization):
            return replace(whole, part=self.organization).url
        return Figure(whole.definition, self.organization, whole.until).url


def figure(
    code: str,
    organization: PartyOrganization,
    until: datetime.date,
    *,
    part: PartyOrganization | None = None,
    places: Places | None = None,
) -> Figure:
    """One figure by its code; KeyError for a code that is none."""
    return Figure(INDICATORS[code], organization, until, part, places)


def figures(
    organization: PartyOrganization, until: datetime.date, codes: Iterable[str] = PUBLIC
) -> list[Figure]:
    """Several figures, counted together in one query, after what has moved since."""
    return figures_of_periods(organization, [until], codes)[0]


def figures_of_periods(
    organization: PartyOrganization, ends: Sequence[datetime.date], codes: Iterable[str]
) -> list[list[Figure]]:
    """The same figures to each of several days, the earliest first: still one query for all."""
    codes, places, periods = tuple(codes), None, []
    for until in ends:
        places = year_places(until, after=places)
        targets = YearTargets(organization, until.year)
        periods.append(
            [replace(figure(code, organization, until, places=places), targets=targets) for code in codes]
        )
    everything = list(chain(*periods))
    for one, value in zip(everything, _counted(everything), strict=True):
        one.__dict__["value"] = value  # where `cached_property` would keep it
    return periods


def anything_happened(counted: Figure) -> bool:
    """Whether a single row of whatever indicator lies in the figure's period and organisation."""
    flows = [definition.of_everybody for definition in INDICATORS.values() if not definition.is_stock]
    there = [Exists(replace(counted, definition=kind).rows().order_by()) for kind in dict.fromkeys(flows)]
    return PartyOrganization.objects.filter(reduce(or_, map(Q, there)), pk=counted.organization.pk).exists()


def year_places(until: datetime.date, *, after: Places | None = None) -> Places:
    """From the eve of the year, on which it is counted who was there at its beginning."""
    return Places(until.replace(month=1, day=1) - A_DAY, until, after=after)


def _counted(wanted: list[Figure]) -> list[int]:
    """The values of several figures of one organisation in one query: one pass over the rows they share."""
    if not wanted:
        return []
    passes: dict[Figure, list[int]] = defaultdict(list)
    for place, one in enumerate(wanted):
        passes[replace(one, definition=one.definition.of_everybody)].append(place)
    counts = [
        _counts_among(whole.rows(), {str(place): wanted[place].who for place in places})
        for whole, places in passes.items()
    ]
    (found,) = PartyOrganization.objects.filter(pk=wanted[0].organization.pk).values_list(*counts)
    values = {place: value for counted in found for place, value in (counted or {}).items()}
    return [values.get(str(place), 0) for place in range(len(wanted))]


def _counts_among(rows: QuerySet, who: dict[str, Q]) -> Subquery:  # type: ignore[type-arg]
    """{name: how many of the rows}; nothing at all where there are no rows."""
    counts = {name: Count(Value(1), filter=among or None) for name, among in who.items()}
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(counted=JSONObject(**counts))
    return Subquery(counted.values("counted"))


def percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)
