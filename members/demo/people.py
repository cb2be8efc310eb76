"""4.312 invented members, spread over the cells as large as cells are."""

from __future__ import annotations

import datetime
import random

from django.db.models import OuterRef, QuerySet, Subquery

from members.demo.names import person
from members.demo.record import fill_background
from members.models import Membership, MemberStatus, PartyMember, PartyOrganization
from portal.dates import months_later

A_YEAR = datetime.timedelta(days=365)


def fill(
    cells: QuerySet[PartyOrganization], number: int, chance: random.Random, today: datetime.date
) -> list[PartyMember]:
    """`number` members over the cells; the first of each cell is its oldest."""
    places = list(cells)
    members = [_member(places[place % len(places)], place, chance, today) for place in range(number)]
    PartyMember.objects.bulk_create(members, batch_size=1000)
    Membership.objects.bulk_create(
        [
            Membership(
                member=member,
                organization=member.organization,
                valid_from=member.admitted_on or today,
                reason="Kết nạp, chuyển đến",
            )
            for member in members
        ],
        batch_size=1000,
    )
    return members


def _member(cell: PartyOrganization, place: int, chance: random.Random, today: datetime.date) -> PartyMember:
    full_name, sex = person(chance)
    # Older than the figures: those admitted in the years reported have rows of their own.
    admitted = datetime.date(2003, 2, 3) + datetime.timedelta(days=chance.randrange(6500))
    member = PartyMember(
        full_name=full_name,
        sex=sex,
        born_on=admitted - A_YEAR * chance.randint(21, 40) - datetime.timedelta(days=chance.randrange(365)),
        organization=cell,
        status=MemberStatus.OFFICIAL,
        card_number=f"31{place + 1:06}",
        admission_decision_on=admitted - datetime.timedelta(days=chance.randint(5, 30)),
        admitted_on=admitted,
        official_on=months_later(admitted, 12),
        phone=f"0225{place + 1:06}",
    )
    fill_background(member, place)
    member.derive()
    return member


def admit_in(
    members: list[PartyMember], days: list[datetime.date], today: datetime.date
) -> list[PartyMember]:
    """Make these members ones admitted on these days: their records agree with the figures' rows."""
    for member, day in zip(members, days, strict=True):
        member.admission_decision_on = day - datetime.timedelta(days=10)
        member.admitted_on = day
        member.official_on = months_later(day, 12)
        member.born_on = day - A_YEAR * 27
        if member.official_on > today:
            member.status, member.card_number, member.official_on = MemberStatus.PROBATIONARY, "", None
    PartyMember.objects.bulk_update(
        members,
        ["admission_decision_on", "admitted_on", "official_on", "born_on", "status", "card_number"],
        batch_size=200,
    )
    since = PartyMember.objects.filter(pk=OuterRef("member")).values("admitted_on")
    Membership.objects.filter(member__in=members).update(valid_from=Subquery(since))
    return members
