"""Who belongs to a class of participants on a day, read from the dated positions."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from meetings import cells
from meetings.models import AttendeeRole, ClassSource, Meeting, ParticipantClass
from members.models import (
    Body,
    BodyType,
    Membership,
    OrganizationName,
    OrganizationParent,
    PartyMember,
    PartyOrganization,
    PositionHolding,
    User,
)
from members.models.dated import holds_on

#: The Standing Committee is elected from the Executive Committee and the permanent members from
#: the Standing Committee (Charter): whoever sits in the inner body sits in the outer one.
SEATS = {
    BodyType.EXECUTIVE_COMMITTEE: (
        BodyType.EXECUTIVE_COMMITTEE,
        BodyType.STANDING_COMMITTEE,
        BodyType.PERMANENT,
    ),
    BodyType.STANDING_COMMITTEE: (BodyType.STANDING_COMMITTEE, BodyType.PERMANENT),
}
ORGANS = (BodyType.ADVISORY, BodyType.OFFICE, BodyType.MASS_ORGANIZATION)
#: Sources without a rule: their people are named one by one.
BY_HAND = (ClassSource.PERSON, ClassSource.GUEST)


@dataclass(frozen=True)
class Delegate:
    """A person as of the day of the conference: what the list of participants will keep."""

    member: PartyMember
    participant_class: ParticipantClass
    rank: int
    position_text: str
    organization_text: str
    address: str
    has_vote: bool


def expand(meeting: Meeting) -> list[Delegate]:
    """Everybody the classes name, each person once, in the first class that names him."""
    found: dict[int, ParticipantClass] = {}
    for participant_class in meeting.classes.prefetch_related("positions"):
        for member in _members_of(participant_class, meeting):
            found.setdefault(member, participant_class)
    return describe(meeting, found)


def belongs_to(participant_class: ParticipantClass, member: PartyMember, meeting: Meeting) -> bool:
    """Whether he may be put down in the class by hand; an exempt member of a cell may."""
    if participant_class.source == ClassSource.MEMBERS:
        return cells.members_of(meeting.organization, meeting.held_on).filter(pk=member.pk).exists()
    return participant_class.source in BY_HAND or member.pk in _members_of(participant_class, meeting)


def describe(meeting: Meeting, found: dict[int, ParticipantClass]) -> list[Delegate]:
    """Name, position, organisation, address and vote of these members on the day: six queries."""
    day = meeting.held_on
    holdings = _holdings_by_member(found, day)
    places = _places(found, day)
    accounts = dict(User.objects.filter(member__in=found).values_list("member", "email"))
    voters = seats(meeting.body, day)
    return [
        Delegate(
            member=member,
            participant_class=found[member.pk],
            rank=min((held.position.rank for held in holdings[member.pk]), default=999),
            position_text=position_text(holdings[member.pk]),
            organization_text=_place_of(member, holdings[member.pk], places, meeting),
            address=address_of(member, accounts.get(member.pk, "")),
            has_vote=member.pk in voters and found[member.pk].role == AttendeeRole.OFFICIAL,
        )
        for member in PartyMember.objects.filter(pk__in=found).select_related("organization")
    ]


def address_of(member: PartyMember | None, account_address: str) -> str:
    """Where a member reads his mail: the address in his record, then the one of his account."""
    return (member.email if member else "") or account_address


def title_on(member: PartyMember, organization: PartyOrganization, day: datetime.date) -> str:
    """The highest title a member bore in an organisation on a day, else the highest anywhere."""
    holdings = list(PositionHolding.objects.on(day).filter(member=member).by_rank())
    own = [held for held in holdings if held.organization_id == organization.pk]
    return next((held.title for held in own or holdings), "")


def head_of(organization: PartyOrganization, day: datetime.date) -> PartyMember | None:
    held = (
        PositionHolding.objects.on(day)
        .filter(organization=organization, position__is_head=True)
        .select_related("member")
        .by_rank()
        .first()
    )
    return held.member if held else None


def position_text(holdings: Iterable[PositionHolding]) -> str:
    """The highest title, then the seats only one person holds: "Ủy viên …, Bí thư Đảng ủy Sở …"."""
    titles: list[str] = []
    for held in holdings:
        if held.title not in titles and (not titles or held.position.is_head or held.is_single_seat):
            titles.append(held.title)
    text = ", ".join(titles)
    return text if len(text) <= 250 else titles[0][:250]


def voters_in_office(meeting: Meeting) -> set[int]:
    """The incumbent members with a vote of the body that meets, on its day, convened or not.

    Of the members of a cell who are exempt from its meetings only those who are on the list all the same.
    """
    voters = seats(meeting.body, meeting.held_on)
    if meeting.body.body_type != BodyType.CELL:
        return voters
    expected = cells.expected(meeting.body.organization, meeting.held_on).values_list("pk", flat=True)
    listed = meeting.participants.taking_part().values_list("member", flat=True)
    return voters.intersection({*expected, *listed})


def seats(body: Body, day: datetime.date) -> set[int]:
    """Who has a vote in a body on a day; guests and stand-ins are never in here."""
    body_type = BodyType(body.body_type)
    if body_type == BodyType.CELL:
        own = cells.members_of(body.organization, day)
        return set(cells.voting(own, day).values_list("pk", flat=True))
    return set(
        PositionHolding.objects.on(day)
        .filter(
            organization=body.organization_id,
            body__body_type__in=SEATS.get(body_type, (body_type,)),
            position__has_vote=True,
        )
        .values_list("member", flat=True)
    )


def _members_of(rule: ParticipantClass, meeting: Meeting) -> list[int]:
    """Member ids in protocol order."""
    if rule.source in BY_HAND:
        return []
    day, organization = meeting.held_on, meeting.organization
    if rule.source == ClassSource.MEMBERS:
        return list(cells.expected(organization, day).by_name().values_list("pk", flat=True))
    held = PositionHolding.objects.on(day).filter(
        Q(member__exited_on__isnull=True) | Q(member__exited_on__gte=day)
    )
    if rule.source == ClassSource.HEADS:
        held = held.filter(position__is_head=True, organization__in=_directly_under(organization, day))
    else:
        held = held.filter(organization=organization)
    if rule.source == ClassSource.BODY:
        body_type = BodyType(rule.body_type)
        held = held.filter(body__body_type__in=SEATS.get(body_type, (body_type,)))
    elif rule.source == ClassSource.ORGANS:
        held = held.filter(body__body_type__in=ORGANS)
    positions = [position.pk for position in rule.positions.all()]
    if positions or rule.source == ClassSource.POSITION:
        held = held.filter(position__in=positions)
    return list(held.by_rank().values_list("member", flat=True))


def _directly_under(organization: PartyOrganization, day: datetime.date) -> QuerySet[PartyOrganization]:
    """The organisations that answered to this one on the day, whatever the tree is now."""
    dated = OrganizationParent.objects.on(day).filter(organization=OuterRef("pk"))
    return PartyOrganization.objects.on(day).filter(
        Exists(dated.filter(parent=organization)) | Q(~Exists(dated), parent=organization)
    )


def _holdings_by_member(members: Iterable[int], day: datetime.date) -> dict[int, list[PositionHolding]]:
    by_member: dict[int, list[PositionHolding]] = defaultdict(list)
    held = PositionHolding.objects.on(day).filter(member__in=members)
    for holding in held.select_related("position", "organization").by_rank():
        by_member[holding.member_id].append(holding)
    return by_member


def _places(members: Iterable[int], day: datetime.date) -> dict[int, str]:
    """Where each belonged on the day, under the name the organisation then bore."""
    places = dict(
        Membership.objects.on(day).filter(member__in=members).values_list("member", F("organization__name"))
    )
    renamed = (
        OrganizationName.objects.filter(holds_on(day), organization__memberships__member__in=members)
        .filter(holds_on(day, "organization__memberships__"))
        .values_list("organization__memberships__member", "name")
    )
    return places | dict(renamed)


def _place_of(
    member: PartyMember, holdings: list[PositionHolding], places: dict[int, str], meeting: Meeting
) -> str:
    """The organisation he answers for, else the one he belongs to."""
    heads = [
        held for held in holdings if held.position.is_head and held.organization_id != meeting.organization_id
    ]
    if heads:
        return heads[0].organization.name
    return places.get(member.pk, member.organization.name)
