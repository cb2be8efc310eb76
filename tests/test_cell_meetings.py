"""A cell meets: all its members are called, the official ones vote, the exempt are not waited for."""

import datetime
from collections.abc import Callable

import pytest
from cast import SINCE, Cast, make_member
from django.test import Client
from django.urls import reverse
from meeting_factory import STARTS_AT, make_kind

from meetings import expansion
from meetings.actions import meetings, participants, roll_call
from meetings.issuers import issuer_of
from meetings.models import AttendeeRole, ClassSource, DefaultClass, Meeting, MeetingState, SummonKind
from meetings.roll import majority_of, roll_of
from members.models import Body, BodyType, Exemption, MemberStatus, PartyMember, User

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
DAY = datetime.date(2024, 9, 26)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Of cell A1, which has mem_a1, sec_a and whom the tests add."""
    body = Body.objects.create(
        organization=cast.a1, body_type=BodyType.CELL, name=cast.a1.name, valid_from=SINCE
    )
    kind = make_kind(name="Sinh hoạt chi bộ", body_type=BodyType.CELL, noun="Sinh hoạt", is_numbered=False)
    DefaultClass.objects.create(
        kind=kind,
        label="Toàn thể đảng viên",
        source=ClassSource.MEMBERS,
        role=AttendeeRole.OFFICIAL,
        summon=SummonKind.SUMMONED,
    )
    return meetings.create_meeting(
        kind=kind,
        body=body,
        starts_at=STARTS_AT,
        ends_at=STARTS_AT + datetime.timedelta(hours=2),
        venue="Phòng họp A1",
        by=cast.sec_a,
    )


@pytest.fixture
def newcomer(cast: Cast) -> PartyMember:
    return make_member(
        "Đỗ Dự Bị", cast.a1, status=MemberStatus.PROBATIONARY, admitted_on=DAY, official_on=None
    )


@pytest.fixture
def old_man(cast: Cast) -> PartyMember:
    member = make_member("Đinh Văn Lão", cast.a1, status=MemberStatus.OFFICIAL, official_on=SINCE)
    Exemption.objects.create(member=member, reason="Tuổi cao", valid_from=SINCE)
    return member


def called(meeting: Meeting) -> dict[PartyMember, bool]:
    """Who, and with a vote or without."""
    return {one.member: one.has_vote for one in expansion.expand(meeting)}


def test_all_members_are_called_and_only_official_ones_vote(
    cast: Cast, meeting: Meeting, newcomer: PartyMember, old_man: PartyMember
) -> None:
    assert called(meeting) == {cast.mem_a1.member: True, cast.sec_a.member: True, newcomer: False}
    assert meeting.title == f"Sinh hoạt {cast.a1.name}"


def test_who_belonged_elsewhere_on_the_day_is_not_called(cast: Cast, meeting: Meeting) -> None:
    cast.mem_a1.member.memberships.update(valid_to=DAY - datetime.timedelta(days=1))

    assert list(called(meeting)) == [cast.sec_a.member]


def test_exempt_member_counts_only_when_he_comes(cast: Cast, meeting: Meeting, old_man: PartyMember) -> None:
    participants.expand_classes(meeting, by=cast.sec_a)
    assert majority_of(meeting).incumbents == 2

    person = participants.add_member(
        meeting, member=old_man, participant_class=meeting.classes.get(), by=cast.sec_a
    )

    assert person.has_vote
    assert majority_of(meeting).incumbents == 3


def test_probationary_member_in_the_room_changes_no_quorum(
    cast: Cast, meeting: Meeting, newcomer: PartyMember
) -> None:
    participants.expand_classes(meeting, by=cast.sec_a)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.CONVENED)
    meeting.refresh_from_db()

    roll_call.mark_present(meeting.participants.get(member=newcomer), by=cast.sec_a)

    counted = roll_of(meeting).quorum
    assert (counted.present, counted.convened, counted.needed) == (0, 2, 2)


def test_cell_signs_in_its_own_name_below_its_committee(cast: Cast, meeting: Meeting) -> None:
    issuer = issuer_of(meeting.body, DAY)

    assert (issuer.name, issuer.superior, issuer.letters) == (cast.a1.name, cast.a.name, "CB")


def test_secretary_has_a_member_of_the_cell_write_the_minutes(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    page = signed_in(cast.sec_a).get(reverse("meetings:create"))

    offered = set(page.context["form"].fields["minute_taker"].queryset)
    assert {cast.sec_a, cast.mem_a1, cast.off} <= offered
    assert cast.mem_b1 not in offered
