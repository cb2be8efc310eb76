"""Whose paper it is: superior, name, letters and signing authority on a day (domain §1.4)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from members.models import OrganizationParent, PartyOrganization
from members.owning_committee import owning_committee_on
from members.places import Names


@dataclass(frozen=True)
class Issuer:
    #: The đảng bộ above; may be empty.
    superior: str
    name: str
    letters: str
    place: str
    signs: str
    #: Of the whole house: its letters are its own.
    is_owning: bool = False


def issuer_of(organization: PartyOrganization, name: str, day: datetime.date) -> Issuer:
    """A committee signs as "Đảng ủy …", a cell as the cell (domain §1.4); `name` is that of the day."""
    owning = owning_committee_on(day)
    if owning.organization_id == organization.pk:
        return Issuer(owning.parent_name, owning.name, owning.letters, owning.place, "BAN CHẤP HÀNH", True)
    letters, signs = ("ĐU", "BAN CHẤP HÀNH") if organization.had_committee(day) else ("CB", "CHI BỘ")
    superior, signs_as = _superior_on(organization, day), organization.signs_as(name, day)
    return Issuer(superior, signs_as, letters, owning.place, signs)


def _superior_on(organization: PartyOrganization, day: datetime.date) -> str:
    dated = OrganizationParent.objects.on(day).filter(organization=organization).select_related("parent")
    row = dated.first()
    parent = row.parent if row else organization.parent
    return Names([parent]).on(day, parent) if parent else ""
