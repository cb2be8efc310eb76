"""Marks at the door, opening and closing: what is written down when, and what is refused."""

import datetime

import pytest
from cast import Cast
from django.core.exceptions import ValidationError
from meeting_factory import STARTS_AT, add_delegates, make_m1, make_meeting

from meetings.actions import roll_call
from meetings.models import (
    Answer,
    AnswerChannel,
    AnswerChoice,
    Attendance,
    AttendanceStatus,
    AttendeeRole,
    Meeting,
    MeetingState,
    Participant,
)
from meetings.roll import roll_of
from portal.models import AuditEntry

EARLY = STARTS_AT - datetime.timedelta(minutes=20)
LATER = STARTS_AT + datetime.timedelta(minutes=30)
BACK = LATER + datetime.timedelta(minutes=20)


def answer_absent(participant: Participant, reason: str = "Đi công tác") -> None:
    Answer.objects.create(
        participant=participant,
        meeting_version=participant.meeting.version,
        choice=AnswerChoice.ABSENT,
        reason=reason,
        channel=AnswerChannel.PORTAL,
    )


def status_of(participant: Participant) -> str:
    return Attendance.objects.get(participant=participant).status


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make_meeting(cast)


def test_present_before_the_opening_late_after_it(cast: Cast, meeting: Meeting) -> None:
    first, second, third = add_delegates(meeting, 3)
    roll_call.mark_present(first, by=cast.off, at=EARLY)
    roll_call.mark_present(second, by=cast.off, at=EARLY)
    roll_call.open_meeting(meeting, by=cast.off, at=STARTS_AT)

    roll_call.mark_present(third, by=cast.off, at=LATER)

    assert [status_of(one) for one in (first, third)] == [AttendanceStatus.PRESENT, AttendanceStatus.LATE]
    assert Attendance.objects.get(participant=third).arrived_at == LATER


def test_who_returns_counts_again_and_keeps_the_first_arrival(cast: Cast, meeting: Meeting) -> None:
    (one,) = add_delegates(meeting, 1)
    roll_call.mark_present(one, by=cast.off, at=EARLY)
    roll_call.open_meeting(meeting, by=cast.off, at=STARTS_AT)

    roll_call.mark_left(one, by=cast.off, at=LATER)
    assert roll_of(meeting).quorum.present == 0
    back = roll_call.mark_present(one, by=cast.off, at=BACK)

    assert (back.status, back.arrived_at, back.left_at) == (AttendanceStatus.PRESENT, EARLY, LATER)
    assert back.returned_at == BACK
    assert back.times == "13\xa0giờ\xa040, ra\xa014\xa0giờ\xa030, trở\xa0lại\xa014\xa0giờ\xa050"


def test_marking_twice_changes_nothing(cast: Cast, meeting: Meeting) -> None:
    (one,) = add_delegates(meeting, 1)

    roll_call.mark_present(one, by=cast.off, at=EARLY)
    roll_call.mark_present(one, by=cast.off2, at=LATER)

    assert Attendance.objects.get().arrived_at == EARLY
    assert AuditEntry.objects.filter(action="meetings.mark").count() == 1


def test_excused_takes_the_reason_of_the_answer(cast: Cast, meeting: Meeting) -> None:
    announced, silent = add_delegates(meeting, 2)
    answer_absent(announced, "Nghỉ phép")

    roll_call.mark_excused(announced, by=cast.off)

    assert Attendance.objects.get().reason == "Nghỉ phép"
    with pytest.raises(ValidationError, match="phải ghi lý do"):
        roll_call.mark_excused(silent, by=cast.off)


def test_a_mistaken_mark_is_taken_back(cast: Cast, meeting: Meeting) -> None:
    (one,) = add_delegates(meeting, 1)
    roll_call.mark_present(one, by=cast.off)

    roll_call.clear_mark(one, by=cast.off)

    assert roll_of(meeting).official.unmarked == 1


def test_all_present_except_leaves_the_exceptions_and_marks_alone(cast: Cast, meeting: Meeting) -> None:
    excused, missing, *others = add_delegates(meeting, 5)
    roll_call.mark_excused(excused, by=cast.off, reason="Ốm")

    marked = roll_call.mark_all_present_except(meeting, by=cast.off, missing=[missing.pk])

    assert marked == len(others) == 3
    assert not Attendance.objects.filter(participant=missing).exists()
    assert status_of(excused) == AttendanceStatus.EXCUSED


def test_opening_keeps_the_count_and_its_sentence(cast: Cast, meeting: Meeting) -> None:
    delegates = add_delegates(meeting, 27)
    add_delegates(meeting, 5, AttendeeRole.INVITED, name="Khách")
    answer_absent(delegates[0])
    for one in delegates[3:]:
        roll_call.mark_present(one, by=cast.off, at=EARLY)

    snapshot = roll_call.open_meeting(meeting, by=cast.off, at=STARTS_AT)

    meeting.refresh_from_db()
    assert (snapshot.present, snapshot.convened, snapshot.needed) == (24, 27, 18)
    assert "Vắng 3 đồng chí: 1 có lý do, 2 chưa có mặt." in snapshot.sentence
    assert (meeting.state, meeting.opened_at) == (MeetingState.IN_SESSION, STARTS_AT)


