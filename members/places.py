"""Where organisations stood over a period, and what they were called: a figure counts each row where its
organisation was on the row's day, whatever was handed over, merged or divided since."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from typing import TypeVar

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from members.models import (
    OrganizationLevel,
    OrganizationName,
    OrganizationParent,
    OrgLevel,
    PartyOrganization,
)

Path = tuple[int, ...]
#: Of an organisation its superiors, each with the first day below it, in their order.
Superiors = dict[int, list[tuple[datetime.date, int]]]
Told = TypeVar("Told")


@dataclass(frozen=True)
class Stay:
    """From a day to a day, both included: the ids from the root down to the organisation itself."""

    first: datetime.date
    last: datetime.date
    path: Path


class Places:
    """The places of all organisations from `since` to `until`.

    `PartyOrganization.path` is today's place (ADR 0006) and was the same then, but for those moved since:
    these are followed through their dated superiors. One query, a second one where something was moved.
    """

    def __init__(self, since: datetime.date, until: datetime.date, *, after: Places | None = None) -> None:
        """What is known `after` an earlier period is not asked again."""
        self.since, self.until = since, until
        self._before = after
        #: Of those that stood elsewhere on some day of the period, and only of them.
        self.stays: dict[int, list[Stay]] = {}
        self._today: dict[int, Path] = {}
        self._parts: dict[int, list[PartyOrganization]] = {}
        self._superiors: Superiors = after._superiors if after else _superiors_of_moved(since)
        if self._superiors:
            self._follow(self._superiors)

    def _follow(self, superiors: Superiors) -> None:
        mentioned = {parent for rows in superiors.values() for _, parent in rows}
        found = PartyOrganization.objects.filter(Q(path__overlap=list(superiors)) | Q(pk__in=mentioned))
        today = {pk: tuple(path) for pk, path in found.values_list("pk", "path")}
        days = sorted(
            {self.since}
            | {first for rows in superiors.values() for first, _ in rows if self.since < first <= self.until}
        )
        ends = [*(day - datetime.timedelta(days=1) for day in days[1:]), self.until]
        for first, last in zip(days, ends, strict=True):
            known: dict[int, Path] = {}
            for pk in today:
                path = _path_on(first, pk, today, superiors, known)
                self._note(pk, Stay(first, last, path))
        self.stays = {
            pk: stays for pk, stays in self.stays.items() if any(one.path != today[pk] for one in stays)
        }
        self._today = {pk: today[pk] for pk in self.stays}

    def _note(self, pk: int, stay: Stay) -> None:
        stays = self.stays.setdefault(pk, [])
        if stays and stays[-1].path == stay.path:
            stay = Stay(stays.pop().first, stay.last, stay.path)
        stays.append(stay)

    @cached_property
    def roots(self) -> frozenset[int]:
        """The heads of the trees: asked once, whatever head is counted, so that all cost the same."""
        if self._before:
            return self._before.roots
        return frozenset(PartyOrganization.objects.filter(parent=None).values_list("pk", flat=True))

    def path_on(self, day: datetime.date, organization: PartyOrganization) -> Path:
        """From the root down to the organisation itself, on a day of the period."""
        return self.path_of(organization.pk, organization.path, day)

    def path_of(self, pk: int, today: Sequence[int], day: datetime.date) -> Path:
        """The same for one of whom only the key and today's path are at hand."""
        for stay in self.stays.get(pk, []):
            if stay.first <= day <= stay.last:
                return stay.path
        return tuple(today)

    def above(self, organization: PartyOrganization) -> set[int]:
        """The organisation itself and all it stood under on some day of the period."""
        paths = [stay.path for stay in self.stays.get(organization.pk, [])] or [tuple(organization.path)]
        return {pk for path in paths for pk in path}

    def organizations(self, head: PartyOrganization, day: datetime.date) -> QuerySet[PartyOrganization]:
        """The head and all that were below it on a day of the period."""
        today = PartyOrganization.objects.under([head.pk])
        if not self.stays:
            return today
        there = [pk for pk in self.stays if head.pk in self.path_of(pk, (), day)]
        return today.exclude(pk__in=list(self.stays)) | PartyOrganization.objects.filter(pk__in=there)

    def below(self, head: PartyOrganization, organization: str, day: str) -> Q:
        """Rows whose `organization` was the head or below it on their `day`. Everybody is below the only
        root, whatever the day: no join then."""
        if self.roots == {head.pk}:
            return Q()
        today = Q(**{f"{organization}__path__contains": [head.pk]})
        return self._where(organization, day, today, lambda path: head.pk in path)

    def outside(self, head: PartyOrganization, organization: str, day: str) -> Q:
        """Rows whose `organization` was neither the head nor below it on their `day`, or is none of the
        house."""
        inside = self.below(head, organization, day)
        nowhere = Q(**{f"{organization}__isnull": True})
        # No condition at all: everybody of the house is inside.
        return nowhere | ~inside if inside else nowhere

    def crossings(self, head: PartyOrganization, *, into: bool) -> dict[datetime.date, list[int]]:
        """Those handed over across the border of the head between the first day and the last, by the day
        they came in or went out; who left and came back has stayed."""
        found: dict[datetime.date, list[int]] = defaultdict(list)
        for pk, stays in self.stays.items():
            inside = [head.pk in stay.path for stay in stays]
            if inside[0] != into and inside[-1] == into:
                latest = max(place for place in range(1, len(stays)) if inside[place] != inside[place - 1])
                found[stays[latest].first].append(pk)
        return found

    def at(self, head: PartyOrganization, part: PartyOrganization, organization: str, day: str) -> Q:
        """Of the rows `below` the head, those that fall to one directly below it, or to the head itself."""
        if part.pk == head.pk:
            return Q(**{organization: head.pk})
        is_there = part.path[-2:-1] == [head.pk]
        today = Q(**{f"{organization}__path__contains": [part.pk]}) if is_there else Q(pk__in=[])
        return self._where(organization, day, today, lambda path: _next(path, head.pk) == part.pk)

    def part(self, head: PartyOrganization, organization: str, day: str) -> Combinable:
        """Which organisation directly below the head a row falls to; NULL for the head itself."""
        groups: dict[tuple[datetime.date, datetime.date, int | None], list[int]] = defaultdict(list)
        for pk, stays in self.stays.items():
            for stay in stays:
                if head.pk in stay.path:
                    groups[stay.first, stay.last, _next(stay.path, head.pk)].append(pk)
        default = F(f"{organization}__path__{len(head.path)}")
        cases = [
            When(
                _from_to(first, last, day) & Q(**{f"{organization}__in": pks}),
                then=Value(part, output_field=BigIntegerField()),
            )
            for (first, last, part), pks in groups.items()
        ]
        return Case(*cases, default=default, output_field=BigIntegerField()) if cases else default

    def parts(self, head: PartyOrganization) -> list[PartyOrganization]:
        """Those directly below the head on some day of the period; asked once for all figures of a page."""
        if head.pk not in self._parts:
            self._parts[head.pk] = self._find_parts(head)
        return self._parts[head.pk]

    def _find_parts(self, head: PartyOrganization) -> list[PartyOrganization]:
        arrived = [
            pk for pk, stays in self.stays.items() if any(one.path[-2:-1] == (head.pk,) for one in stays)
        ]
        there = PartyOrganization.objects.filter(parent=head).exclude(pk__in=self.stays)
        found = there | PartyOrganization.objects.filter(pk__in=arrived)
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=self.since)
        return list(found.filter(lasting, valid_from__lte=self.until).order_by("position", "pk"))

    def stayed(self, part: PartyOrganization, head: PartyOrganization) -> bool:
        """Whether it was directly below the head all the time."""
        return all(stay.path[-2:-1] == (head.pk,) for stay in self.stays.get(part.pk, []))

    def _where(self, organization: str, day: str, today: Q, holds: Callable[[Path], bool]) -> Q:
        """Today's condition for those it is right for, day by day for the others."""
        groups: dict[tuple[datetime.date, datetime.date], list[int]] = defaultdict(list)
        others = [
            pk
            for pk, stays in self.stays.items()
            if any(holds(stay.path) != holds(self._today[pk]) for stay in stays)
        ]
        if not others:
            return today
        for pk in others:
            for stay in self.stays[pk]:
                if holds(stay.path):
                    groups[stay.first, stay.last].append(pk)
        dated = [
            _from_to(first, last, day) & Q(**{f"{organization}__in": pks})
            for (first, last), pks in groups.items()
        ]
        return reduce(or_, dated, today & ~Q(**{f"{organization}__in": others}))


