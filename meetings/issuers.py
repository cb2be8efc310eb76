"""In whose name a paper goes out: the lines of its head and the letters of its symbol (domain §1.4, §1.5)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from members import issuers
from members.models import Body, BodyType
from members.places import Names

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
    organization = body.organization
    own = issuers.issuer_of(organization, Names([organization]).on(day, organization), day)
    if body.body_type == BodyType.CONGRESS:
        return Issuer(own.superior, body.name, body.letters or CONGRESS, own.place, own.name)
    letters = body.letters or own.letters
    if body.body_type in (*COMMITTEE, BodyType.CELL):
        letters = own.letters if own.is_owning else letters
        return Issuer(own.superior, own.name, letters, own.place, own.name)
    if own.is_owning:
        letters = body.letters.removesuffix(own.letters) + own.letters
    return Issuer(own.name, short_name(body), letters, own.place, own.name)


def short_name(body: Body) -> str:
    """ "Ban Thường vụ" of "Ban Thường vụ Đảng ủy Khối"."""
    return _OF_THE_COMMITTEE.sub("", body.name)
