"""What a decision made one organisation hand over to another, read from the rows it wrote."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from members.models import (
    ENDINGS,
    PartyMember,
    PartyOrganization,
    Reorganization,
    ReorgKind,
    Transfer,
    User,
)
from members.models.people import official_on
from members.places import Names, Places
from members.tree import members_on


@dataclass(frozen=True)
class Moved:
    """An organisation handed over with all below it."""

    name: str
    organizations: int
    members: int


@dataclass
class Handover:
    """From one to another: names are those of the last day before, and of the first day after."""

    giver: str
    receiver: str
    branches: list[Moved] = field(default_factory=list)
    members: int = 0
    official: int = 0
    #: Those of the members whose records the reader may open.
    people: list[PartyMember] = field(default_factory=list)


def handover_refusal(row: Reorganization) -> str | None:
    """Why there are no minutes of it; shared by the button and the page."""
    if row.undone_at is not None:
        return "Quyết định đã được hoàn tác nên không có gì để bàn giao."
    if not (_created(row, Transfer) or _moved(row)):
        return "Quyết định này không chuyển đảng viên, tổ chức nào nên không có biên bản bàn giao."
    return None


def handovers(row: Reorganization, user: User) -> list[Handover]:
    """Pair by pair, in the order of the decision's rows; a constant number of queries."""
    pairs = _Pairs(row)
    eve = row.effective_on - datetime.timedelta(days=1)
    keys = [one.member_id for one in pairs.transfers]
    official = set(PartyMember.objects.filter(official_on(eve), pk__in=keys).values_list("pk", flat=True))
    seen = PartyMember.objects.visible_to(user).in_bulk(keys)
    for one in pairs.transfers:
        handover = pairs.between(one.from_organization_id, one.to_organization_id)
        handover.members += 1
        handover.official += one.member_id in official
        if person := seen.get(one.member_id):
            handover.people.append(person)
    for handover in pairs.made.values():
        handover.people.sort(key=lambda person: (person.sort_key, person.pk))
    return list(pairs.made.values())


def decider(row: Reorganization) -> PartyOrganization:
    """The lowest organisation above all places the decision touches: it decides on them (domain §3.3)."""
    eve = row.effective_on - datetime.timedelta(days=1)
    places = Places(eve, row.effective_on)
    above = [places.path_on(day, row.source)[:-1] for day in (eve, row.effective_on)]
    if row.target and row.kind in (ReorgKind.ABSORB, *ENDINGS):
        above.append(places.path_on(row.effective_on, row.target)[:-1])
    common = [steps[0] for steps in zip(*above, strict=False) if len(set(steps)) == 1]
    return PartyOrganization.objects.select_related("parent").get(pk=common[-1] if common else row.source_id)


class _Pairs:
    """Who hands over to whom, with the organisations that go as they are."""

    def __init__(self, row: Reorganization) -> None:
        self.day = row.effective_on
        self.made: dict[tuple[int | None, int | None], Handover] = {}
        self.transfers = list(Transfer.objects.filter(pk__in=_created(row, Transfer)).order_by("pk"))
        moved = _moved(row)
        keys = {pk for one in self.transfers for pk in (one.from_organization_id, one.to_organization_id)}
        self.organizations = PartyOrganization.objects.in_bulk(
            {pk for pk in keys if pk} | {pk for line in moved for pk in line}
        )
        self.names = Names(self.organizations.values())
        for (pk, before, after), size in zip(
            moved, _sizes([pk for pk, _, _ in moved], self.day), strict=True
        ):
            self.between(before, after).branches.append(Moved(self._called(pk, self.day), *size))

    def between(self, giver: int | None, receiver: int | None) -> Handover:
        if (giver, receiver) not in self.made:
            eve = self.day - datetime.timedelta(days=1)
            names = self._called(giver, eve), self._called(receiver, self.day)
            self.made[giver, receiver] = Handover(*names)
        return self.made[giver, receiver]

    def _called(self, pk: int | None, day: datetime.date) -> str:
        return self.names.on(day, self.organizations[pk or 0])


def _sizes(heads: Sequence[int], day: datetime.date) -> list[tuple[int, int]]:
    """Of each: organisations below it and members of all, as they stood on the day."""
    if not heads:
        return []
    places, everywhere = Places(day, day), list(PartyOrganization.objects.on(day))
    inside = {head: [one.pk for one in everywhere if head in places.path_on(day, one)] for head in set(heads)}
    counted = members_on(day, {pk for keys in inside.values() for pk in keys})
    return [(len(inside[head]) - 1, sum(counted.get(pk, 0) for pk in inside[head])) for head in heads]


def _created(row: Reorganization, model: type[Model]) -> list[int]:
    lines: list[dict[str, Any]] = row.journal
    return [pk for line in lines if line["model"] == model._meta.label_lower for pk in line["pks"]]


def _moved(row: Reorganization) -> list[tuple[int, int, int]]:
    """(organisation, superior before, superior after) of those that stood somewhere else before."""
    return [
        (line["pks"][0], *line["values"]["parent_id"])
        for line in row.journal
        if line["model"] == PartyOrganization._meta.label_lower
        and len(line["values"].get("parent_id", ())) == 2
    ]
