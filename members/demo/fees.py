"""Fees of the sample: what some cells' members pay by, and their registers of the last two months."""

from __future__ import annotations

import datetime
import random

from members.fees import FeeMonth
from members.models import FeeGroup, FeePayment, FeeStanding, PartyMember, ServiceGroup
from portal.dates import months_later

INSURED, PENSIONER = 100, 200
MONTHS = 2


def keep_registers(members: list[PartyMember], chance: random.Random, today: datetime.date) -> None:
    """One member in twelve has not paid yet."""
    start = datetime.date(today.year, 1, 1)
    standings = FeeStanding.objects.bulk_create(
        FeeStanding(
            member=member,
            group=FeeGroup.PENSIONER if member.service_group == ServiceGroup.RETIRED else FeeGroup.INSURED,
            income=chance.randrange(60, 160) * 100_000,
            valid_from=start,
        )
        for member in members
        if member.admitted_on and member.admitted_on < start
    )
    FeePayment.objects.bulk_create(
        _payment(standing, months_later(FeeMonth.of(today).first, -back), chance)
        for standing in standings
        for back in range(1, MONTHS + 1)
    )


def _payment(standing: FeeStanding, month: datetime.date, chance: random.Random) -> FeePayment:
    share = PENSIONER if standing.group == FeeGroup.PENSIONER else INSURED
    due = (standing.income or 0) // share
    paid = 0 if chance.random() < 1 / 12 else due
    return FeePayment(
        member=standing.member,
        organization=standing.member.organization,
        month=month,
        due=due,
        paid=paid,
        paid_on=month.replace(day=20) if paid else None,
    )
