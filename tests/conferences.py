"""Conferences for every test that needs one: a kind, and M1 to M4 of the permission matrix.

M1 of R: chair_r official, sec_a and mem_b1 invited, item 3 for committee members alone;
M2 of A1 with mem_a1; M3 of B with nobody from A; M4 of A2 with nobody.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from cast import SINCE, Cast
from django.utils import timezone

from meetings.actions import agenda, convening, meetings, participants
from meetings.models import (
    AgendaItem,
    AttendeeRole,
    ClassSource,
    DefaultClass,
    ItemKind,
    Meeting,
    MeetingKind,
    Participant,
    SkeletonItem,
    SummonKind,
)
from members.models import Body, BodyType, PartyOrganization, Term, User
from portal.models import Delivery, Notice, PortalNotice


@dataclass
class Conferences:
    m1: Meeting
    m2: Meeting
    m3: Meeting
    m4: Meeting


def in_days(days: int, hour: int = 14) -> datetime.datetime:
    day = timezone.localdate() + datetime.timedelta(days=days)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


@pytest.fixture
def committee_kind(db: None) -> MeetingKind:
    """The Executive Committee's conference: two items, its members official, the rest by name."""
    kind = MeetingKind.objects.create(
        name="Hội nghị Ban Chấp hành", body_type=BodyType.EXECUTIVE_COMMITTEE, notice_working_days=3
    )
    SkeletonItem.objects.create(kind=kind, position=1, title="Khai mạc", item_kind=ItemKind.OPENING)
    SkeletonItem.objects.create(
        kind=kind, position=2, title="Báo cáo công tác 9 tháng", item_kind=ItemKind.REPORT, minutes=30
    )
    DefaultClass.objects.create(
        kind=kind,
        order=1,
        label="Ủy viên Ban Chấp hành",
        source=ClassSource.BODY,
        body_type=BodyType.EXECUTIVE_COMMITTEE,
        role=AttendeeRole.OFFICIAL,
        summon=SummonKind.SUMMONED,
    )
    DefaultClass.objects.create(
        kind=kind,
        order=2,
        label="Đại biểu mời",
        source=ClassSource.PERSON,
        role=AttendeeRole.INVITED,
        summon=SummonKind.INVITED,
    )
    return kind


@pytest.fixture
def new_meeting(cast: Cast, committee_kind: MeetingKind) -> Callable[..., Meeting]:
    """`new_meeting(...)`: a draft of R's Executive Committee ten days from now, ready to be convened."""

    def create(organization: PartyOrganization | None = None, **given: object) -> Meeting:
        organization = organization or cast.r
        row = {
            "kind": committee_kind,
            "body": body_of(organization),
            "starts_at": in_days(10),
            "ends_at": in_days(10, 17),
            "venue": "Hội trường tầng 2",
            "minute_taker": cast.off,
            "chair": cast.chair_r.member,
            "by": cast.off,
        } | given
        return meetings.create_meeting(**row)

    return create


@pytest.fixture
def convened(new_meeting: Callable[..., Meeting], cast: Cast) -> Meeting:
    """M1: convened, its letters past their hold."""
    meeting = new_meeting()
    participants.expand_classes(meeting, by=cast.off)
    invite(meeting, cast.sec_a, by=cast.off)
    invite(meeting, cast.mem_b1, by=cast.off)
    agenda.add_item(meeting, by=cast.off, kind=ItemKind.VOTE, title="Công tác cán bộ", is_committee_only=True)
    return convene(meeting, by=cast.off)


@pytest.fixture
def conferences(convened: Meeting, new_meeting: Callable[..., Meeting], cast: Cast) -> Conferences:
    m2, m3, m4 = (
        new_meeting(place, chair=head.member, minute_taker=head, title=f"Họp {place.name}", by=head)
        for place, head in ((cast.a1, cast.sec_a), (cast.b, cast.sec_b), (cast.a2, cast.sec_a))
    )
    invite(m2, cast.mem_a1, by=cast.sec_a)
    invite(m3, cast.mem_b1, by=cast.sec_b)
    invite(m4, cast.sec_a, by=cast.sec_a)
    for meeting, head in ((m2, cast.sec_a), (m3, cast.sec_b)):
        Participant.objects.filter(meeting=meeting).update(role=AttendeeRole.OFFICIAL)
        convene(meeting, by=head)
    Participant.objects.filter(meeting=m4).delete()
    for meeting in (m2, m3, m4):
        meeting.refresh_from_db()
    return Conferences(convened, m2, m3, m4)


def convene(meeting: Meeting, *, by: User) -> Meeting:
    """Convened, and the two minutes of the hold over; M1 to M4 share their hall and hour."""
    meeting = convening.convene_meeting(meeting, by=by, reason="Các cuộc họp nối tiếp nhau")
    end_hold(meeting)
    return meeting


def end_hold(meeting: Meeting) -> None:

    now = timezone.now()
    notices = Notice.objects.about(meeting)
    PortalNotice.objects.filter(notice__in=notices).update(shown_from=now)
    Delivery.objects.filter(notice__in=notices).update(due=now)
    Notice.objects.about(meeting).order_by().update(hold_until=now)


def invite(meeting: Meeting, user: User, *, by: User) -> Participant:
    by_name = meeting.classes.get(source=ClassSource.PERSON)
    return participants.add_member(
        meeting, participant_class=by_name, member=user.member, reason="Theo giấy mời", by=by
    )


def participant(meeting: Meeting, user: User) -> Participant:
    return meeting.participants.get(member=user.member)


def item(meeting: Meeting, position: int) -> AgendaItem:
    return meeting.agenda.get(position=position)


def body_of(organization: PartyOrganization) -> Body:
    """The organisation's Executive Committee, made with its term when it has none yet."""
    Term.objects.get_or_create(
        organization=organization, ordinal=6, defaults={"name": "nhiệm kỳ 2020–2025", "valid_from": SINCE}
    )
    body, _ = Body.objects.get_or_create(
        organization=organization,
        body_type=BodyType.EXECUTIVE_COMMITTEE,
        defaults={"name": f"Cấp ủy {organization.name}", "valid_from": SINCE},
    )
    return body
