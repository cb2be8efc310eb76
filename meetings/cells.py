"""Who meets when a cell does: all its members, of whom the official ones have a vote (Charter art. 3.2)."""

from __future__ import annotations

import datetime

from members.models import Exemption, Membership, PartyMember, PartyOrganization
from members.models.people import PartyMemberQuerySet, official_on


def members_of(cell: PartyOrganization, day: datetime.date) -> PartyMemberQuerySet:
    """Everybody who belongs to the cell, or to a group in it, on the day."""
    within = PartyOrganization.objects.under([cell.pk])
    belonging = Membership.objects.lasting(day).filter(organization__in=within)
    return PartyMember.objects.filter(pk__in=belonging.values("member"))


def expected(cell: PartyOrganization, day: datetime.date) -> PartyMemberQuerySet:
    """Who is called: an exempt member is left out, and comes when he likes (24-QĐ/TW 7.1)."""
    return members_of(cell, day).exclude(pk__in=Exemption.objects.on(day).values("member"))


def voting(members: PartyMemberQuerySet, day: datetime.date) -> PartyMemberQuerySet:
    """Those who were official members on the day; a member of old may have no date of it on record."""
    return members.filter(official_on(day))
