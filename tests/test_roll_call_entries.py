"""Entries that come late, twice or out of order, and the undoing of the last ones."""

import datetime
import uuid
from itertools import count

import pytest
from cast import Cast
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from meeting_factory import STARTS_AT, add_delegates, make_meeting

from meetings.actions import roll_call
from meetings.models import Attendance, AttendanceStatus, Meeting, Participant
from meetings.roll import roll_of
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db
SAID = ("status", "arrived_at", "left_at", "returned_at", "reason", "substitute")


def minute(number: int) -> datetime.datetime:
    return STARTS_AT + datetime.timedelta(minutes=number)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make_meeting(cast)


@pytest.fixture
def person(meeting: Meeting) -> Participant:
    return add_delegates(meeting, 1)[0]


def said_of(person: Participant) -> tuple[object, ...] | None:
    return Attendance.objects.filter(participant=person).values_list(*SAID).first()


def test_a_repeated_entry_counts_once_whatever_happened_since(cast: Cast, person: Participant) -> None:
    key = uuid.uuid4()
    roll_call.mark_present(person, by=cast.off, at=minute(0), key=key)
    roll_call.mark_left(person, by=cast.off, at=minute(1), key=uuid.uuid4())

    # The clock of a repetition may be read anew, so its moment does not give it away.
    roll_call.mark_present(person, by=cast.off, at=minute(2), key=key)

    assert Attendance.objects.get().status == AttendanceStatus.LEFT
    assert AuditEntry.objects.filter(action="meetings.mark").count() == 2


def test_the_entry_made_last_stands_in_whatever_order_they_come(cast: Cast, person: Participant) -> None:
    roll_call.mark_excused(person, by=cast.off, reason="Ốm", at=minute(5))

    roll_call.mark_present(person, by=cast.off2, at=minute(3))

    assert Attendance.objects.get().status == AttendanceStatus.EXCUSED


def test_what_the_closing_settled_gives_way_to_an_older_word(cast: Cast, person: Participant) -> None:
    roll_call.open_meeting(person.meeting, by=cast.off, despite="đã hoãn một lần", at=STARTS_AT)
    roll_call.close_meeting(person.meeting, by=cast.off, despite="Biểu quyết sau", at=minute(90))

    roll_call.mark_present(person, by=cast.off2, at=minute(-3), key=uuid.uuid4())

    assert Attendance.objects.get().status == AttendanceStatus.PRESENT


def test_undo_takes_the_first_mark_back(cast: Cast, person: Participant) -> None:
    key = uuid.uuid4()
    roll_call.mark_present(person, by=cast.off, key=key)

    assert roll_call.undo_entry(person.meeting, by=cast.off, entry=key) == 1

    assert roll_of(person.meeting).official.unmarked == 1


def test_undo_of_all_present_spares_who_was_marked_since(cast: Cast, meeting: Meeting) -> None:
    first, *_ = add_delegates(meeting, 4)
    key = uuid.uuid4()
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[], at=minute(0), key=key)
    roll_call.mark_left(first, by=cast.off2, at=minute(1))

    undone = roll_call.undo_entry(meeting, by=cast.off, entry=key, at=minute(2))

    tally = roll_of(meeting).official
    assert (undone, tally.unmarked, tally.left) == (3, 3, 1)


def test_undo_twice_by_a_lost_answer_is_one_undo(cast: Cast, person: Participant) -> None:
    first, second, undo = (uuid.uuid4() for _ in range(3))
    roll_call.mark_present(person, by=cast.off, at=minute(0), key=first)
    roll_call.mark_left(person, by=cast.off, at=minute(1), key=second)

    roll_call.undo_entry(person.meeting, by=cast.off, entry=second, at=minute(2), key=undo)
    again = roll_call.undo_entry(person.meeting, by=cast.off, entry=second, at=minute(2), key=undo)

    assert again == 0
    assert Attendance.objects.get().status == AttendanceStatus.PRESENT


def test_undo_of_an_entry_written_over_says_so(cast: Cast, person: Participant) -> None:
    key = uuid.uuid4()
    roll_call.mark_present(person, by=cast.off, at=minute(0), key=key)
    roll_call.mark_left(person, by=cast.off2, at=minute(1), key=uuid.uuid4())

    with pytest.raises(ValidationError, match="đã có lượt ghi khác"):
        roll_call.undo_entry(person.meeting, by=cast.off, entry=key)


def test_an_undone_entry_does_not_come_back_by_repetition(cast: Cast, person: Participant) -> None:
    key = uuid.uuid4()
    roll_call.mark_present(person, by=cast.off, at=minute(0), key=key)
    roll_call.undo_entry(person.meeting, by=cast.off, entry=key, at=minute(1))

    roll_call.mark_present(person, by=cast.off, at=minute(2), key=key)

    assert Attendance.objects.get().status == AttendanceStatus.NOT_ARRIVED


MARKS = {
    "present": lambda one, **entry: roll_call.mark_present(one, **entry),
    "left": lambda one, **entry: roll_call.mark_left(one, **entry),
    "excused": lambda one, **entry: roll_call.mark_excused(one, reason="Đi công tác", **entry),
    "absent": lambda one, **entry: roll_call.mark_absent(one, **entry),
    "clear": lambda one, **entry: roll_call.clear_mark(one, **entry),
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=st.lists(st.sampled_from(sorted(MARKS)), min_size=1, max_size=8))
def test_undo_restores_exactly_back_to_the_first(cast: Cast, person: Participant, marks: list[str]) -> None:
    Attendance.objects.all().delete()
    moments = (minute(number) for number in count())
    history = []
    for mark in marks:
        before, key = said_of(person), uuid.uuid4()
        try:
            with transaction.atomic():
                MARKS[mark](person, by=cast.off, at=next(moments), key=key)
        except ValidationError:
            continue
        if Attendance.objects.filter(entry=key).exists():
            history.append((before, key))

    for before, key in reversed(history):
        roll_call.undo_entry(person.meeting, by=cast.off, entry=key, at=next(moments))
        assert said_of(person) == (before or ("not_arrived", None, None, None, "", ""))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(arrivals=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30)), max_size=12))
def test_arrivals_in_any_order_and_number_never_lower_the_count(
    cast: Cast, meeting: Meeting, arrivals: list[tuple[int, int]]
) -> None:
    meeting.participants.all().delete()
    people = add_delegates(meeting, 6)
    seen = [0]

    for place, at in arrivals:
        roll_call.mark_present(people[place], by=cast.off, at=minute(at), key=uuid.uuid4())
        seen.append(roll_of(meeting).quorum.present)

    assert seen == sorted(seen)
    assert seen[-1] == len({place for place, _ in arrivals})


def test_a_tick_writes_one_row_and_one_line_of_the_audit_trail(cast: Cast, person: Participant) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        roll_call.mark_present(person, by=cast.off, key=uuid.uuid4())

    written = [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql.split('"')[1] for sql in written] == ["meetings_attendance", "portal_auditentry"]


def test_marking_everybody_costs_the_same_for_three_and_three_hundred(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    counts = []
    for number in (3, 300):
        meeting = make_meeting(cast, ordinal=number)
        add_delegates(meeting, number)
        with CaptureQueriesContext(connection) as queries:
            roll_call.mark_all_present_except(meeting, by=cast.off, missing=[], key=uuid.uuid4())
        counts.append(len(queries))

    assert counts[0] == counts[1]
