"""An invited unit may send somebody else: from its own people alone, and never with a vote."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from cast import SINCE, Cast
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from meeting_factory import STARTS_AT, add_person, make_m1

from meetings import lists, stand_ins
from meetings.actions import roll_call
from meetings.actions.answers import record_answer
from meetings.documents.attendance_list import attendance_list
from meetings.links import answer_url
from meetings.models import Answer, AnswerChannel, AnswerChoice, AttendeeRole, Meeting, Participant
from meetings.roll import roll_of
from members.models import HoldingBegun, PartyMember, PositionHolding, User

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def two_days_before():
    with time_machine.travel(STARTS_AT - datetime.timedelta(days=2), tick=False):
        yield


@pytest.fixture
def m1(cast: Cast) -> Meeting:
    return make_m1(cast)


@pytest.fixture
def deputy(cast: Cast) -> PartyMember:
    """mem_a1 is Deputy Secretary at A, whose secretary is invited."""
    PositionHolding.objects.create(
        member=cast.mem_a1.member,
        position=cast.deputy,
        organization=cast.a,
        title="Phó Bí thư Đảng ủy Sở An",
        valid_from=SINCE,
        begun_by=HoldingBegun.values[0],
    )
    return cast.mem_a1.member


def person(meeting: Meeting, user: User) -> Participant:
    return meeting.participants.select_related("meeting").get(member=user.member)


def send(meeting: Meeting, user: User, typed: str, channel: AnswerChannel = AnswerChannel.PORTAL) -> Answer:
    return record_answer(
        person(meeting, user),
        choice=AnswerChoice.SUBSTITUTE,
        substitute=typed,
        channel=channel,
        by=user,
        version=meeting.version,
    )


def test_unit_names_one_of_its_own(cast: Cast, m1: Meeting, deputy: PartyMember) -> None:
    answer = send(m1, cast.sec_a, deputy.full_name.upper())

    assert answer.substitute_member == deputy
    assert answer.substitute == f"{deputy.full_name}, Phó Bí thư Đảng ủy Sở An"


def test_nobody_of_another_unit_stands_in(cast: Cast, m1: Meeting, deputy: PartyMember) -> None:
    among = stand_ins.eligible(person(m1, cast.sec_a))

    assert deputy in {one.member for one in among}
    assert cast.p_b1 not in {one.member for one in among}
    with pytest.raises(ValidationError, match="cùng đơn vị"):
        send(m1, cast.sec_a, cast.p_b1.full_name)


def test_member_of_a_cell_of_the_unit_may_be_sent(cast: Cast, m1: Meeting) -> None:
    assert send(m1, cast.sec_a, cast.p_a2.full_name).substitute_member == cast.p_a2


def test_who_is_on_the_list_stands_in_for_nobody(cast: Cast, m1: Meeting, deputy: PartyMember) -> None:
    add_person(m1, cast.mem_a1)

    with pytest.raises(ValidationError, match="chưa có trong danh sách"):
        send(m1, cast.sec_a, deputy.full_name)


def test_official_delegate_sends_nobody(cast: Cast, m1: Meeting, deputy: PartyMember) -> None:
    m1.participants.filter(member=cast.sec_a.member).update(role=AttendeeRole.OFFICIAL)

    with pytest.raises(ValidationError, match="quyền biểu quyết là của riêng"):
        send(m1, cast.sec_a, deputy.full_name)


def test_guest_outside_the_register_is_told_whom_to_call(cast: Cast, m1: Meeting) -> None:
    m1.participants.filter(member=cast.sec_a.member).update(member=None)
    guest = m1.participants.select_related("meeting").get(full_name=cast.sec_a.full_name)

    assert stand_ins.get_refusal(guest) == stand_ins.NOT_IN_REGISTER


def test_two_of_a_name_are_told_apart_by_their_office(cast: Cast, m1: Meeting, deputy: PartyMember) -> None:
    PositionHolding.objects.create(
        member=cast.p_a2,
        position=cast.committee_member,
        organization=cast.a,
        title="Ủy viên",
        valid_from=SINCE,
        begun_by=HoldingBegun.values[0],
    )
    PartyMember.objects.filter(pk=cast.p_a2.pk).update(full_name=deputy.full_name)

    with pytest.raises(ValidationError, match="trùng họ tên"):
        send(m1, cast.sec_a, deputy.full_name)
    assert send(m1, cast.sec_a, f"{deputy.full_name}, Ủy viên").substitute_member == cast.p_a2


def test_link_takes_a_name_and_lists_none(
    cast: Cast, m1: Meeting, deputy: PartyMember, client: Client
) -> None:
    link = answer_url(meeting_id=m1.pk, participant_id=person(m1, cast.sec_a).pk, version=1)
    address = "/" + link.split("/", 3)[3]

    wrong = client.post(address, {"choice": "substitute", "substitute": "Ai Đó", "version": 1})
    client.post(address, {"choice": "substitute", "substitute": deputy.full_name, "version": 1})

    assert "cùng đơn vị" in wrong.text
    assert deputy.full_name not in wrong.text
    assert Answer.objects.get().substitute_member == deputy
    assert f"Người dự thay: {deputy.full_name}" in client.get(address).text


def test_portal_says_whom_the_unit_may_send(
    cast: Cast, m1: Meeting, deputy: PartyMember, signed_in: SignedIn
) -> None:
    asked = {"choice": "substitute", "substitute": "Ai Đó", "version": 1}

    page = signed_in(cast.sec_a).post(reverse("meetings:answer", args=[m1.pk]), asked)

    assert page.status_code == 409
    assert f"Có thể cử: {deputy.full_name}" in page.text


def test_office_notes_a_stand_in_named_by_telephone(
    cast: Cast, m1: Meeting, deputy: PartyMember, signed_in: SignedIn
) -> None:
    address = reverse("meetings:phone_answer", args=[m1.pk, person(m1, cast.sec_a).pk])
    given = {"choice": "substitute", "substitute": deputy.full_name, "version": 1}

    signed_in(cast.off).post(address, given)

    answer = Answer.objects.get()
    assert (answer.channel, answer.recorded_by) == (AnswerChannel.PHONE, cast.off)
    assert lists.totals(lists.by_class(m1))["thay"] == 1


def test_office_is_offered_no_stand_in_for_a_vote(cast: Cast, m1: Meeting, signed_in: SignedIn) -> None:
    address = reverse("meetings:phone_answer", args=[m1.pk, person(m1, cast.chair_r).pk])

    assert "dự thay" not in signed_in(cast.off).get(address).text


def test_announced_stand_in_stands_on_the_desk_and_on_the_sheet(
    cast: Cast, m1: Meeting, deputy: PartyMember, signed_in: SignedIn
) -> None:
    send(m1, cast.sec_a, deputy.full_name)

    desk = signed_in(cast.off).get(reverse("meetings:roll_call", args=[m1.pk])).text

    assert "Báo cử dự thay" in desk
    assert deputy.full_name in str(attendance_list(m1))


def test_stand_in_in_the_room_is_never_counted(cast: Cast, m1: Meeting, deputy: PartyMember) -> None:
    before = roll_of(m1).quorum
    send(m1, cast.sec_a, deputy.full_name)

    roll_call.mark_substitute(person(m1, cast.sec_a), by=cast.off, name=deputy.full_name)

    assert roll_of(m1).quorum == before


def test_new_time_asks_again_and_names_nobody(cast: Cast, m1: Meeting, deputy: PartyMember) -> None:
    send(m1, cast.sec_a, deputy.full_name)

    Meeting.objects.update(version=2)

    assert person(m1, cast.sec_a).stand_in == ""


def test_stand_in_without_a_name_is_no_answer_of_the_database(cast: Cast, m1: Meeting) -> None:
    with pytest.raises(IntegrityError, match="stand_in_is_named"):
        Answer.objects.create(
            participant=person(m1, cast.sec_a),
            meeting_version=1,
            choice=AnswerChoice.SUBSTITUTE,
            channel=AnswerChannel.PORTAL,
        )