def whole_and_part(whole: Told, parts: Mapping[int, Told], path: Sequence[int], head: int) -> Iterator[Told]:
    """What a row counts for: the head's, and that of the part it hangs under; the head's own hang nowhere."""
    yield whole
    if (part := parts.get(_next(tuple(path), head) or 0)) is not None:
        yield part


def _superiors_of_moved(since: datetime.date) -> Superiors:
    """Of those handed over on some day after `since`, and only of them."""
    superiors: Superiors = defaultdict(list)
    moved = OrganizationParent.objects.filter(valid_to__gte=since).values("organization")
    rows = OrganizationParent.objects.filter(organization__in=moved).order_by("valid_from")
    for row in rows:
        superiors[row.organization_id].append((row.valid_from, row.parent_id))
    return superiors


def _path_on(
    day: datetime.date,
    pk: int,
    today: dict[int, Path],
    superiors: Superiors,
    known: dict[int, Path],
) -> Path:
    if pk not in known:
        if superiors.keys().isdisjoint(today[pk]):
            known[pk] = today[pk]
        else:
            parent = _latest(superiors[pk], day) if pk in superiors else today[pk][-2]
            known[pk] = (*_path_on(day, parent, today, superiors, known), pk)
    return known[pk]


def _latest(rows: list[tuple[datetime.date, Told]], day: datetime.date) -> Told:
    """What held on the day; before the first row what the first one says."""
    return next((told for first, told in reversed(rows) if first <= day), rows[0][1])


