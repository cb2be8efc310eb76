"""The rows behind a figure as one reader may see them: every row counted is shown, but a person is
named only to those who may see the record, and a unit of few only to those who manage it (ADR 0007)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import reduce
from operator import attrgetter
from typing import Any

from django.db.models import Q

from members.models import (
    Admission,
    BadgeAward,
    Candidate,
    DisciplinaryAction,
    Enrollment,
    InspectionSubject,
    Membership,
    PartyMember,
    PartyOrganization,
    Petition,
    TrainingCourse,
    Transfer,
    User,
)
from members.permissions import manages
from members.places import Names
from members.statistics import Definition, Figure
from portal.dates import day as day_words

PAGE_SIZE = 100
#: Units with fewer people than this in a figure are not named to outsiders (permissions: P76).
SMALL = 3
#: A person or an organisation a row speaks of.
_Key = tuple[str, int]
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
    #: The unit is the learner's own, not the one that held the class.
    is_learner: bool = False
    #: Whose decision the paper is, where that need not be the unit.
    decided_by: PartyOrganization | None = None


def _fact(row: Any, definition: Definition) -> _Fact:
    match row:
        case Membership():
            since = f"Sinh hoạt từ {day_words(row.valid_from)}"
            return _Fact(_day_of(row, definition), row.organization, since, row.decision_number, row.member)
        case PartyMember():
            day, left = _day_of(row, definition), row.get_exit_reason_display()
            gone = _Fact(day, row.organization, left, "", row)
            # A list that was brought in knows that somebody left, and no decision.
            decided = next((one for one in row.departures.all() if one.left_on == day), None)
            if decided is None:
                return gone
            return replace(gone, paper=decided.decision_number, decided_by=decided.decided_by)
        case DisciplinaryAction():
            return _Fact(row.decided_on, row.decided_by, "", row.decision_number, row.member)
        case Petition():
            kind = row.get_kind_display()
            return _Fact(row.received_on, row.organization, f"{kind}, giấu tên" if row.is_anonymous else kind)
        case Transfer():
            unit = getattr(row, definition.organization)
            way = f"{row.get_kind_display()}: {row.origin} → {row.destination}"
            return _Fact(row.moved_on, unit, way, row.decision_number, row.member)
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
            return _Fact(row.course.ends_on, learner.organization, row.course.name, "", learner, True)
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


def _day_of(row: Any, definition: Definition) -> datetime.date:
    found: datetime.date = reduce(_step, definition.day.split("__"), row)
    return found


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
    facts = _where_they_belonged([_fact(row, figure.definition) for row in shown])
    units = _unit_names(figure, user, facts)
    records = _records(user, facts)
    names = _names(user, shown, facts, records)
    called = Names(fact.decided_by for fact in facts if fact.decided_by)
    last = shown[-1] if len(found) > PAGE_SIZE else None
    return RowPage(
        rows=[
            Row(
                day=fact.day,
                unit=units[fact.unit.pk, fact.day],
                detail=fact.detail,
                paper=_paper(fact, user, called),
                name=names.get(_key(fact.subject), ""),
                member_id=fact.subject.pk if fact.subject and _key(fact.subject) in records else None,
            )
            for fact in facts
        ],
        after=f"{_day_of(last, figure.definition):%Y-%m-%d}.{last.pk}" if last else "",
    )


def _paper(fact: _Fact, user: User, called: Names) -> str:
    """A cell's own decision would name the cell: it is said to who manages that, or the one who decided."""
    decided_by = fact.decided_by
    if decided_by is None or not (manages(user, fact.unit) or manages(user, decided_by)):
        return fact.paper
    return " của ".join(filter(None, (fact.paper, called.on(fact.day, decided_by))))


def _step(value: Any, name: str) -> Any:
    return attrgetter(name)(value)


def _where_they_belonged(facts: list[_Fact]) -> list[_Fact]:
    """A learner counts for the organisation he belonged to on the day, wherever he is today."""
    members = {fact.subject.pk for fact in facts if isinstance(fact.subject, PartyMember) and fact.is_learner}
    if not members:
        return facts
    stays = Membership.objects.filter(member__in=members).select_related("organization")
    dated = [(stay.member_id, stay.valid_from, stay.organization) for stay in stays.order_by("-valid_from")]

    def unit(fact: _Fact) -> PartyOrganization:
        if not (isinstance(fact.subject, PartyMember) and fact.is_learner):
            return fact.unit
        member = fact.subject.pk
        return next((unit for who, first, unit in dated if who == member and first <= fact.day), fact.unit)

    return [replace(fact, unit=unit(fact)) for fact in facts]


def _unit_names(figure: Figure, user: User, facts: list[_Fact]) -> dict[tuple[int, datetime.date], str]:
    """For who manages a unit its own name of the day; for others that of the grassroots organisation it
    belonged to then."""
    above = {
        (fact.unit.pk, fact.day): _below(figure.standing.path_on(fact.day, fact.unit), figure.organization.pk)
        for fact in facts
    }
    grassroots = PartyOrganization.objects.in_bulk(set(above.values()))
    called = Names([*(fact.unit for fact in facts), *grassroots.values()])
    few: set[int] = set()
    if figure.definition.counts_people:
        few = {
            share.organization.pk
            for share in replace(figure, part=None, places=figure.standing).by_organization()
            if not share.is_own and share.value < SMALL
        }

    def name(fact: _Fact) -> str:
        if manages(user, fact.unit):
            return called.on(fact.day, fact.unit)
        head = above[fact.unit.pk, fact.day]
        return A_SMALL_UNIT if head in few else called.on(fact.day, grassroots[head])

    return {(fact.unit.pk, fact.day): name(fact) for fact in facts}


def _below(path: tuple[int, ...], head: int) -> int:
    """The one directly below the head on the way to a unit; the unit itself where there is none."""
    return path[path.index(head) + 1] if head in path[:-1] else path[-1]


def _records(user: User, facts: list[_Fact]) -> set[_Key]:
    """The people whose record this reader may open: fewer than he may see the names of."""
    people = [fact.subject.pk for fact in facts if isinstance(fact.subject, PartyMember)]
    if not people:
        return set()
    return {("PartyMember", pk) for pk in PartyMember.objects.keys_for(user, people)}


def _names(user: User, rows: list[Any], facts: list[_Fact], records: set[_Key]) -> dict[_Key, str]:
    """The subjects this reader may see by name."""
    candidates = [fact.subject.pk for fact in facts if isinstance(fact.subject, Candidate)]
    seen = set(records)
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
    called = Names([fact.subject for fact in facts if isinstance(fact.subject, PartyOrganization)])
    return {
        _key(fact.subject): called.on(fact.day, fact.subject)
        if isinstance(fact.subject, PartyOrganization)
        else str(fact.subject)
        for fact in facts
        if _key(fact.subject) in seen
    }


def _key(subject: Any) -> _Key:
    return (type(subject).__name__, subject.pk if subject else 0)
