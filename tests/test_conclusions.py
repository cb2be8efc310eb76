"""Conclusions: the chair's words belong to the draft of the minutes until they are issued (P20, P26, P27)."""

import pytest
from cast import Cast
from meeting_factory import make_m1

from meetings.actions import conclusions
from meetings.models import Conclusion, Meeting, MeetingState
from members.models import User


@pytest.fixture
def closed(cast: Cast) -> Meeting:
    """M1 after its closing, with one conclusion of the open item 1 and one of the committee's item 3."""
    meeting = make_m1(cast, state=MeetingState.MINUTES)
    for position in (1, 3):
        conclusions.add_conclusion(
            meeting, agenda_item=meeting.agenda.get(position=position), text=f"Ý {position}", by=cast.off
        )
    return meeting


def read_by(user: User) -> set[str]:
    return set(Conclusion.objects.visible_to(user).values_list("text", flat=True))


def test_before_issuing_only_those_who_prepare_read_them(cast: Cast, closed: Meeting) -> None:
    readers = {user: read_by(user) for user in (cast.off, cast.chair_r, cast.sec_a, cast.mem_b1)}

    both = {"Ý 1", "Ý 3"}
    assert readers == {cast.off: both, cast.chair_r: both, cast.sec_a: set(), cast.mem_b1: set()}


def test_once_issued_each_reads_those_of_the_items_he_reads(cast: Cast, closed: Meeting) -> None:
    conclusions.issue_conclusions(closed, by=cast.off)

    assert read_by(cast.chair_r) == {"Ý 1", "Ý 3"}
    assert read_by(cast.sec_a) == {"Ý 1"}
    assert read_by(cast.sec_b) == set()


def test_conclusion_of_the_whole_conference_is_read_by_all_who_took_part(cast: Cast, closed: Meeting) -> None:
    conclusions.add_conclusion(closed, text="Chung", by=cast.off)
    conclusions.issue_conclusions(closed, by=cast.off)

    assert read_by(cast.mem_b1) == {"Ý 1", "Chung"}
