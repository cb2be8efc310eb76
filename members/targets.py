"""The targets an organisation gives those directly below it for a year, read once for the page, the
workbook and the check before writing (domain §5.4)."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from functools import cached_property

from django.db.models import Count, Q

from members.models import Indicator, Membership, PartyOrganization, Target
from members.places import Places

#: Enough to tell two states of a page apart.
SEEN_LENGTH = 16


@dataclass(frozen=True)
class Share:
    """So many percent of the members there were at the end of the year before."""

    percent: Decimal

    def of(self, members: int) -> int:
        """ "At least so many percent" is never less, so it is rounded up."""
        return int((Decimal(members) * self.percent / 100).to_integral_value(ROUND_CEILING))


#: A number, a share, or None for who is given no target.
Amount = int | Share | None


def amount_of(target: Target | None) -> Amount:
    if target is None:
        return None
    return target.value if target.percent is None else Share(target.percent)


@dataclass(frozen=True)
class Line:
    organization: PartyOrganization
    #: With all below it, at the end of the year before; None where it was not there.
    members: int | None
    last_year: Target | None
    now: Target | None


@dataclass(frozen=True)
class TargetBoard:
    """One indicator of a year: those directly below today that were not over before the year, and the head
    of the house itself, which no one here is above."""

    head: PartyOrganization
    indicator: Indicator
    year: int
    lines: list[Line]
    #: What the head was given from above.
    whole: Target | None

    @property
    def given(self) -> int:
        return sum(line.now.value for line in self.lines if line.now and line.organization.pk != self.head.pk)

    @property
    def missing(self) -> int | None:
        return self.whole.value - self.given if self.whole else None

    @property
    def basis(self) -> str:
        return next((line.now.basis for line in self.lines if line.now), "")

    @cached_property
    def seen(self) -> str:
        """What stood on the page: a press that saw something else overwrites nobody's work in silence."""
        rows = [
            (line.now.organization_id, line.now.value, str(line.now.percent), line.now.basis)
            for line in self.lines
            if line.now
        ]
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:SEEN_LENGTH]


def target_board(head: PartyOrganization, indicator: Indicator, year: int) -> TargetBoard:
    """Five queries for any number of organisations."""
    first = datetime.date(year, 1, 1)
    below = head.children.exclude(valid_to__lt=first).order_by("position", "pk")
    shown = [*([head] if head.parent_id is None else []), *below]
    rows = Target.objects.filter(
        organization__in=[head, *shown], indicator=indicator, year__in=(year, year - 1)
    )
    found = {(target.organization_id, target.year): target for target in rows}
    eve = first - datetime.timedelta(days=1)
    counted = _members_of(head, shown, eve)
    lines = [
        Line(
            one,
            counted[one.pk] if one.valid_from <= eve else None,
            found.get((one.pk, year - 1)),
            found.get((one.pk, year)),
        )
        for one in shown
    ]
    return TargetBoard(head, indicator, year, lines, found.get((head.pk, year)))


def _members_of(head: PartyOrganization, shown: list[PartyOrganization], day: datetime.date) -> Counter[int]:
    """Each with all that were below it on the day, wherever it stood itself."""
    places, wanted = Places(day, day), {one.pk for one in shown}
    near = Q(organization__path__contains=[head.pk]) | Q(organization__in=list(places.stays))
    rows = Membership.objects.lasting(day).filter(near).order_by()
    counted: Counter[int] = Counter()
    for pk, path, members in rows.values_list("organization", "organization__path").annotate(Count("pk")):
        for above in wanted.intersection(places.path_of(pk, path, day)):
            counted[above] += members
    return counted
