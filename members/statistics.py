"""The figures an office reports: each is one query and one Vietnamese sentence (domain §5).

A `Figure` is an indicator counted for one organisation with all below it, from 1 January to a day.
The number and the rows behind its link are the same object, so they can't differ:
`figure.value == figure.rows().count()`. Each row counts where its organisation stood on the row's day,
so a figure once reported stays what it was after any reorganisation (docs/decisions/0017).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from urllib.parse import urlencode

from django.db import models
from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, ExtractMonth
from django.urls import reverse

from members.models import (
    Admission,
    BadgeAward,
    CourseKind,
    Enrollment,
    Indicator,
    InspectionSubject,
    PartyOrganization,
    Target,
    TrainingCourse,
)
from members.places import Names, Places


class Pace(models.TextChoices):
    """A figure with a target, against the share of the year that has come."""

    AHEAD = "ahead", "Vượt kỳ vọng"
    ON_TIME = "on_time", "Đúng kỳ vọng"
    BEHIND = "behind", "Chậm so với kỳ vọng"


@dataclass(frozen=True)
class Definition:
    """What is counted: the rows, their day, and the organisation each counts for."""

    code: str
    label: str
    sentence: str
    unit: str
    all_rows: Callable[[], QuerySet]  # type: ignore[type-arg]
    day: str
    organization: str = "organization"
    #: Each row is a person: few rows of a small unit would tell who (permissions: P76).
    counts_people: bool = True


INDICATORS = {
    definition.code: definition
    for definition in [
        Definition(
            code="admissions",
            label="Đảng viên mới kết nạp",
            sentence="kết nạp {} đảng viên mới",
            unit="đảng viên",
            all_rows=lambda: Admission.objects.select_related("member", "organization"),
            day="admitted_on",
        ),
        Definition(
            code="badges",
            label="Đảng viên được trao Huy hiệu Đảng",
            sentence="trao tặng Huy hiệu Đảng cho {} đồng chí",
            unit="đồng chí",
            all_rows=lambda: BadgeAward.objects.select_related("member", "organization"),
            day="awarded_on",
        ),
        Definition(
            code="awareness-courses",
            label="Lớp bồi dưỡng nhận thức về Đảng",
            sentence="tổ chức {} lớp bồi dưỡng nhận thức về Đảng",
            unit="lớp",
            all_rows=lambda: _courses(CourseKind.AWARENESS),
            day="ends_on",
            counts_people=False,
        ),
        Definition(
            code="awareness-learners",
            label="Học viên lớp bồi dưỡng nhận thức về Đảng",
            sentence="cho {} quần chúng, đoàn viên ưu tú",
            unit="học viên",
            all_rows=lambda: _learners(CourseKind.AWARENESS),
            day="course__ends_on",
            organization="course__organization",
        ),
        Definition(
            code="new-member-courses",
            label="Lớp bồi dưỡng lý luận chính trị cho đảng viên mới",
            sentence="{} lớp bồi dưỡng lý luận chính trị",
            unit="lớp",
            all_rows=lambda: _courses(CourseKind.NEW_MEMBERS),
            day="ends_on",
            counts_people=False,
        ),
        Definition(
            code="new-member-learners",
            label="Học viên lớp lý luận chính trị cho đảng viên mới",
            sentence="cho {} đảng viên mới",
            unit="học viên",
            all_rows=lambda: _learners(CourseKind.NEW_MEMBERS),
            day="course__ends_on",
            organization="course__organization",
        ),
        Definition(
            code="inspected-organizations",
            label="Tổ chức đảng được kiểm tra",
            sentence="kiểm tra {} tổ chức đảng",
            unit="tổ chức đảng",
            # One inspection may have several subjects: subjects are counted, not sessions (§5.3).
            all_rows=lambda: _subjects().filter(organization__isnull=False),
            day="inspection__concluded_on",
            organization="inspection__organization",
            counts_people=False,
        ),
        Definition(
            code="inspected-members",
            label="Đảng viên được kiểm tra",
            sentence="và {} đảng viên",
            unit="đảng viên",
            all_rows=lambda: _subjects().filter(member__isnull=False),
            day="inspection__concluded_on",
            organization="inspection__organization",
        ),
    ]
}

#: The five figures of the committee's news and home page; each learner belongs to the class before.
PRINCIPAL = ("admissions", "badges", "awareness-learners", "new-member-learners", "inspected-organizations")


def _courses(kind: CourseKind) -> QuerySet[TrainingCourse]:
    return TrainingCourse.objects.filter(kind=kind).select_related("organization")


def _learners(kind: CourseKind) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(course__kind=kind).select_related(
        "course__organization", "member__organization", "candidate__organization"
    )


def _subjects() -> QuerySet[InspectionSubject]:
    return InspectionSubject.objects.select_related("inspection__organization", "organization", "member")


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

    def rows(self) -> QuerySet:  # type: ignore[type-arg]
        """The rows counted, newest first."""
        day, organization = self.definition.day, self.definition.organization
        where = self.standing.below(self.organization, organization, day)
        if self.part:
            where &= self.standing.at(self.organization, self.part, organization, day)
        in_period = {f"{day}__gte": self.since, f"{day}__lte": self.until}
        return self.definition.all_rows().filter(where, **in_period).order_by(f"-{day}", "-pk")

    @cached_property
    def standing(self) -> Places:
        """Where organisations stood in the period."""
        return self.places or Places(self.since, self.until)

    @cached_property
    def value(self) -> int:
        return self.rows().count()

    @cached_property
    def target(self) -> int | None:
        """The year's target; None where the superior set none, which is never 0%."""
        if self.code not in Indicator.values or self.part:
            return None
        return (
            Target.objects.filter(organization=self.organization, indicator=self.code, year=self.until.year)
            .values_list("value", flat=True)
            .first()
        )

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
        points = _grouped(abs(self.ahead or Decimal()))
        return {
            Pace.BEHIND: f"Chậm {points} điểm so với kỳ vọng",
            Pace.AHEAD: f"Vượt kỳ vọng {points} điểm",
            Pace.ON_TIME: "Đúng kỳ vọng",
            None: "Không giao chỉ tiêu",
        }[self.pace]

    @property
    def sentence(self) -> str:
        return self.definition.sentence.format(_grouped(self.value))

    @property
    def url(self) -> str:
        """The rows behind the number."""
        asked = {"until": self.until.isoformat(), "organization": self.organization.pk}
        if self.part:
            asked["part"] = self.part.pk
        return f"{reverse('members:figure', args=[self.code])}?{urlencode(asked)}"

    def by_month(self) -> list[int]:
        """Cumulative at each month's end, up to the month of `until`."""
        counted = dict(
            self.rows()
            .annotate(month=ExtractMonth(self.definition.day))
            .order_by()
            .values_list("month")
            .annotate(rows=Count("pk"))
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
            self.rows().annotate(part=part).order_by().values_list("part").annotate(rows=Count("pk"))
        )
        parts = self.standing.parts(self.organization)
        targets = {}
        if self.code in Indicator.values:
            targets = dict(
                Target.objects.filter(
                    organization__in=parts, indicator=self.code, year=self.until.year
                ).values_list("organization", "value")
            )
        shares = [Share(one, counted.get(one.pk, 0), targets.get(one.pk), self) for one in parts]
        if rest := sum(counted.values()) - sum(share.value for share in shares):
            shares.append(Share(self.organization, rest, None, self))
        return shares


