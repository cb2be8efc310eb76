"""Which rule of quorum holds for a conference: a dated row with its basis, over a named base."""

import datetime

import pytest
from cast import Cast, hold
from django.core.exceptions import ValidationError
from meeting_factory import STARTS_AT, add_delegates, make_kind, make_meeting

from meetings.actions import roll_call
from meetings.models import AttendeeRole, Meeting, QuorumBase, QuorumProvision, QuorumRule, SnapshotKind
from meetings.quorum import Majority
from meetings.roll import majority_of, roll_of

pytestmark = pytest.mark.django_db
DAY = STARTS_AT.date()


def board(meeting: Meeting) -> tuple[int, int, int]:
    quorum = roll_of(meeting).quorum
    return quorum.present, quorum.convened, quorum.needed


@pytest.mark.parametrize(("rule", "needed"), [(QuorumRule.MORE_THAN_HALF, 14), (QuorumRule.TWO_THIRDS, 18)])
def test_of_27_the_board_shows_14_or_18_whoever_else_comes(cast: Cast, rule: str, needed: int) -> None:
    meeting = make_meeting(cast, kind=make_kind(rule=rule))
    add_delegates(meeting, 27)
    units = add_delegates(meeting, 3, AttendeeRole.INVITED, name="Đơn vị")
    guests = add_delegates(meeting, 5, AttendeeRole.INVITED, name="Khách")
    before = board(meeting)

    for unit in units:
        roll_call.mark_substitute(unit, by=cast.off, name="Trần Văn Thay")
    for guest in guests:
        roll_call.mark_present(guest, by=cast.off)

    assert before == board(meeting) == (0, 27, needed)
    assert (roll_of(meeting).invited.substitutes, roll_of(meeting).invited.in_room) == (3, 5)


def test_the_rule_of_the_day_of_the_conference_holds(cast: Cast) -> None:
    kind = make_kind(rule=QuorumRule.TWO_THIRDS)
    meeting = make_meeting(cast, kind=kind)
    add_delegates(meeting, 27)

    for days, rule in ((0, QuorumRule.MORE_THAN_HALF), (1, QuorumRule.ALL)):
        QuorumProvision.objects.create(
            kind=kind, valid_from=DAY + datetime.timedelta(days), rule=rule, basis="Quy chế sửa đổi"
        )

    assert board(meeting) == (0, 27, 14)
    assert kind.quorum_on(DAY - datetime.timedelta(1)).rule == QuorumRule.TWO_THIRDS


def test_without_a_provision_it_is_two_thirds(cast: Cast) -> None:
    kind = make_kind()
    kind.quorum_provisions.all().delete()
    meeting = make_meeting(cast, kind=kind)
    add_delegates(meeting, 27)

    assert board(meeting) == (0, 27, 18)


def test_fixed_number_must_be_named() -> None:
    provision = QuorumProvision(kind=make_kind(), valid_from=DAY, rule=QuorumRule.FIXED, basis="Quy chế")

    with pytest.raises(ValidationError, match="phải ghi số đó"):
        provision.full_clean()


def test_members_in_office_may_be_the_base(cast: Cast) -> None:
    meeting = make_meeting(cast, kind=make_kind(rule=QuorumRule.MORE_THAN_HALF, base=QuorumBase.INCUMBENT))
    for user in (cast.sec_a, cast.mem_a1, cast.mem_b1):
        hold(user, cast.committee_member, cast.r, body=cast.executive_committee)
    add_delegates(meeting, 1)

    quorum = roll_of(meeting).quorum

    assert (quorum.convened, quorum.needed) == (1, 3)
    assert quorum.rule_in_words == "quá một nửa trong 4 ủy viên đương nhiệm"


def test_a_resolution_needs_more_than_half_of_all_in_office_not_of_those_present(cast: Cast) -> None:
    meeting = make_meeting(cast)
    for user in (cast.sec_a, cast.mem_a1, cast.mem_b1):
        hold(user, cast.committee_member, cast.r, body=cast.executive_committee)
    (here, _) = add_delegates(meeting, 2)
    roll_call.mark_present(here, by=cast.off)

    assert (majority_of(meeting).incumbents, majority_of(meeting).needed) == (4, 3)


@pytest.mark.parametrize(("incumbents", "needed"), [(21, 11), (27, 14), (28, 15), (1, 1)])
def test_majority_of_all_members(incumbents: int, needed: int) -> None:
    assert Majority(incumbents).needed == needed


def test_official_delegates_send_nobody_in_their_place(cast: Cast) -> None:
    (one,) = add_delegates(make_meeting(cast), 1)

    with pytest.raises(ValidationError, match="không cử người dự thay"):
        roll_call.mark_substitute(one, by=cast.off, name="Trần Văn Thay")


def test_a_snapshot_keeps_its_rule_and_basis(cast: Cast) -> None:
    meeting = make_meeting(cast, kind=make_kind(rule=QuorumRule.MORE_THAN_HALF))
    add_delegates(meeting, 3)
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[])

    kept = roll_call.open_meeting(meeting, by=cast.off)

    assert (kept.kind, kept.rule, kept.basis) == (
        SnapshotKind.OPENING,
        QuorumRule.MORE_THAN_HALF,
        "Quy chế làm việc",
    )
