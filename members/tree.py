"""The tree of organisations as it stood on a day: names, levels, superiors, and how many people each had."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Count

from members.models import (
    Membership,
    OrganizationLevel,
    OrganizationName,
    OrganizationParent,
    OrgLevel,
    PartyOrganization,
    User,
)
from members.models.people import official_on
from members.permissions import manages


@dataclass
class Branch:
    """An organisation with its branches, as of the day of the tree."""

    organization: PartyOrganization
    name: str
    code: str
    level: OrgLevel
    above: Branch | None = None
    branches: list[Branch] = field(default_factory=list)
    #: Members and official members of its own; None where the reader may not know.
    own: tuple[int, int] | None = None

    def walk(self) -> Iterator[Branch]:
        """Itself and all below."""
        yield self
        for branch in self.branches:
            yield from branch.walk()

    @property
    def ancestors(self) -> list[Branch]:
        """From the root down to the one directly above."""
        return [*self.above.ancestors, self.above] if self.above else []

    @property
    def organizations(self) -> int:
        """How many are below."""
        return sum(1 for _ in self.walk()) - 1

    @property
    def members(self) -> int | None:
        return self._sum(0)

    @property
    def official(self) -> int | None:
        return self._sum(1)

    def _sum(self, place: int) -> int | None:
        if self.own is None:
            return None
        return sum(branch.own[place] for branch in self.walk() if branch.own)


class OrganizationTree:
    """All organisations of a day; five queries at most, whatever their number."""

    def __init__(self, user: User, day: datetime.date) -> None:
        self.day = day
        organizations = PartyOrganization.objects.visible_to(user).on(day).in_tree_order()
        called = OrganizationName.objects.on(day).values_list("organization", "name", "code")
        names = {pk: (name, code) for pk, name, code in called}
        levels = dict(OrganizationLevel.objects.on(day).values_list("organization", "level"))
        self.branches = {
            one.pk: Branch(
                one,
                *names.get(one.pk, (one.name, one.code)),
                OrgLevel(levels.get(one.pk, one.level)),
            )
            for one in organizations
        }
        self._count(user)
        self.roots = self._join()

    def in_order(self) -> list[tuple[Branch, range]]:
        """Each before those below it, and how many lists of branches end with it: one loop writes all."""
        branches = [branch for root in self.roots for branch in root.walk()]
        depths = [len(branch.ancestors) for branch in branches]
        return [
            (branch, range(depth - following))
            for branch, depth, following in zip(branches, depths, [*depths[1:], 0], strict=True)
        ]

    def _join(self) -> list[Branch]:
        """Each below its superior of that day; whose superior was not there yet or any more is a root."""
        parents = dict(OrganizationParent.objects.on(self.day).values_list("organization", "parent"))
        roots: list[Branch] = []
        for pk, branch in self.branches.items():
            above = self.branches.get(parents.get(pk, branch.organization.parent_id) or 0)
            branch.above = above
            (above.branches if above else roots).append(branch)
        return roots

    def _count(self, user: User) -> None:
        managed = {pk for pk, branch in self.branches.items() if manages(user, branch.organization)}
        counted = members_on(self.day, managed) if managed else {}
        for pk in managed:
            self.branches[pk].own = counted.get(pk, (0, 0))


def members_on(day: datetime.date, organizations: set[int]) -> dict[int, tuple[int, int]]:
    """{organisation: (members, of them official)} of its own on a day."""
    rows = (
        Membership.objects.lasting(day)
        .filter(organization__in=organizations)
        .order_by()
        .values_list("organization")
        .annotate(
            members=Count("pk"),
            official=Count("pk", filter=official_on(day, "member__")),
        )
    )
    return {pk: (members, official) for pk, members, official in rows}