@dataclass(frozen=True)
class Share:
    """What one organisation directly below contributed, or the head itself."""

    organization: PartyOrganization
    value: int
    target: int | None
    whole: Figure

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
        if self.is_own or not whole.standing.stayed(self.organization, whole.organization):
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
    organization: PartyOrganization,
    until: datetime.date,
    codes: Iterable[str] = tuple(INDICATORS),
    *,
    places: Places | None = None,
) -> list[Figure]:
    """Several figures, counted together in one query, after what has moved since."""
    places = places or Places(until.replace(month=1, day=1), until)
    wanted = [figure(code, organization, until, places=places) for code in codes]
    counts = [_count_of(one.rows()) for one in wanted]
    (values,) = PartyOrganization.objects.filter(pk=organization.pk).values_list(*counts)
    for one, value in zip(wanted, values, strict=True):
        # Where `cached_property` would keep it.
        one.__dict__["value"] = value
    return wanted


def _count_of(rows: QuerySet) -> Coalesce:  # type: ignore[type-arg]
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted), 0)


def percent(part: int, whole: int) -> Decimal:
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _grouped(number: int | Decimal) -> str:
    """4.312 and 2,5, as in running text."""
    return f"{number:,}".translate(str.maketrans(",.", ".,")).removesuffix(",0")
