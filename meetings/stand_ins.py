"""Whom an invited unit may send in its representative's place (domain §2.2, item 4).

A stand-in sits there for the unit: he has no vote and is never counted. Eligible is who holds an office
in the same unit on the day of the conference, or belongs to it or to one of its cells, and is not on the
list himself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Q

from meetings.models import AttendeeRole, Participant
from members.models import Membership, PartyMember, PartyOrganization, PositionHolding
from portal.vietnamese import fold, nfc

NO_STAND_IN = "Đại biểu chính thức không cử người dự thay: quyền biểu quyết là của riêng đồng chí ấy."
NOT_IN_REGISTER = "Khách mời ngoài cơ quan muốn cử người khác: xin gọi Văn phòng để đổi tên trong giấy mời."
UNKNOWN = "Người dự thay phải giữ chức vụ hoặc sinh hoạt trong cùng đơn vị, và chưa có trong danh sách dự."
TWO_OF_A_NAME = "Đơn vị có hai đồng chí trùng họ tên: ghi thêm chức vụ sau dấu phẩy."


@dataclass(frozen=True)
class StandIn:
    member: PartyMember
    title: str

    def __str__(self) -> str:
        return f"{self.member.full_name}, {self.title}" if self.title else self.member.full_name


def get_refusal(participant: Participant) -> str | None:
    """Why this person can't send anybody; None where the unit may."""
    if participant.role == AttendeeRole.OFFICIAL:
        return NO_STAND_IN
    return None if participant.member_id else NOT_IN_REGISTER


def eligible(participant: Participant) -> list[StandIn]:
    """The comrades of his unit, those who hold an office first; four queries."""
    if get_refusal(participant):
        return []
    meeting = participant.meeting
    day = meeting.held_on
    units = PartyOrganization.objects.under(_units(participant))
    listed = meeting.participants.taking_part().filter(member__isnull=False).values("member")
    members = PartyMember.objects.exclude(pk__in=listed).filter(Q(exited_on=None) | Q(exited_on__gte=day))
    held = PositionHolding.objects.on(day).filter(organization__in=units, member__in=members)
    titles: dict[int, StandIn] = {}
    for holding in held.select_related("member").by_rank():
        titles.setdefault(holding.member_id, StandIn(holding.member, holding.title))
    belonging = Membership.objects.on(day).filter(organization__in=units).values("member")
    others = members.filter(pk__in=belonging).exclude(pk__in=titles).by_name()
    return [*titles.values(), *(StandIn(member, "") for member in others)]


def find(participant: Participant, typed: str) -> tuple[StandIn | None, str]:
    """The one whose name was typed, with or without his office; else None, and why."""
    wanted = fold(typed)
    among = eligible(participant)
    exact = [one for one in among if wanted == fold(str(one))]
    named = exact or [one for one in among if wanted == fold(one.member.full_name)]
    if len(named) == 1:
        return named[0], ""
    return None, TWO_OF_A_NAME if named else UNKNOWN


def name_at_the_door(participant: Participant, typed: str) -> str:
    """Who came for a unit is one of it, written as the register knows him; for a guest outside the
    register the desk is taken at its word."""
    if not (typed := nfc(typed)) or participant.member_id is None:
        return typed
    found, why_not = find(participant, typed)
    if found is None:
        raise ValidationError(why_not)
    return str(found)


def names_of(among: Iterable[StandIn], number: int) -> str:
    """The first of them in a sentence, for who may know them."""
    names = [str(one) for one in among]
    more = f" và {len(names) - number} đồng chí khác" if len(names) > number else ""
    return "; ".join(names[:number]) + more


def _units(participant: Participant) -> list[int]:
    """The organisations he answers for beside the one that meets, else the one he belongs to."""
    day, member = participant.meeting.held_on, participant.member_id
    held = (
        PositionHolding.objects.on(day)
        .filter(member=member)
        .exclude(organization=participant.meeting.organization_id)
    )
    heads = list(held.filter(position__is_head=True).values_list("organization", flat=True))
    return heads or list(
        Membership.objects.on(day).filter(member=member).values_list("organization", flat=True)
    )
