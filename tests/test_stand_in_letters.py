"""Who goes in another's place hears of it, and hears when nobody has to go; at the door only such a one."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from cast import SINCE, Cast
from django.core.exceptions import ValidationError
from meeting_factory import STARTS_AT, add_delegates, make_m1

from meetings.actions import meetings, participants, roll_call
from meetings.actions.answers import record_answer
from meetings.models import Answer, AnswerChannel, AnswerChoice, AttendeeRole, Meeting, Participant
from members.models import HoldingBegun, PositionHolding
from portal.models import Delivery
from portal.outbox import kind_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_days_before() -> Iterator[None]:
    with time_machine.travel(STARTS_AT - datetime.timedelta(days=2), tick=False):
        yield


@pytest.fixture
def m1(cast: Cast) -> Meeting:
    """Two comrades hold an office at A, whose secretary is invited: mem_a1 and p_a2."""
    offices = ((cast.mem_a1.member, cast.deputy), (cast.p_a2, cast.committee_member))
    for member, position in offices:
        PositionHolding.objects.create(
            member=member,
            position=position,
            organization=cast.a,
            title=f"{position.title} Đảng ủy Sở An",
            valid_from=SINCE,
            begun_by=HoldingBegun.ELECTED,
        )
    return make_m1(cast)


def unit(meeting: Meeting, cast: Cast) -> Participant:
    return meeting.participants.select_related("meeting").get(member=cast.sec_a.member)


def send(meeting: Meeting, cast: Cast, typed: str) -> Answer:
    return record_answer(
        unit(meeting, cast),
        choice=AnswerChoice.SUBSTITUTE if typed else AnswerChoice.ATTENDING,
        substitute=typed,
        channel=AnswerChannel.PORTAL,
        by=cast.sec_a,
        version=meeting.version,
    )


def told() -> list[tuple[str, str, str]]:
    rows = Delivery.objects.filter(notice__kind__startswith="meetings.stand_in").order_by("pk")
    return [(row.notice.kind.rpartition("_")[2], row.name, row.address) for row in rows]


def refusals(kind: str) -> list[str | None]:
    """What would be said right before sending."""
    rows = Delivery.objects.filter(notice__kind=f"meetings.stand_in_{kind}").order_by("pk")
    return [kind_of(row.notice.kind).refusal(row) for row in rows]


def test_the_one_named_is_told_where_when_and_for_whom(cast: Cast, m1: Meeting) -> None:
    send(m1, cast, cast.p_a2.full_name)
    send(m1, cast, cast.mem_a1.full_name)

    row = Delivery.objects.filter(notice__kind="meetings.stand_in_named").latest("pk")
    letter = kind_of(row.notice.kind).compose(row)
    assert row.user == cast.mem_a1
    assert [word in letter.text for word in ("Trần Thị Sáu", "14\xa0giờ\xa000", "Hội trường tầng 2")] == [
        True,
        True,
        True,
    ]
    assert "/hop/" not in letter.text


def test_another_name_frees_the_one_before_and_the_same_tells_nobody_again(cast: Cast, m1: Meeting) -> None:
    send(m1, cast, cast.mem_a1.full_name)
    send(m1, cast, cast.mem_a1.full_name)
    send(m1, cast, cast.p_a2.full_name)

    named, freed = cast.mem_a1.full_name, cast.p_a2.full_name
    assert [row[:2] for row in told()] == [("named", named), ("released", named), ("named", freed)]
    assert refusals("named") == ["Đồng chí này không còn dự thay.", None]
    assert refusals("released") == [None]


@pytest.mark.parametrize("way", ["moved", "cancelled", "taken off", "comes himself"])
def test_who_need_not_go_is_told(cast: Cast, m1: Meeting, way: str) -> None:
    send(m1, cast, cast.mem_a1.full_name)
    later = STARTS_AT + datetime.timedelta(hours=1)
    ends_at = later + datetime.timedelta(hours=3)
    match way:
        case "moved":
            meetings.move_meeting(m1, starts_at=later, ends_at=ends_at, venue=m1.venue, by=cast.off)
        case "cancelled":
            meetings.cancel_meeting(m1, reason="Bão", by=cast.off)
        case "taken off":
            participants.remove_participant(unit(m1, cast), reason="Chuyển công tác", by=cast.off)
        case _:
            send(m1, cast, "")

    assert [row[0] for row in told()] == ["named", "released"]
    assert (refusals("named"), refusals("released")) == (["Đồng chí này không còn dự thay."], [None])


def test_only_one_of_the_unit_comes_in_through_the_door(cast: Cast, m1: Meeting) -> None:
    with pytest.raises(ValidationError, match="cùng đơn vị"):
        roll_call.mark_substitute(unit(m1, cast), by=cast.off, name=cast.p_b1.full_name)

    marked = roll_call.mark_substitute(unit(m1, cast), by=cast.off, name="duong thi an")

    assert marked.substitute == f"{cast.p_a2.full_name}, Ủy viên Ban Chấp hành Đảng ủy Sở An"


def test_for_a_guest_outside_the_register_the_desk_is_taken_at_its_word(cast: Cast, m1: Meeting) -> None:
    (guest,) = add_delegates(m1, 1, AttendeeRole.INVITED, name="Khách")

    assert roll_call.mark_substitute(guest, by=cast.off, name="Trần Văn Thay").substitute == "Trần Văn Thay"
