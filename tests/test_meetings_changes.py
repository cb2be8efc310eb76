"""Changes of time and place: told once, also several in a row, and not at all when taken back in time."""

import datetime

import pytest
from cast import Cast
from conferences import end_hold, in_days, participant
from django.utils import timezone
from icalendar import Calendar

from meetings.actions import meetings
from meetings.actions.answers import record_answer
from meetings.models import AnswerChannel, AnswerChoice, Meeting
from portal import outbox
from portal.models import Delivery, DeliveryState, Notice, PortalNotice

HOUR = datetime.timedelta(hours=1)


def move(meeting: Meeting, cast: Cast, *, hours: int = 0, venue: str = "") -> Meeting:
    start = in_days(10) + hours * HOUR
    return meetings.move_meeting(
        meeting, starts_at=start, ends_at=start + 3 * HOUR, venue=venue or "Hội trường tầng 2", by=cast.off
    )


@pytest.fixture
def sent(convened: Meeting) -> Meeting:
    """M1, its summons with everybody."""
    Delivery.objects.filter(notice__in=Notice.objects.about(convened)).update(
        state=DeliveryState.SENT, reply="250 ok", started_at=timezone.now(), sent_at=timezone.now()
    )
    return convened


def going(meeting: Meeting) -> list[str]:
    """Whose letters about the change are still to leave."""
    rows = Delivery.objects.filter(notice__kind="meetings.changed", state=DeliveryState.QUEUED)
    return sorted(row.name for row in rows.filter(notice__in=Notice.objects.about(meeting)))


def test_moving_by_an_hour_resets_answers_and_moves_the_one_event(sent: Meeting, cast: Cast) -> None:
    person = participant(sent, cast.sec_a)
    record_answer(
        person, choice=AnswerChoice.ATTENDING, channel=AnswerChannel.PORTAL, by=cast.sec_a, version=1
    )

    meeting = move(sent, cast, hours=1)

    assert meeting.participants.silent().count() == 3
    assert len(going(meeting)) == len(set(going(meeting))) == 3
    row = Delivery.objects.get(notice__kind="meetings.changed", name=cast.sec_a.full_name)
    event = Calendar.from_ical(outbox.kind_of(row.notice.kind).compose(row).attachments[0].content).events[0]
    assert (event["uid"].split("@")[0], event["sequence"]) == (f"hop-{meeting.pk}", 2)
    assert event.start == meeting.starts_at


def test_changes_in_a_row_are_one_letter_against_what_was_told(sent: Meeting, cast: Cast) -> None:
    move(sent, cast, hours=1)
    meeting = move(sent, cast, hours=2, venue="Phòng 5")

    assert len(going(meeting)) == 3
    assert "14 giờ 00" in meeting.change_note
    assert "15 giờ 00" not in meeting.change_note
    shown = PortalNotice.objects.filter(notice__kind="meetings.changed", withdrawn_at__isnull=True)
    assert sorted(row.recipient_id for row in shown) == sorted(
        [cast.chair_r.pk, cast.sec_a.pk, cast.mem_b1.pk]
    )


def test_change_already_told_is_what_the_next_one_speaks_of(sent: Meeting, cast: Cast) -> None:
    meeting = move(sent, cast, hours=1)
    end_hold(meeting)

    meeting = move(meeting, cast, hours=2)

    assert "15 giờ 00" in meeting.change_note


def test_change_taken_back_in_time_tells_nobody_and_keeps_the_answers(sent: Meeting, cast: Cast) -> None:
    record_answer(
        participant(sent, cast.sec_a),
        choice=AnswerChoice.ATTENDING,
        channel=AnswerChannel.PORTAL,
        by=cast.sec_a,
        version=1,
    )
    move(sent, cast, hours=1)

    meeting = move(sent, cast)

    assert (meeting.version, meeting.change_note, going(meeting)) == (1, "", [])
    assert meeting.participants.silent().count() == 2


def test_change_after_one_taken_back_is_told(sent: Meeting, cast: Cast) -> None:
    move(sent, cast, hours=1)
    move(sent, cast)

    meeting = move(sent, cast, hours=2)

    assert len(going(meeting)) == 3


def test_answer_to_the_change_keeps_it_from_being_taken_back_in_silence(sent: Meeting, cast: Cast) -> None:
    meeting = move(sent, cast, hours=1)
    record_answer(
        participant(meeting, cast.sec_a),
        choice=AnswerChoice.ATTENDING,
        channel=AnswerChannel.PORTAL,
        by=cast.sec_a,
        version=2,
    )

    meeting = move(meeting, cast)

    assert (meeting.version, len(going(meeting))) == (3, 3)
    assert meeting.change_note == "Giữ nguyên thời gian, địa điểm đã báo"


def test_cancelling_within_the_hold_sends_the_cancellation_alone(sent: Meeting, cast: Cast) -> None:
    meeting = move(sent, cast, hours=1)

    meetings.cancel_meeting(meeting, reason="Trùng lịch", by=cast.off)

    assert going(meeting) == []
    shown = PortalNotice.objects.filter(withdrawn_at__isnull=True, recipient=cast.sec_a)
    assert sorted(row.notice.kind for row in shown) == ["meetings.cancelled", "meetings.convened"]
