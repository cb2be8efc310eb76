"""The rows behind a figure as one reader may see them: every row counted is shown, but a person is
named only to those who may see the record, and a unit of few only to those who manage it (ADR 0007)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter
from typing import Any

from django.db.models import Q

from members.models import (
    Admission,
    BadgeAward,
    Candidate,
    Enrollment,
    InspectionSubject,
    PartyMember,
    PartyOrganization,
    TrainingCourse,
    User,
)
from members.permissions import manages
from members.statistics import Figure

PAGE_SIZE = 100
#: Units with fewer people than this in a figure are not named to outsiders (permissions: P76).
SMALL = 3
A_SMALL_UNIT = f"Đơn vị có dưới {SMALL} người"


@dataclass(frozen=True)
class Row:
    day: datetime.date
    unit: str
    detail: str
    paper: str
    name: str
    member_id: int | None


@dataclass(frozen=True)
class RowPage:
    rows: list[Row]
    #: The address part the next page begins after; empty on the last page.
    after: str


@dataclass(frozen=True)
class _Fact:
    """What a row tells, before it is asked who reads it."""

    day: datetime.date
    unit: PartyOrganization
    detail: str = ""
    paper: str = ""
    subject: PartyMember | Candidate | PartyOrganization | None = None


def _fact(row: Any) -> _Fact:
    match row:
        case Admission():
            return _Fact(row.admitted_on, row.organization, "", row.decision_number, row.member)
        case BadgeAward():
            badge = f"Huy hiệu {row.badge_years} năm tuổi Đảng"
            return _Fact(row.awarded_on, row.organization, badge, row.decision_number, row.member)
        case TrainingCourse():
            return _Fact(row.ends_on, row.organization, row.name)
        case Enrollment():
            learner = row.member or row.candidate
            assert learner is not None  # a constraint of the table
            return _Fact(row.course.ends_on, learner.organization, row.course.name, "", learner)
        case InspectionSubject():
            held = row.inspection
            subject = row.organization or row.member
            return _Fact(
                held.concluded_on,
                held.organization,
                held.get_kind_display(),
                held.decision_number,
                subject,
            )
    raise TypeError(f"no figure counts {type(row).__name__}")


def page_of(figure: Figure, user: User, *, after: str = "") -> RowPage:
    """One page of the rows, newest first; a constant number of queries."""
    day = figure.definition.day
    rows = figure.rows()
    if after:
        last_day, _, last_pk = after.partition(".")
        rows = rows.filter(**{f"{day}__lte": last_day}).filter(
            Q(**{f"{day}__lt": last_day}) | Q(**{day: last_day}, pk__lt=last_pk)
        )
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    facts = [_fact(row) for row in shown]
    units = _unit_names(figure, user, facts)
    names = _names(user, shown, facts)
    last = shown[-1] if len(found) > PAGE_SIZE else None
    return RowPage(
        rows=[
            Row(
                day=fact.day,
                unit=units[fact.unit.pk],
                detail=fact.detail,
                paper=fact.paper,
                name=names.get(_key(fact.subject), ""),
                member_id=fact.subject.pk
                if isinstance(fact.subject, PartyMember) and _key(fact.subject) in names
                else None,
            )
            for fact in facts
        ],
        after=f"{reduce(_step, day.split('__'), last):%Y-%m-%d}.{last.pk}" if last else "",
    )


def _step(value: Any, name: str) -> Any:
    return attrgetter(name)(value)


def _unit_names(figure: Figure, user: User, facts: list[_Fact]) -> dict[int, str]:
    """For who manages a unit its own name; for others the grassroots organisation it belongs to."""
    units = {fact.unit.pk: fact.unit for fact in facts}
    depth = len(figure.organization.path)
    above = {unit.pk: unit.path[min(depth, len(unit.path) - 1)] for unit in units.values()}
    grassroots = PartyOrganization.objects.in_bulk(set(above.values()))
    few: set[int] = set()
    if figure.definition.counts_people:
        few = {
            share.organization.pk
            for share in figure.by_organization()
            if share.organization and share.value < SMALL
        }
    return {
        pk: unit.name
        if manages(user, unit)
        else A_SMALL_UNIT
        if above[pk] in few
        else grassroots[above[pk]].name
        for pk, unit in units.items()
    }


def _names(user: User, rows: list[Any], facts: list[_Fact]) -> dict[tuple[str, int], str]:
    """The subjects this reader may see by name."""
    people = [fact.subject.pk for fact in facts if isinstance(fact.subject, PartyMember)]
    candidates = [fact.subject.pk for fact in facts if isinstance(fact.subject, Candidate)]
    seen: set[tuple[str, int]] = set()
    if people:
        visible = PartyMember.objects.visible_to(user).filter(pk__in=people)
        seen |= {("PartyMember", pk) for pk in visible.values_list("pk", flat=True)}
    if candidates:
        visible_candidates = Candidate.objects.visible_to(user).filter(pk__in=candidates)
        seen |= {("Candidate", pk) for pk in visible_candidates.values_list("pk", flat=True)}
    for fact in facts:
        if isinstance(fact.subject, PartyOrganization) and manages(user, fact.subject):
            seen.add(_key(fact.subject))
    inspected = [row.pk for row in rows if isinstance(row, InspectionSubject)]
    if inspected:
        visible_subjects = InspectionSubject.objects.visible_to(user).filter(pk__in=inspected)
        open_rows = set(visible_subjects.values_list("pk", flat=True))
        seen |= {_key(fact.subject) for row, fact in zip(rows, facts, strict=True) if row.pk in open_rows}
    return {_key(fact.subject): str(fact.subject) for fact in facts if _key(fact.subject) in seen}


def _key(subject: Any) -> tuple[str, int]:
    return (type(subject).__name__, subject.pk if subject else 0)
