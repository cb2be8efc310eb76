"""Who may do what with people and organisations: small named questions for view, tag and admin.

Which rows somebody sees at all is asked of `visible_to`; these answer what he may do with them.
"""

from __future__ import annotations

from members.models import OrgLevel, PartyMember, PartyOrganization, Position, Transfer, User
from members.roles import Role


def can_open_register(user: User) -> bool:
    """The list of members exists for those who manage an organisation (P64)."""
    return user.has_role(Role.SECRETARY)


def can_import_members(user: User) -> bool:
    """Lists in and out of the register, for those who have one (P67, P69)."""
    return can_open_register(user)


def manages(user: User, organization: PartyOrganization) -> bool:
    """Secretary of this organisation or of one above it."""
    return not user.organizations_as(Role.SECRETARY).isdisjoint(organization.path)


def is_superior_of(user: User, organization: PartyOrganization) -> bool:
    """Secretary of an organisation strictly above."""
    return not user.organizations_as(Role.SECRETARY).isdisjoint(organization.path[:-1])


def can_see_statistics(user: User) -> bool:
    """Statistics of a part of the tree, for those who manage one (P76); see ADR 0007."""
    return user.has_role(Role.SECRETARY)


def can_send_report(user: User, organization: PartyOrganization) -> bool:
    """Who manages an organisation answers for the figures it reports (P76)."""
    return manages(user, organization)


def can_change_member(user: User, member: PartyMember) -> bool:
    """Own dates, card and organisation are for the secretary to correct, never for oneself (P73)."""
    return manages(user, member.organization) and user.member_id != member.pk


def can_award_badge(user: User, member: PartyMember) -> bool:
    """Badges come from above: the superior of the member's organisation enters the decision."""
    return is_superior_of(user, member.organization) and user.member_id != member.pk


def can_receive(user: User, transfer: Transfer) -> bool:
    """The receiving organisation says so; for one outside the house, who let the member go."""
    acting = transfer.to_organization or transfer.from_organization
    return acting is not None and manages(user, acting)


def can_change_holdings(user: User, position: Position, organization: PartyOrganization) -> bool:
    """A position that brings a role is given from above; the others by the organisation itself."""
    if position.role:
        return is_superior_of(user, organization)
    return manages(user, organization)


def can_reorganize(user: User, organization: PartyOrganization) -> bool:
    """The superior committee decides on names and places (domain §3.3)."""
    return is_superior_of(user, organization)


def can_set_up_below(user: User, organization: PartyOrganization) -> bool:
    """A committee sets up its own cells; a cell has none."""
    is_cell = organization.level in (OrgLevel.CELL, OrgLevel.GRASSROOTS_CELL, OrgLevel.GROUP)
    return manages(user, organization) and not is_cell


def can_manage_accounts(user: User) -> bool:
    """Create accounts, lock them, give roles: only an administrator (P83, P84)."""
    return user.has_role(Role.ADMINISTRATOR)
