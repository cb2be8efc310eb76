"""In whose name a paper goes out: the lines of its head and the letters of its symbol (domain §1.4, §1.5)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from members.models import Body, BodyType, OrganizationName, OrganizationParent, PartyOrganization
from members.owning_committee import owning_committee_on

#: These speak as the committee itself and share its letters; organs have letters of their own.
COMMITTEE = (BodyType.EXECUTIVE_COMMITTEE, BodyType.STANDING_COMMITTEE, BodyType.PERMANENT)
#: A congress elects the committee and signs in its own name.
CONGRESS = "ĐH"
#: What follows the proper name of an organ: "Ủy ban Kiểm tra Đảng ủy Khối" heads its papers without it.
_OF_THE_COMMITTEE = re.compile(r"\s+(?:Đảng (?:ủy|uỷ|bộ)|Chi (?:bộ|ủy|uỷ))\b.*$")


@dataclass(frozen=True)
class Issuer:
    """`superior` may be empty; `committee` is whose office keeps the register."""

    superior: str
    name: str
    letters: str
    place: str
    committee: str


def issuer_of(body: Body, day: datetime.date) -> Issuer:
    """As of the day, whatever committee and organisation are called now."""
    owning = owning_committee_on(day)
    speaks_itself = body.body_type in (*COMMITTEE, BodyType.CELL)
    if owning.organization_id == body.organization_id:
        if body.body_type == BodyType.CONGRESS:
            return Issuer(owning.parent_name, body.name, body.letters or CONGRESS, owning.place, owning.name)
        if speaks_itself:
            return Issuer(owning.parent_name, owning.name, owning.letters, owning.place, owning.name)
        letters = body.letters.removesuffix(owning.letters) + owning.letters
        return Issuer(owning.name, short_name(body), letters, owning.place, owning.name)
    organization = body.organization
    name = names_on([organization.pk], day).get(organization.pk, organization.name)
    committee = organization.signs_as(name, day)
    if body.body_type == BodyType.CONGRESS:
        superior = _superior_on(organization, day)
        return Issuer(superior, body.name, body.letters or CONGRESS, owning.place, committee)
    letters = body.letters or ("ĐU" if organization.had_committee(day) else "CB")
    if speaks_itself:
        return Issuer(_superior_on(organization, day), committee, letters, owning.place, committee)
    return Issuer(committee, short_name(body), letters, owning.place, committee)


def short_name(body: Body) -> str:
    """ "Ban Thường vụ" of "Ban Thường vụ Đảng ủy Khối"."""
    return _OF_THE_COMMITTEE.sub("", body.name)


def names_on(organizations: Iterable[int], day: datetime.date) -> dict[int, str]:
    """The names organisations bore on a day, for those whose names are dated."""
    dated = OrganizationName.objects.on(day).filter(organization__in=list(organizations))
    return dict(dated.values_list("organization", "name"))


def _superior_on(organization: PartyOrganization, day: datetime.date) -> str:
    dated = OrganizationParent.objects.on(day).filter(organization=organization).select_related("parent")
    row = dated.first()
    parent = row.parent if row else organization.parent
    if parent is None:
        return ""
    return names_on([parent.pk], day).get(parent.pk, parent.name)