def _next(path: Path, head: int) -> int | None:
    """The one right below the head on the way down, where the head is on it."""
    if head not in path or path[-1] == head:
        return None
    return path[path.index(head) + 1]


def _from_to(first: datetime.date, last: datetime.date, day: str) -> Q:
    return Q(**{f"{day}__gte": first, f"{day}__lte": last})


class Names:
    """What organisations were called on a day; an ended one keeps its last name."""

    def __init__(self, organizations: Iterable[PartyOrganization]) -> None:
        self.dated: dict[int, list[tuple[datetime.date, str]]] = defaultdict(list)
        rows = OrganizationName.objects.filter(organization__in={one.pk for one in organizations})
        for pk, first, name in rows.order_by("valid_from").values_list("organization", "valid_from", "name"):
            self.dated[pk].append((first, name))

    def on(self, day: datetime.date, organization: PartyOrganization) -> str:
        rows = self.dated.get(organization.pk)
        return _latest(rows, day) if rows else organization.name


class Levels:
    """Of what level organisations were on a day; one that has been of one level all its life has no row."""

    def __init__(self, day: datetime.date, organizations: Iterable[PartyOrganization] | None = None) -> None:
        """Of all of them where none are named."""
        rows = OrganizationLevel.objects.on(day)
        if organizations is not None:
            rows = rows.filter(organization__in={one.pk for one in organizations})
        self.dated = dict(rows.values_list("organization", "level"))

    def of(self, organization: PartyOrganization) -> OrgLevel:
        return OrgLevel(self.dated.get(organization.pk, organization.level))
