"""The tree of organisations as it stood on a day: names, levels, superiors, and how many people each had."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, QuerySet

from members.models import (
    Membership,
    OrganizationName,
    OrganizationParent,
    OrgLevel,
    PartyOrganization,
    User,
)
from members.models.people import MembershipQuerySet, official_on
from members.permissions import manages
from members.places import Levels
from members.roles import Role
from portal.numbers import number

Organizations = Collection[int] | QuerySet[PartyOrganization]


@dataclass
class Branch:
    """An organisation with its branches, as of the day of the tree."""

    organization: PartyOrganization
    name: str
    code: str
    level: OrgLevel
    above: Branch | None = None
    branches: list[Branch] = field(default_factory=list)
    #: Members of its own; None where the reader may not know.
    own: int | None = None

    def walk(self) -> Iterator[Branch]:
        """Itself and all below."""
        yield self
        for branch in self.branches:
            yield from branch.walk()

    @property
    def ancestors(self) -> list[Branch]:
        """From the root down to the one directly above."""
        return [*self.above.ancestors, self.above] if self.above else []

    @cached_property
    def organizations(self) -> int:
        """How many are below."""
        return sum(1 + branch.organizations for branch in self.branches)

    @property
    def members(self) -> int | None:
        """Its own and those of all below."""
        return None if self.own is None else self._countable

    @cached_property
    def _countable(self) -> int:
        return (self.own or 0) + sum(branch._countable for branch in self.branches)


class Line(NamedTuple):
    """A branch as the page lists it. The template takes it apart, so that six hundred lines look nothing
    up twice."""

    pk: str
    name: str
    #: In figures; empty where the reader may not know.
    members: str
    organizations: int
    is_root: bool
    #: One for each list of branches that ends with it.
    ends: range


class OrganizationTree:
    """All organisations of a day; five queries at most, whatever their number."""

    def __init__(self, user: User, day: datetime.date) -> None:
        self.day = day
        organizations = PartyOrganization.objects.visible_to(user).on(day).in_tree_order()
        called = OrganizationName.objects.on(day).values_list("organization", "name", "code")
        names = {pk: (name, code) for pk, name, code in called}
        levels = Levels(day)
        self.branches = {
            one.pk: Branch(one, *names.get(one.pk, (one.name, one.code)), levels.of(one))
            for one in organizations
        }
        self._count(user)
        self.roots = self._join()

    def in_order(self) -> list[Line]:
        """Each before those below it: one loop writes all."""
        branches = [branch for root in self.roots for branch in root.walk()]
        depths = [len(branch.ancestors) for branch in branches]
        return [
            Line(
                str(branch.organization.pk),
                branch.name,
                "" if branch.members is None else number(branch.members),
                branch.organizations,
                branch.above is None,
                range(depth - following),
            )
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
        """Of those the reader manages, and of no other."""
        managed = PartyOrganization.objects.managed_by(user)
        counted = members_on(self.day, managed) if user.has_role(Role.SECRETARY) else {}
        for pk, branch in self.branches.items():
            if manages(user, branch.organization):
                branch.own = counted.get(pk, 0)


def members_on(day: datetime.date, organizations: Organizations) -> dict[int, int]:
    """{organisation: members of its own on a day}; who has none is left out."""
    rows = _there(day, organizations).values_list("organization").annotate(members=Count("pk"))
    return dict(rows)


def official_members(branch: Branch, day: datetime.date) -> int | None:
    """Of the branch and all below on a day; None where the reader may not know."""
    if branch.own is None:
        return None
    counted = {one.organization.pk for one in branch.walk() if one.own is not None}
    return _there(day, counted).filter(official_on(day, "member__")).count()


def _there(day: datetime.date, organizations: Organizations) -> MembershipQuerySet:
    return Membership.objects.lasting(day).filter(organization__in=organizations).order_by()
