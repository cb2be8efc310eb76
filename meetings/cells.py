"""Who meets when a cell does: all its members, of whom the official ones have a vote (Charter art. 3.2)."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from members.models import Exemption, Membership, MemberStatus, PartyMember, PartyOrganization


def members_of(cell: PartyOrganization, day: datetime.date) -> QuerySet[PartyMember]:
    """Everybody who belongs to the cell, or to a group in it, on the day."""
    within = PartyOrganization.objects.under([cell.pk])
    belonging = Membership.objects.lasting(day).filter(organization__in=within)
    return PartyMember.objects.filter(pk__in=belonging.values("member"))


def expected(cell: PartyOrganization, day: datetime.date) -> QuerySet[PartyMember]:
    """Who is called: an exempt member is left out, and comes when he likes (24-QĐ/TW 7.1)."""
    return members_of(cell, day).exclude(pk__in=Exemption.objects.on(day).values("member"))


def voting(members: QuerySet[PartyMember], day: datetime.date) -> QuerySet[PartyMember]:
    """Those who were official members on the day; a member of old may have no date of it on record."""
    return members.filter(Q(official_on__lte=day) | Q(official_on__isnull=True, status=MemberStatus.OFFICIAL))
