"""Levels of organisations: what each may be raised or lowered to, and under whom it stands (domain §3.1)."""

from __future__ import annotations

from members.models import OrgLevel

#: What a level may be raised to; lowering goes the same ways back.
HIGHER: dict[OrgLevel, tuple[OrgLevel, ...]] = {
    OrgLevel.CELL: (OrgLevel.GRASSROOTS_CELL, OrgLevel.SECTION, OrgLevel.GRASSROOTS_COMMITTEE),
    OrgLevel.GRASSROOTS_CELL: (OrgLevel.GRASSROOTS_COMMITTEE,),
    OrgLevel.SECTION: (OrgLevel.GRASSROOTS_COMMITTEE,),
}
#: The levels an organisation may stand directly under.
ABOVE: dict[OrgLevel, tuple[OrgLevel, ...]] = {
    OrgLevel.GRASSROOTS_COMMITTEE: (OrgLevel.SUPERIOR,),
    OrgLevel.GRASSROOTS_CELL: (OrgLevel.SUPERIOR,),
    OrgLevel.SECTION: (OrgLevel.GRASSROOTS_COMMITTEE,),
    OrgLevel.CELL: (OrgLevel.GRASSROOTS_COMMITTEE, OrgLevel.SECTION),
}


def raised_to(level: str) -> tuple[OrgLevel, ...]:
    return HIGHER.get(OrgLevel(level), ())


def lowered_to(level: str) -> tuple[OrgLevel, ...]:
    return tuple(lower for lower, higher in HIGHER.items() if level in higher)
