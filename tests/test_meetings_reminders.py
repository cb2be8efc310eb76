"""Reminders by the clock: each rung once, only to the silent, never when there is nothing to answer."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from cast import Cast
from conferences import in_days, item, participant
from django.utils import timezone

from meetings.actions import meetings, papers, reminders
from meetings.actions.answers import record_answer
from meetings.actions.convening import remind_silent
from meetings.models import AnswerChannel, AnswerChoice, Meeting, ReminderStep, ReminderSubject
from meetings.tasks import remind_due
from portal.models import Notice

Travel = Callable[[float], None]


@pytest.fixture
def convened(convened: Meeting) -> Meeting:
    """M1 with the usual ladder: three days and one day before the start."""
    ReminderStep.objects.bulk_create(
        ReminderStep(kind=convened.kind, subject=subject, days_before=days)
        for subject in ReminderSubject
        for days in (3, 1)
    )
    return convened


@pytest.fixture
def days_before(convened: Meeting) -> Iterator[Travel]:
    """`days_before(2)`: the clock stands so many days before the start of M1."""
    travels = []

    def travel(days: float) -> None:
        moment = convened.starts_at - datetime.timedelta(days=days)
        travels.append(time_machine.travel(moment, tick=False))
        travels[-1].start()

    yield travel
    for one in reversed(travels):
        one.stop()


def reminded(meeting: Meeting) -> list[set[str]]:
    notices = Notice.objects.about(meeting).filter(kind="meetings.reminder").order_by("pk")
    return [{row.name for row in notice.deliveries.all()} for notice in notices]


def answer(meeting: Meeting, user: object) -> None:
    record_answer(
        participant(meeting, user),  # type: ignore[arg-type]
        choice=AnswerChoice.ATTENDING,
        channel=AnswerChannel.PORTAL,
        by=None,
        version=meeting.version,
    )


def test_nothing_before_the_first_rung(convened: Meeting, days_before: Travel) -> None:
    days_before(3.1)

    assert remind_due() == 0


def test_rung_is_climbed_once_however_often_beat_calls(convened: Meeting, days_before: Travel) -> None:
    days_before(2.9)

    assert [remind_due() for _ in range(3)] == [1, 0, 0]


def test_only_the_silent_are_reminded(convened: Meeting, cast: Cast, days_before: Travel) -> None:
    answer(convened, cast.sec_a)
    days_before(2.9)

    remind_due()

    assert reminded(convened) == [{cast.chair_r.full_name, cast.mem_b1.full_name}]


def test_next_rung_asks_those_still_silent(convened: Meeting, cast: Cast, days_before: Travel) -> None:
    days_before(2.9)
    remind_due()
    answer(convened, cast.mem_b1)
    days_before(0.9)

    remind_due()

    assert reminded(convened)[1] == {cast.chair_r.full_name, cast.sec_a.full_name}


def test_after_an_outage_only_the_last_rung_is_climbed(convened: Meeting, days_before: Travel) -> None:
    days_before(0.5)

    assert [remind_due(), remind_due()] == [1, 0]


def test_past_conference_reminds_nobody(convened: Meeting, days_before: Travel) -> None:
    days_before(-0.1)

    assert remind_due() == 0


@pytest.mark.parametrize("stop", [meetings.cancel_meeting, meetings.postpone_meeting])
def test_conference_called_off_reminds_nobody(
    stop: Callable[..., Meeting], convened: Meeting, cast: Cast, days_before: Travel
) -> None:
    stop(convened, reason="Bão", by=cast.off)
    days_before(2.9)

    assert remind_due() == 0


def test_after_the_deadline_nobody_is_reminded(convened: Meeting, days_before: Travel) -> None:
    Meeting.objects.update(answer_by=convened.starts_at - datetime.timedelta(days=3))
    days_before(2.9)

    assert remind_due() == 0


def test_conference_called_late_skips_the_rungs_that_had_passed(
    convened: Meeting, days_before: Travel
) -> None:
    late = convened.starts_at - datetime.timedelta(days=2)
    Meeting.objects.update(convened_at=late)
    Notice.objects.update(posted_at=late)
    days_before(1.9)

    assert remind_due() == 0


def test_change_of_time_begins_the_ladder_anew(convened: Meeting, cast: Cast, days_before: Travel) -> None:
    days_before(2.9)
    remind_due()
    meeting = meetings.move_meeting(
        convened, starts_at=in_days(8), ends_at=in_days(8, 17), venue=convened.venue, by=cast.off
    )
    assert remind_due() == 0
    days_before(-2.5)

    assert remind_due() == 1
    assert meeting.version == 2


def test_hand_and_clock_do_not_remind_within_hours(
    convened: Meeting, cast: Cast, days_before: Travel
) -> None:
    days_before(3.1)
    remind_silent(convened, by=cast.off)
    # The outbox asks the clock of the database, which does not travel.
    Notice.objects.filter(kind="meetings.reminder").update(posted_at=timezone.now())
    days_before(2.9)

    assert remind_due() == 0


def test_owing_organisation_is_reminded_until_it_hands_in(
    convened: Meeting, cast: Cast, days_before: Travel
) -> None:
    asked = papers.request_paper(
        item(convened, 2), organization=cast.a, title="Báo cáo", due_on=convened.held_on, by=cast.off
    )
    ReminderStep.objects.filter(subject=ReminderSubject.ANSWER).delete()
    days_before(2.5)

    assert [reminders.remind_due(), reminders.remind_due()] == [1, 0]
    notice = Notice.objects.about(asked).get(kind="meetings.paper_reminder")
    assert [row.name for row in notice.deliveries.all()] == [cast.sec_a.full_name]
    assert timezone.localdate() < asked.due_on
