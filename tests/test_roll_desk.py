"""The roll-call desk's addresses: one entry at a time, what other desks marked, plain forms, 300 people."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from meeting_factory import add_delegates, add_person, make_m1, make_meeting

from meetings.actions import roll_call
from meetings.models import Attendance, AttendanceStatus, AttendeeRole, DeskHelper, Meeting, Participant
from meetings.roll import roll_of
from members.models import User

HELPED = [
    "roll_call",
    "roll_news",
    "check_in_screen",
    "head_count_screen",
    "running",
    "meeting",
    "minutes",
    "desk_helpers",
]
SignedIn = Callable[[User | None], Client]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make_meeting(cast)


def at(name: str, meeting: Meeting, *more: object) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk, *more])


def entry(person: Participant, verb: str = "present", **sent: object) -> dict[str, Any]:
    return {"key": uuid.uuid4(), "verb": verb, "person": person.pk, "age": 0, **sent}


def test_an_entry_is_stored_once_however_often_it_is_sent(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    (person,) = add_delegates(meeting, 1)
    browser, sent = signed_in(cast.off), entry(person)

    answers = [browser.post(at("roll_entry", meeting), sent).json()["person"] for _ in range(3)]

    assert [status for status, *_ in answers] == ["present"] * 3
    assert Attendance.objects.get().entry == sent["key"]


def test_a_late_entry_counts_as_of_when_it_was_made(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    (person,) = add_delegates(meeting, 1)
    roll_call.mark_absent(person, by=cast.off2)

    answer = signed_in(cast.off).post(at("roll_entry", meeting), entry(person, age=60_000)).json()

    assert Attendance.objects.get().status == AttendanceStatus.ABSENT
    assert answer["other"].startswith("Ngô Thị Hai đã ghi lúc")


@pytest.mark.parametrize(
    "wrong", [{"age": -1}, {"age": 10**9}, {"verb": "praise"}, {"key": "1"}, {"person": 0}]
)
def test_a_forged_entry_is_refused(
    cast: Cast, meeting: Meeting, signed_in: SignedIn, wrong: dict[str, object]
) -> None:
    (person,) = add_delegates(meeting, 1)

    answer = signed_in(cast.off).post(at("roll_entry", meeting), entry(person) | wrong)

    assert (answer.status_code, Attendance.objects.count()) == (400, 0)


def test_an_entry_for_a_person_of_another_conference_is_refused(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    (stranger,) = add_delegates(make_meeting(cast, ordinal=7), 1)

    answer = signed_in(cast.off).post(at("roll_entry", meeting), entry(stranger))

    assert answer.status_code == 409
    assert not Attendance.objects.exists()


def test_the_refusal_of_the_action_is_told(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    (person,) = add_delegates(meeting, 1)

    answer = signed_in(cast.off).post(at("roll_entry", meeting), entry(person, "excused"))

    assert answer.json() == {"refused": "Vắng có lý do thì phải ghi lý do."}


def test_undo_through_the_desk(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    (person,) = add_delegates(meeting, 1)
    browser, sent = signed_in(cast.off), entry(person)
    browser.post(at("roll_entry", meeting), sent)

    browser.post(
        at("roll_entry", meeting), {"key": uuid.uuid4(), "verb": "undo", "undone": sent["key"], "age": 0}
    )

    assert roll_of(meeting).official.unmarked == 1


def test_news_is_304_until_somebody_marks(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    (person,) = add_delegates(meeting, 1)
    browser = signed_in(cast.off)
    first = browser.get(at("roll_news", meeting))

    same = browser.get(at("roll_news", meeting), headers={"if-none-match": first["ETag"]})
    roll_call.mark_present(person, by=cast.off2)
    changed = browser.get(at("roll_news", meeting), headers={"if-none-match": first["ETag"]})

    assert (first.status_code, same.status_code, changed.status_code) == (200, 304, 200)
    assert changed.json()["people"][str(person.pk)][0] == "present"


def test_desk_costs_the_same_for_three_and_three_hundred(cast: Cast, signed_in: SignedIn) -> None:
    names = ("roll_call", "roll_news", "head_count", "all_present", "roll_entry")
    browser = signed_in(cast.off)
    costs = []
    # The first round fills what is kept between requests.
    for number in (2, 3, 300):
        meeting = make_meeting(cast, ordinal=number)
        first, second, *_ = add_delegates(meeting, number)
        roll_call.mark_all_present_except(meeting, by=cast.off, missing=[first.pk, second.pk])
        costs.append({name: _cost(browser, at(name, meeting), first) for name in names})

    assert costs[1] == costs[2]


def _cost(browser: Client, address: str, person: Participant) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = browser.post(address, entry(person)) if "/ghi/" in address else browser.get(address)
    assert answer.status_code == 200
    return len(queries)


def test_page_of_the_reference_size_is_light(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    add_delegates(meeting, 27)
    add_delegates(meeting, 96, AttendeeRole.INVITED, name="Khách mời")

    page = signed_in(cast.off).get(at("roll_call", meeting))

    assert len(page.content) < 110_000


def test_a_correction_keeps_the_times_of_its_status_alone(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    (person,) = add_delegates(meeting, 1)
    sent = {"status": "left", "reason": "không dùng"} | {
        f"{name}_{part}": value
        for name, hour in (("arrived_at", "13:40"), ("left_at", "15:00"), ("returned_at", "15:30"))
        for part, value in enumerate(["26/9/2024", hour])
    }

    answer = signed_in(cast.off).post(at("correct_mark", meeting, person.pk), sent)

    mark = Attendance.objects.get()
    assert answer.status_code == 302
    assert (mark.status, mark.times, mark.reason) == ("left", "13\xa0giờ\xa040, ra\xa015\xa0giờ\xa000", "")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"status": "present"}, "Có mặt thì phải ghi giờ đến."),
        ({"status": "excused"}, "Vắng có lý do thì phải ghi lý do."),
        (
            {
                "status": "left",
                "arrived_at_0": "26/9/2024",
                "arrived_at_1": "15:00",
                "left_at_0": "26/9/2024",
                "left_at_1": "14:00",
            },
            "Giờ ra về phải sau giờ đến.",
        ),
    ],
)
def test_a_correction_that_cannot_be_says_why(
    cast: Cast, meeting: Meeting, signed_in: SignedIn, sent: dict[str, str], words: str
) -> None:
    (person,) = add_delegates(meeting, 1)

    answer = signed_in(cast.off).post(at("correct_mark", meeting, person.pk), sent)

    assert answer.status_code == 409
    assert words in answer.content.decode()


def test_all_present_except_the_ticked_and_undone_by_a_plain_form(
    cast: Cast, meeting: Meeting, signed_in: SignedIn
) -> None:
    away, *_ = add_delegates(meeting, 4)
    browser = signed_in(cast.off)

    browser.post(at("all_present", meeting), {"missing": [away.pk]})
    in_room = roll_of(meeting).official.in_room
    browser.post(at("roll_call", meeting), {"undo": Attendance.objects.exclude(entry=None)[0].entry})

    assert (in_room, roll_of(meeting).official.in_room) == (3, 0)


def test_a_helper_sits_at_this_desk_and_sees_nothing_else(cast: Cast, signed_in: SignedIn) -> None:
    m1, other = make_m1(cast), make_meeting(cast, ordinal=9)
    roll_call.name_helper(m1, helper=cast.mem_a1, by=cast.off)
    browser = signed_in(cast.mem_a1)

    answers = {
        name: browser.get(at(name, m1)).status_code
        for name in (
            "roll_call",
            "roll_news",
            "check_in_screen",
            "head_count_screen",
            "running",
            "meeting",
            "minutes",
        )
    } | {"desk_helpers": browser.get(at("desk_helpers", m1)).status_code}

    assert answers == {
        "roll_call": 200,
        "roll_news": 200,
        "check_in_screen": 200,
        "head_count_screen": 200,
        "running": 403,
        "meeting": 404,
        "minutes": 404,
        "desk_helpers": 404,
    }
    assert browser.get(at("roll_call", other)).status_code == 404
    assert m1.title in browser.get("/").content.decode()


def test_a_helper_is_done_when_the_conference_is_closed_or_the_office_says_so(
    cast: Cast, signed_in: SignedIn
) -> None:
    m1 = make_m1(cast)
    roll_call.name_helper(m1, helper=cast.mem_a1, by=cast.off)
    roll_call.name_helper(m1, helper=cast.edi, by=cast.off)
    ended = DeskHelper.objects.get(user=cast.edi)

    signed_in(cast.off).post(at("desk_helpers", m1), {"end": ended.pk})
    roll_call.mark_all_present_except(m1, by=cast.off, missing=[])
    roll_call.open_meeting(m1, by=cast.off)
    before = signed_in(cast.mem_a1).get(at("roll_call", m1)).status_code
    roll_call.close_meeting(m1, by=cast.off, despite="Biểu quyết sau")

    assert signed_in(cast.edi).get(at("roll_call", m1)).status_code == 404
    assert (before, signed_in(cast.mem_a1).get(at("roll_call", m1)).status_code) == (200, 404)


def test_a_helper_is_named_by_sign_in_name(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    browser = signed_in(cast.off)

    wrong = browser.post(at("desk_helpers", meeting), {"username": "khong_co"})
    browser.post(at("desk_helpers", meeting), {"username": "MEM_A1"})

    assert "Không có tài khoản “khong_co”" in wrong.content.decode()
    assert DeskHelper.objects.get().user == cast.mem_a1


def test_the_chair_follows_and_presses_nothing(cast: Cast, signed_in: SignedIn) -> None:
    m1 = make_m1(cast)
    browser = signed_in(cast.chair_r)

    page = browser.get(at("running", m1))

    assert page.status_code == 200
    assert "Khai mạc và chốt số có mặt" not in page.content.decode()
    assert browser.post(at("running", m1), {"act": "open"}).status_code == 403


def test_the_wall_shows_counts_and_no_name(cast: Cast, meeting: Meeting, signed_in: SignedIn) -> None:
    add_person(meeting, cast.sec_a, AttendeeRole.OFFICIAL)

    page = signed_in(cast.off).get(at("head_count_screen", meeting)).content.decode()

    assert "0<small>/1</small>" in page
    assert cast.sec_a.full_name not in page
