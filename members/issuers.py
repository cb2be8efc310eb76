"""Whose paper it is: superior, name, letters and signing authority of an organisation on a day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from members.models import PartyOrganization
from members.owning_committee import owning_committee_on
from members.places import Names


@dataclass(frozen=True)
class Issuer:
    superior: str
    name: str
    letters: str
    place: str
    signs: str


def issuer_of(organization: PartyOrganization, name: str, day: datetime.date) -> Issuer:
    """A committee signs as "Đảng ủy …", a cell as the cell (domain §1.4); `name` is that of the day."""
    owning = owning_committee_on(day)
    if owning.organization_id == organization.pk:
        return Issuer(owning.parent_name, owning.name, owning.letters, owning.place, "BAN CHẤP HÀNH")
    parent = organization.parent
    superior = ""
    if parent:
        is_owning = parent.pk == owning.organization_id
        superior = owning.name if is_owning else parent.signs_as(Names([parent]).on(day, parent), day)
    signs_as = organization.signs_as(name, day)
    letters, signs = ("ĐU", "BAN CHẤP HÀNH") if organization.had_committee(day) else ("CB", "CHI BỘ")
    return Issuer(superior, signs_as, letters, owning.place, signs)
