"""The page of a conference says what is true of its time: a question before, the roll after."""

import datetime

import pytest
import time_machine
from cast import Cast
from django.urls import reverse
from django.utils import timezone
from meeting_factory import STARTS_AT, add_delegates, class_of, make_m1

from meetings.models import Attendance, AttendeeRole, Meeting, MeetingState

pytestmark = pytest.mark.django_db

AFTER = STARTS_AT + datetime.timedelta(days=3)


@pytest.fixture(autouse=True)
def three_days_after():
    with time_machine.travel(AFTER, tick=False):
        yield


@pytest.fixture
def held(cast: Cast) -> Meeting:
    return make_m1(cast, state=MeetingState.FINAL)


def mark(meeting, user, status):
    person = meeting.participants.get(member=user.member)
    arrived = None if status == "excused" else STARTS_AT
    Attendance.objects.create(
        participant=person, status=status, arrived_at=arrived, recorded_by=meeting.minute_taker
    )


def test_past_conference_asks_nobody_whether_he_will_come(cast, held, signed_in):
    page = signed_in(cast.sec_a).get(held.get_absolute_url()).text

    assert "Đồng chí có dự không" not in page
    assert 'id="tra-loi"' not in page


def test_past_conference_says_whether_the_reader_was_there(cast, held, signed_in):
    mark(held, cast.sec_a, "present")

    page = signed_in(cast.sec_a).get(held.get_absolute_url()).text

    assert "Điểm danh" in page
    assert "Có mặt" in page


def test_list_of_a_past_conference_shows_the_roll(cast, held, signed_in):
    mark(held, cast.mem_b1, "excused")

    page = signed_in(cast.off).get(held.get_absolute_url()).text

    assert "Vắng có lý do" in page
    assert "Chưa trả lời" not in page


def test_past_conference_without_agenda_prepares_none(cast, held, signed_in):
    held.agenda.all().delete()

    page = signed_in(cast.off).get(held.get_absolute_url()).text

    assert "đang được chuẩn bị" not in page
    assert "Cổng không có chương trình của hội nghị này" in page


@pytest.mark.parametrize("name", ["cancel", "postpone", "move", "correct"])
def test_finished_conference_offers_nothing_the_server_refuses(cast, held, signed_in, name):
    office, address = signed_in(cast.off), reverse(f"meetings:{name}", args=[held.pk])

    assert address not in office.get(held.get_absolute_url()).text
    assert office.get(address).status_code == 409


def test_deadline_passed_before_the_start_is_said(cast, signed_in):
    now = timezone.now()
    meeting = make_m1(
        cast,
        starts_at=now + datetime.timedelta(days=1),
        ends_at=now + datetime.timedelta(days=1, hours=2),
        answer_by=now - datetime.timedelta(hours=1),
    )

    page = signed_in(cast.sec_a).get(meeting.get_absolute_url()).text

    assert "Đồng chí chưa trả lời" in page
    assert "Đã quá hạn trả lời" in page


def test_official_delegates_stand_open_and_guests_folded(cast, held, signed_in):
    add_delegates(held, 40, AttendeeRole.INVITED)

    page = signed_in(cast.off).get(held.get_absolute_url()).text

    folded = f"<summary>{class_of(held, AttendeeRole.INVITED)}"
    assert page.index("<h3>Ủy viên Ban Chấp hành") < page.index(folded)