def test_below_quorum_needs_the_reason_of_the_chair(cast: Cast, meeting: Meeting) -> None:
    first, *_ = add_delegates(meeting, 3)
    roll_call.mark_present(first, by=cast.off)

    with pytest.raises(ValidationError, match="có mặt 1 trên 3 đại biểu chính thức, cần 2, còn thiếu 1"):
        roll_call.open_meeting(meeting, by=cast.off)
    snapshot = roll_call.open_meeting(meeting, by=cast.off, despite="chỉ nghe thông tin")

    assert snapshot.sentence.endswith("Người chủ trì quyết định tiến hành: chỉ nghe thông tin.")


def test_announced_absent_who_comes_after_all_is_late(cast: Cast, meeting: Meeting) -> None:
    first, second, announced = add_delegates(meeting, 3)
    answer_absent(announced)
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[announced.pk], at=EARLY)
    roll_call.open_meeting(meeting, by=cast.off, at=STARTS_AT)
    assert status_of(announced) == AttendanceStatus.EXCUSED

    roll_call.mark_present(announced, by=cast.off, at=LATER)

    assert Attendance.objects.get(participant=announced).status == AttendanceStatus.LATE
    assert Attendance.objects.get(participant=announced).reason == ""


def test_closing_leaves_nobody_unmarked(cast: Cast, meeting: Meeting) -> None:
    came, announced, silent = add_delegates(meeting, 3)
    roll_call.mark_present(came, by=cast.off, at=EARLY)
    roll_call.open_meeting(meeting, by=cast.off, despite="đã hoãn một lần", at=STARTS_AT)
    answer_absent(announced, "Ốm")

    closed = roll_call.close_meeting(meeting, by=cast.off, despite="Biểu quyết sau", at=LATER)

    assert closed.state == MeetingState.MINUTES
    assert [status_of(one) for one in (came, announced, silent)] == [
        AttendanceStatus.PRESENT,
        AttendanceStatus.EXCUSED,
        AttendanceStatus.ABSENT,
    ]


def test_who_left_early_stays_left_at_the_closing(cast: Cast, meeting: Meeting) -> None:
    (one,) = add_delegates(meeting, 1)
    roll_call.mark_present(one, by=cast.off, at=EARLY)
    roll_call.open_meeting(meeting, by=cast.off, at=STARTS_AT)
    roll_call.mark_left(one, by=cast.off, at=LATER)

    roll_call.close_meeting(meeting, by=cast.off, despite="Biểu quyết sau")

    assert status_of(one) == AttendanceStatus.LEFT


def test_an_answer_to_an_older_version_excuses_nobody(cast: Cast, meeting: Meeting) -> None:
    (one,) = add_delegates(meeting, 1)
    answer_absent(one)
    Meeting.objects.filter(pk=meeting.pk).update(version=2)
    one.refresh_from_db()

    with pytest.raises(ValidationError, match="phải ghi lý do"):
        roll_call.mark_excused(one, by=cast.off)


@pytest.mark.parametrize(
    ("state", "words"),
    [(MeetingState.DRAFT, "chưa triệu tập"), (MeetingState.CANCELLED, "đã hủy")],
)
def test_no_marks_where_there_is_no_conference(cast: Cast, state: str, words: str) -> None:
    meeting = make_meeting(cast, state=state, state_reason="Bão")
    (one,) = add_delegates(meeting, 1)

    with pytest.raises(ValidationError, match=words):
        roll_call.mark_present(one, by=cast.off)


def test_a_person_taken_off_the_list_is_not_marked(cast: Cast, meeting: Meeting) -> None:
    (one,) = add_delegates(meeting, 1)
    Participant.objects.filter(pk=one.pk).update(removed_at=EARLY, removal_reason="Chuyển công tác")

    with pytest.raises(ValidationError, match="đã rút khỏi danh sách"):
        roll_call.mark_present(one, by=cast.off)


def test_opens_and_closes_once(cast: Cast) -> None:
    meeting = make_m1(cast)
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[], at=EARLY)
    roll_call.open_meeting(meeting, by=cast.off, at=STARTS_AT)

    with pytest.raises(ValidationError, match="chưa khai mạc"):
        roll_call.open_meeting(meeting, by=cast.off)
    roll_call.close_meeting(meeting, by=cast.off, despite="Biểu quyết sau", at=LATER)
    with pytest.raises(ValidationError, match="đã bế mạc"):
        roll_call.close_meeting(meeting, by=cast.off, despite="Biểu quyết sau")
