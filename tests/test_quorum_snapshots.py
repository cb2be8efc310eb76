"""Counts kept for the minutes: each vote, the moment quorum is lost, and when it is back."""

import datetime
import uuid

import pytest
from cast import Cast, hold
from meeting_factory import STARTS_AT, add_delegates, add_item, make_meeting

from meetings.actions import roll_call
from meetings.models import AttendeeRole, ItemKind, Meeting, Participant, SnapshotKind

pytestmark = pytest.mark.django_db


def minute(number: int) -> datetime.datetime:
    return STARTS_AT + datetime.timedelta(minutes=number)


@pytest.fixture
def delegates(cast: Cast) -> list[Participant]:
    """Three in session, where two are needed."""
    meeting = make_meeting(cast)
    people = add_delegates(meeting, 3)
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[], at=minute(-5))
    roll_call.open_meeting(meeting, by=cast.off, at=STARTS_AT)
    return people


def kinds(meeting: Meeting) -> list[str]:
    return list(meeting.quorum_snapshots.values_list("kind", flat=True))


def test_loss_and_return_of_quorum_are_kept_with_their_sentences(
    cast: Cast, delegates: list[Participant]
) -> None:
    first, second, _ = delegates

    roll_call.mark_left(first, by=cast.off, at=minute(10))
    roll_call.mark_left(second, by=cast.off2, at=minute(20))
    roll_call.mark_present(first, by=cast.off, at=minute(30))

    opening, loss, regained = first.meeting.quorum_snapshots.all()
    assert [opening.kind, loss.kind, regained.kind] == [
        SnapshotKind.OPENING,
        SnapshotKind.LOSS,
        SnapshotKind.REGAINED,
    ]
    assert (loss.present, loss.needed, loss.taken_at) == (1, 2, minute(20))
    assert loss.sentence.endswith("Còn thiếu 1 đồng chí, hội nghị chưa đủ điều kiện tiến hành.")
    assert regained.sentence.endswith("Hội nghị đủ điều kiện tiến hành.")


@pytest.mark.parametrize("way", ["absent", "clear", "undo", "correct"])
def test_however_a_person_is_gone_the_loss_is_kept(
    cast: Cast, delegates: list[Participant], way: str
) -> None:
    first, second, _ = delegates
    roll_call.mark_left(first, by=cast.off, at=minute(10))
    ways = {
        "absent": lambda: roll_call.mark_absent(second, by=cast.off),
        "clear": lambda: roll_call.clear_mark(second, by=cast.off),
        "correct": lambda: roll_call.correct_mark(second, by=cast.off, status="excused", reason="Ốm"),
        "undo": lambda: undo_last_arrival(cast, second),
    }

    ways[way]()

    assert kinds(second.meeting)[-1] == SnapshotKind.LOSS


def undo_last_arrival(cast: Cast, person: Participant) -> None:
    key = uuid.uuid4()
    roll_call.mark_left(person, by=cast.off, at=minute(11))
    roll_call.mark_present(person, by=cast.off, at=minute(12), key=key)
    roll_call.undo_entry(person.meeting, by=cast.off, entry=key, at=minute(13))


def test_guests_and_corrections_of_guests_keep_no_count(cast: Cast, delegates: list[Participant]) -> None:
    (guest,) = add_delegates(delegates[0].meeting, 1, AttendeeRole.INVITED, name="Khách")

    roll_call.mark_present(guest, by=cast.off, at=minute(5))
    roll_call.mark_left(guest, by=cast.off, at=minute(6))

    assert kinds(guest.meeting) == [SnapshotKind.OPENING]


def test_a_vote_is_counted_with_what_a_resolution_needs(cast: Cast, delegates: list[Participant]) -> None:
    meeting = delegates[0].meeting
    item = add_item(meeting, 2, ItemKind.VOTE)
    for user in (cast.sec_a, cast.sec_b):
        hold(user, cast.committee_member, cast.r, body=cast.executive_committee)

    kept = roll_call.take_snapshot(meeting, by=cast.off, item=item)

    assert (kept.kind, kept.occasion, kept.agenda_item) == (SnapshotKind.VOTE, "biểu quyết mục 2", item)
    assert kept.sentence.endswith(
        "Nghị quyết cần ít nhất 2 phiếu tán thành, quá một nửa trong 3 ủy viên đương nhiệm."
    )


def test_an_opening_below_quorum_is_followed_until_it_is_reached(cast: Cast) -> None:
    meeting = make_meeting(cast)
    first, second, _ = add_delegates(meeting, 3)
    roll_call.mark_present(first, by=cast.off, at=minute(-1))
    roll_call.open_meeting(meeting, by=cast.off, despite="chỉ nghe thông tin", at=STARTS_AT)

    roll_call.mark_present(second, by=cast.off, at=minute(4))

    assert kinds(meeting) == [SnapshotKind.OPENING, SnapshotKind.REGAINED]
