"""Self check-in: the code on the screen is good for a minute, once a person, in the room, while open."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from cast import Cast
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from meeting_factory import add_person, make_m1, make_meeting

from meetings.actions import roll_call
from meetings.check_in_code import STEP, code_at
from meetings.models import (
    Attendance,
    AttendanceOrigin,
    AttendanceStatus,
    AttendeeRole,
    Meeting,
    MeetingState,
    SelfCheckIn,
)
from members.models import User

SignedIn = Callable[[User | None], Client]
NOW = datetime.datetime(2024, 9, 26, 6, 45, 10, tzinfo=datetime.UTC)


def after(seconds: int) -> datetime.datetime:
    return NOW + datetime.timedelta(seconds=seconds)


@pytest.fixture
def m1(cast: Cast) -> Meeting:
    return make_m1(cast)


@pytest.fixture
def check_in(cast: Cast, m1: Meeting) -> SelfCheckIn:
    return roll_call.open_self_check_in(m1, by=cast.off)


def page_of(check_in: SelfCheckIn, code: str) -> str:
    return reverse("meetings:check_in", args=[check_in.meeting_id, code])


def test_a_participant_in_the_room_checks_in(cast: Cast, check_in: SelfCheckIn, signed_in: SignedIn) -> None:
    browser, address = signed_in(cast.sec_a), page_of(check_in, code_at(check_in, NOW))

    with time_machine.travel(NOW, tick=False):
        shown = browser.get(address)
        assert not Attendance.objects.exists()
        answer = browser.post(address, follow=True)

    mark = Attendance.objects.get()
    assert "Trần Thị Sáu" in shown.content.decode()
    assert "Đã ghi đồng chí có mặt lúc 13 giờ 45." in answer.content.decode()
    assert (mark.participant.member, mark.origin) == (cast.sec_a.member, AttendanceOrigin.SELF)


def test_the_code_goes_no_further_and_the_button_works(
    cast: Cast, check_in: SelfCheckIn, signed_in: SignedIn
) -> None:
    """With "no-referrer" a browser sends `Origin: null`, which is refused as a forged form."""
    with time_machine.travel(NOW, tick=False):
        page = signed_in(cast.sec_a).get(page_of(check_in, code_at(check_in, NOW)))

    assert (page["Referrer-Policy"], page["X-Robots-Tag"]) == ("strict-origin", "noindex, nofollow")


@pytest.mark.parametrize(("seconds", "good"), [(0, True), (STEP, True), (2 * STEP, False), (3600, False)])
def test_a_code_is_soon_old(cast: Cast, m1: Meeting, check_in: SelfCheckIn, seconds: int, good: bool) -> None:
    code = code_at(check_in, NOW)

    if good:
        roll_call.check_in_self(m1, by=cast.sec_a, code=code, at=after(seconds))
    else:
        with pytest.raises(ValidationError, match="Mã này đã cũ"):
            roll_call.check_in_self(m1, by=cast.sec_a, code=code, at=after(seconds))

    assert Attendance.objects.exists() == good


def test_an_old_code_sent_on_is_refused_in_words(
    cast: Cast, check_in: SelfCheckIn, signed_in: SignedIn
) -> None:
    address = page_of(check_in, code_at(check_in, NOW))

    with time_machine.travel(after(120), tick=False):
        answers = [signed_in(cast.sec_a).get(address), signed_in(cast.sec_a).post(address)]

    assert [one.status_code for one in answers] == [409, 409]
    assert all("Quét mã đang hiện trong phòng họp" in one.content.decode() for one in answers)


def test_who_was_marked_as_gone_does_not_come_back_by_the_same_code(
    cast: Cast, m1: Meeting, check_in: SelfCheckIn
) -> None:
    code = code_at(check_in, NOW)
    roll_call.check_in_self(m1, by=cast.sec_a, code=code, at=NOW)
    roll_call.mark_left(m1.participants.get(member=cast.sec_a.member), by=cast.off, at=after(5))

    with pytest.raises(ValidationError, match="đã dùng mã này"):
        roll_call.check_in_self(m1, by=cast.sec_a, code=code, at=after(10))

    assert Attendance.objects.get().status == AttendanceStatus.LEFT


def test_pressing_twice_is_one_arrival(cast: Cast, m1: Meeting, check_in: SelfCheckIn) -> None:
    code = code_at(check_in, NOW)

    first = roll_call.check_in_self(m1, by=cast.sec_a, code=code, at=NOW)
    again = roll_call.check_in_self(m1, by=cast.sec_a, code=code, at=after(5))

    assert first.arrived_at == again.arrived_at == NOW


@pytest.mark.parametrize("forge", [lambda code: code[:-1] + "A", lambda code: "1-x", lambda code: code[1:]])
def test_a_forged_code_is_refused(
    cast: Cast, m1: Meeting, check_in: SelfCheckIn, forge: Callable[[str], str]
) -> None:
    with pytest.raises(ValidationError, match="Mã không đúng"):
        roll_call.check_in_self(m1, by=cast.sec_a, code=forge(code_at(check_in, NOW)), at=NOW)


def test_a_code_of_another_conference_is_refused(cast: Cast, m1: Meeting, check_in: SelfCheckIn) -> None:
    other = make_meeting(cast, ordinal=3)
    add_person(other, cast.sec_a, AttendeeRole.INVITED)
    roll_call.open_self_check_in(other, by=cast.off)

    with pytest.raises(ValidationError, match="Mã không đúng"):
        roll_call.check_in_self(other, by=cast.sec_a, code=code_at(check_in, NOW), at=NOW)


def test_closing_ends_every_code_and_reopening_begins_with_new_ones(
    cast: Cast, m1: Meeting, check_in: SelfCheckIn
) -> None:
    code = code_at(check_in, NOW)
    roll_call.close_self_check_in(m1, by=cast.off)

    with pytest.raises(ValidationError, match="đã đóng tự điểm danh"):
        roll_call.check_in_self(m1, by=cast.sec_a, code=code, at=NOW)
    roll_call.open_self_check_in(m1, by=cast.off)
    with pytest.raises(ValidationError, match="Mã không đúng"):
        roll_call.check_in_self(m1, by=cast.sec_a, code=code, at=NOW)


def test_closing_the_conference_closes_the_self_check_in(
    cast: Cast, m1: Meeting, check_in: SelfCheckIn
) -> None:
    roll_call.mark_all_present_except(m1, by=cast.off, missing=[])
    roll_call.open_meeting(m1, by=cast.off)
    roll_call.close_meeting(m1, by=cast.off, despite="Biểu quyết sau")

    check_in.refresh_from_db()
    assert check_in.closed_at is not None


@pytest.mark.parametrize("state", [MeetingState.DRAFT, MeetingState.MINUTES, MeetingState.CANCELLED])
def test_it_opens_only_for_a_conference_to_come_or_in_session(cast: Cast, state: str) -> None:
    with pytest.raises(ValidationError, match="Chỉ mở tự điểm danh"):
        roll_call.open_self_check_in(make_meeting(cast, state=state, state_reason="Bão"), by=cast.off)


def test_only_participants_and_only_signed_in(cast: Cast, check_in: SelfCheckIn, signed_in: SignedIn) -> None:
    address = page_of(check_in, code_at(check_in, NOW))

    with time_machine.travel(NOW, tick=False):
        answers = {who: signed_in(user).post(address).status_code for who, user in cast.six.items()}

    assert answers == {"ANON": 302, "MEM": 404, "SEC": 302, "OFF": 409, "EDI": 404, "ADM": 404}
    assert Attendance.objects.count() == 1


def test_guessing_has_to_wait(cast: Cast, check_in: SelfCheckIn, signed_in: SignedIn) -> None:
    browser = signed_in(cast.sec_a)

    answers = [browser.post(page_of(check_in, f"{number}-{'x' * 32}")).status_code for number in range(1, 13)]

    assert answers == [409] * 10 + [429] * 2


def test_the_screen_shows_a_code_that_changes(cast: Cast, check_in: SelfCheckIn, signed_in: SignedIn) -> None:
    browser, address = signed_in(cast.off), reverse("meetings:check_in_code", args=[check_in.meeting_id])

    shown = set()
    for seconds in (0, 5, STEP):
        with time_machine.travel(after(seconds), tick=False):
            shown.add(browser.get(address).content.decode())

    assert len(shown) == 2
    assert all("<svg viewBox" in page for page in shown)
