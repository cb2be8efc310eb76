"""Quorum counts the convened delegates with a vote, and nobody else, once each."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings import quorum
from meetings.models import QuorumRule

RULES = [QuorumRule.MORE_THAN_HALF, QuorumRule.TWO_THIRDS, QuorumRule.ALL]


@dataclass(frozen=True)
class Delegate:
    pk: int
    has_vote: bool


def delegates(voting: int, guests: int = 0) -> list[Delegate]:
    return [Delegate(pk, pk < voting) for pk in range(voting + guests)]


@pytest.mark.parametrize(
    ("rule", "convened", "expected"),
    [
        (QuorumRule.MORE_THAN_HALF, 27, 14),
        (QuorumRule.TWO_THIRDS, 27, 18),
        (QuorumRule.ALL, 27, 27),
        (QuorumRule.MORE_THAN_HALF, 28, 15),
        (QuorumRule.TWO_THIRDS, 28, 19),
        (QuorumRule.TWO_THIRDS, 1, 1),
        (QuorumRule.MORE_THAN_HALF, 2, 2),
    ],
)
def test_number_needed(rule: str, convened: int, expected: int) -> None:
    assert quorum.needed(rule, convened) == expected


def test_fixed_number_is_taken_as_given() -> None:
    assert quorum.needed(QuorumRule.FIXED, 27, fixed=20) == 20


def test_guests_and_stand_ins_change_nothing() -> None:
    everybody = delegates(voting=27, guests=8)

    counted = quorum.count(QuorumRule.TWO_THIRDS, everybody, in_room=range(17, 35))

    assert (counted.present, counted.convened, counted.needed) == (10, 27, 18)
    assert not counted.is_reached
    assert counted.short_by == 8


def test_nobody_convened_is_no_conference() -> None:
    assert not quorum.count(QuorumRule.ALL, [], in_room=[]).is_reached


@given(rule=st.sampled_from(RULES), voting=st.integers(1, 60), guests=st.integers(0, 40), data=st.data())
def test_an_arrival_never_lowers_the_count(rule: str, voting: int, guests: int, data: st.DataObject) -> None:
    everybody = delegates(voting, guests)
    keys = st.sampled_from([one.pk for one in everybody])
    before = data.draw(st.lists(keys))
    arriving = data.draw(keys)

    first = quorum.count(rule, everybody, before)
    then = quorum.count(rule, everybody, [*before, arriving])

    assert first.present <= then.present <= first.present + 1
    assert not first.is_reached or then.is_reached


@given(rule=st.sampled_from(RULES), voting=st.integers(0, 60), guests=st.integers(0, 40))
def test_guests_never_matter(rule: str, voting: int, guests: int) -> None:
    everybody = delegates(voting, guests)
    only_guests = [one.pk for one in everybody if not one.has_vote]

    assert quorum.count(rule, everybody, only_guests) == quorum.count(rule, delegates(voting), [])


@given(voting=st.integers(1, 60), marks=st.lists(st.integers(0, 59)))
def test_nobody_counts_twice(voting: int, marks: list[int]) -> None:
    counted = quorum.count(QuorumRule.ALL, delegates(voting), marks + marks)

    assert counted.present == len({mark for mark in marks if mark < voting})


@given(voting=st.integers(1, 200))
def test_rules_are_what_their_words_say(voting: int) -> None:
    half = quorum.needed(QuorumRule.MORE_THAN_HALF, voting)
    thirds = quorum.needed(QuorumRule.TWO_THIRDS, voting)

    assert 2 * half > voting >= 2 * (half - 1)
    assert 3 * thirds >= 2 * voting > 3 * (thirds - 1)


def test_sentence_for_the_minutes() -> None:
    counted = quorum.count(QuorumRule.TWO_THIRDS, delegates(27), range(24))

    assert quorum.sentence(counted, "Ban Chấp hành Đảng bộ Khối", excused=3) == (
        "Có mặt 24 trên 27 đại biểu chính thức của Ban Chấp hành Đảng bộ Khối, bằng 88,9%;"
        " cần có 18 (hai phần ba). Vắng 3 đồng chí, đều có lý do. Hội nghị đủ điều kiện tiến hành."
    )


def test_sentence_says_how_many_are_short() -> None:
    counted = quorum.count(QuorumRule.TWO_THIRDS, delegates(27), range(16))

    said = quorum.sentence(counted, "Ban Chấp hành", excused=2, absent=1)

    assert "Vắng 11 đồng chí: 2 có lý do, 1 không lý do, 8 chưa có mặt." in said
    assert said.endswith("Còn thiếu 2 đồng chí, hội nghị chưa đủ điều kiện tiến hành.")


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(116, 160, "72,5%"), (24, 27, "88,9%"), (27, 27, "100%"), (0, 0, "–")]
)
def test_share_is_written_the_vietnamese_way(part: int, whole: int, text: str) -> None:
    assert quorum.share(part, whole) == text
