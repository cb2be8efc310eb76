"""Roles are given and taken by administrators, with a reason, and never in silence (P83)."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError

from members.actions.addressees import administrators
from members.models import PartyOrganization, RoleGrant, User
from members.permissions import can_manage_accounts
from members.roles import Role
from portal import audit, outbox


@audit.act
def grant_role(
    user: User,
    *,
    role: Role,
    by: User,
    reason: str,
    valid_from: datetime.date,
    organization: PartyOrganization | None = None,
    valid_to: datetime.date | None = None,
) -> RoleGrant:
    """Give a role. Who gives one to himself is announced to every other administrator."""
    if not can_manage_accounts(by):
        raise PermissionDenied("Chỉ quản trị hệ thống giao vai trò.")
    grant = RoleGrant(
        user=user,
        role=role,
        organization=organization,
        reason=reason,
        granted_by=by,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    grant.full_clean()
    grant.save()
    record_grant(grant, by=by)
    return grant


def record_grant(grant: RoleGrant, *, by: User) -> None:
    """The trail of a grant that has just been saved, by this action or by a form of the admin."""
    taken = grant.user_id == by.pk
    audit.record(
        "members.take_role" if taken else "members.grant_role",
        about=grant,
        by=by,
        summary=f"{'Tự nhận' if taken else 'Giao'} vai trò {grant.get_role_display()}",
        changes={"role": ["", grant.role], "organization": [None, grant.organization_id]},
    )
    if taken:
        _announce(grant, by)


@audit.act
def end_grant(grant: RoleGrant, *, by: User, on: datetime.date) -> RoleGrant:
    """`on` is the last day of the role."""
    if not can_manage_accounts(by):
        raise PermissionDenied("Chỉ quản trị hệ thống thu hồi vai trò.")
    grant = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if on < grant.valid_from:
        raise ValidationError("Ngày thu hồi sớm hơn ngày giao.")
    before, grant.valid_to = grant.valid_to, on
    grant.save(update_fields=["valid_to"])
    audit.record(
        "members.end_grant",
        about=grant,
        by=by,
        summary=f"Thu hồi vai trò {grant.get_role_display()} hết ngày {on:%d/%m/%Y}",
        changes={"valid_to": [before and before.isoformat(), on.isoformat()]},
    )
    return grant


def _announce(grant: RoleGrant, by: User) -> None:
    recipients = [one for one in administrators() if one.user and one.user.pk != by.pk]
    if recipients:
        outbox.post(
            kind="members.role_taken",
            about=grant,
            recipients=recipients,
            key=f"role-taken:{grant.pk}",
            title=f"{by.full_name} tự nhận vai trò {grant.get_role_display()}",
            url="/quan-tri/",
            by=by,
            context={"reason": grant.reason},
        )
