"""Whom a notice to an organisation reaches: who manages it, else who manages the one above."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from members.models import PartyOrganization, PositionHolding, RoleGrant, User
from members.roles import Role
from portal.outbox import Recipient


def addressees(
    organizations: Iterable[PartyOrganization], *, on: datetime.date
) -> dict[int, list[Recipient]]:
    """By organisation: its secretaries; those of the nearest one above where it has no account; its own
    address where nobody above has one either. Three queries, however many are asked for."""
    asked = list(organizations)
    managers = managers_of({pk for one in asked for pk in one.path}, on=on)
    return {one.pk: _nearest(one, managers) for one in asked}


def _nearest(organization: PartyOrganization, managers: dict[int, list[User]]) -> list[Recipient]:
    for pk in reversed(organization.path):
        if people := managers.get(pk):
            return [to(user) for user in people]
    key = f"organization:{organization.pk}"
    return [Recipient(user=None, name=organization.name, address=organization.email, key=key)]


def to(user: User) -> Recipient:
    return Recipient(user=user, name=user.full_name, address=user.email, key=f"user:{user.pk}")


def administrators() -> list[Recipient]:
    return [to(user) for user in User.objects.with_role(Role.ADMINISTRATOR)]


def managers_of(organizations: Iterable[int], *, on: datetime.date) -> dict[int, list[User]]:
    """Who manages each of these organisations on a day, by position first and then by grant."""
    found: dict[int, dict[int, User]] = {}
    holdings = (
        PositionHolding.objects.on(on)
        .filter(organization__in=organizations, position__role=Role.SECRETARY, member__user__is_active=True)
        .select_related("member__user")
        .by_rank()
    )
    for holding in holdings:
        user = holding.member.user
        found.setdefault(holding.organization_id, {})[user.pk] = user
    grants = RoleGrant.objects.on(on).filter(
        organization__in=organizations, role=Role.SECRETARY, user__is_active=True
    )
    for grant in grants.select_related("user").order_by("pk"):
        if grant.organization_id:
            found.setdefault(grant.organization_id, {})[grant.user_id] = grant.user
    return {pk: list(users.values()) for pk, users in found.items()}
