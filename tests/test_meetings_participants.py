"""The list of who takes part: from the positions of the day, each person once, frozen at convening."""

from collections.abc import Callable

import pytest
from cast import Cast, hold, make_user
from conferences import end_hold, in_days, invite, participant
from django.core.exceptions import ValidationError

from meetings.actions import convening, meetings, participants
from meetings.models import (
    AttendeeRole,
    ClassSource,
    Meeting,
    MeetingState,
    SummonKind,
)
from portal.models import Notice


def heads_class(meeting: Meeting, cast: Cast) -> None:
    participants.add_class(
        meeting,
        label="Bí thư các đảng bộ, chi bộ trực thuộc",
        source=ClassSource.HEADS,
        role=AttendeeRole.INVITED,
        summon=SummonKind.SUMMONED,
        by=cast.off,
    )


def names(meeting: Meeting) -> set[str]:
    return set(meeting.participants.taking_part().values_list("full_name", flat=True))


def test_heads_are_those_of_organisations_directly_below(
    new_meeting: Callable[..., Meeting], cast: Cast
) -> None:
    meeting = new_meeting()
    heads_class(meeting, cast)

    participants.expand_classes(meeting, by=cast.off)

    assert names(meeting) == {cast.chair_r.full_name, cast.sec_a.full_name, cast.sec_b.full_name}


def test_person_in_two_classes_stands_once_in_the_first(
    new_meeting: Callable[..., Meeting], cast: Cast
) -> None:
    hold(cast.sec_a, cast.committee_member, cast.r, body=cast.executive_committee, term=cast.term)
    meeting = new_meeting()
    heads_class(meeting, cast)

    participants.expand_classes(meeting, by=cast.off)

    person = participant(meeting, cast.sec_a)
    assert (person.role, person.has_vote) == (AttendeeRole.OFFICIAL, True)
    assert person.position_text == "Bí thư Đảng bộ Sở An"


def test_position_that_ended_the_day_before_brings_nobody(
    new_meeting: Callable[..., Meeting], cast: Cast
) -> None:
    meeting = new_meeting()
    heads_class(meeting, cast)
    cast.sec_a.member.holdings.update(valid_to=in_days(9).date())

    participants.expand_classes(meeting, by=cast.off)

    assert cast.sec_a.full_name not in names(meeting)


def test_guests_never_vote(convened: Meeting, cast: Cast) -> None:
    voters = convened.participants.voting()

    assert [person.full_name for person in voters] == [cast.chair_r.full_name]


def test_who_was_taken_off_by_hand_stays_off(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    meeting = new_meeting()
    participants.expand_classes(meeting, by=cast.off)
    participants.remove_participant(participant(meeting, cast.chair_r), reason="Đi học", by=cast.off)

    participants.expand_classes(meeting, by=cast.off)

    assert names(meeting) == set()


def test_what_was_told_stays_as_told(convened: Meeting, cast: Cast) -> None:
    before = participant(convened, cast.chair_r).position_text
    cast.chair_r.member.holdings.update(title="Chức vụ mới sau này")

    assert participant(convened, cast.chair_r).position_text == before


def test_newcomer_is_proposed_and_not_added(convened: Meeting, cast: Cast) -> None:
    new = make_user("moi", "Tạ Văn Mới", cast.r)
    hold(new, cast.committee_member, cast.r, body=cast.executive_committee, term=cast.term)

    proposed = participants.differences(convened)

    assert [delegate.member for delegate in proposed.joined] == [new.member]
    assert new.full_name not in names(convened)


def test_expanding_after_convening_is_refused(convened: Meeting, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="đã chốt khi triệu tập"):
        participants.expand_classes(convened, by=cast.off)


def test_who_joins_later_gets_a_letter_of_his_own(convened: Meeting, cast: Cast) -> None:
    invite(convened, cast.edi, by=cast.off)

    notice = Notice.objects.about(convened).newest_first().first()
    assert notice is not None
    assert [row.address for row in notice.deliveries.all()] == [cast.edi.email]


def test_official_delegate_sends_nobody_instead(convened: Meeting, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="không cử người dự thay"):
        participants.replace_participant(
            participant(convened, cast.chair_r), member=cast.edi.member, reason="Bận", by=cast.off
        )


def test_gate_names_all_that_lacks(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    meeting = new_meeting(minute_taker=None)

    with pytest.raises(ValidationError, match=r"Chưa phân công thư ký.*Chưa có ai trong danh sách"):
        convening.convene_meeting(meeting, by=cast.off)


def test_convening_taken_back_within_the_hold(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    meeting = new_meeting()
    participants.expand_classes(meeting, by=cast.off)
    convening.convene_meeting(meeting, by=cast.off)

    meeting = convening.withdraw_convening(meeting, by=cast.off)

    assert (meeting.state, meeting.convened_at) == (MeetingState.DRAFT, None)
    assert convening.convene_meeting(meeting, by=cast.off).state == MeetingState.CONVENED


def test_no_news_overtakes_a_summons_that_waits(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    meeting = new_meeting()
    participants.expand_classes(meeting, by=cast.off)
    convening.convene_meeting(meeting, by=cast.off)

    with pytest.raises(ValidationError, match="đang chờ gửi"):
        meetings.cancel_meeting(meeting, reason="Trùng lịch", by=cast.off)


def test_reminder_goes_to_the_silent_and_not_twice(convened: Meeting, cast: Cast) -> None:
    assert convening.remind_silent(convened, by=cast.off) == 3

    with pytest.raises(ValidationError, match="Đã nhắc lúc"):
        convening.remind_silent(convened, by=cast.off)


def test_withdrawing_after_the_hold_is_refused(convened: Meeting, cast: Cast) -> None:
    end_hold(convened)

    with pytest.raises(ValidationError, match="đã bắt đầu gửi"):
        convening.withdraw_convening(convened, by=cast.off)


def test_nobody_is_reminded_of_a_summons_that_waits(new_meeting: Callable[..., Meeting], cast: Cast) -> None:
    meeting = new_meeting()
    participants.expand_classes(meeting, by=cast.off)
    meeting = convening.convene_meeting(meeting, by=cast.off)

    with pytest.raises(ValidationError, match="chưa ai nhận được nên chưa nhắc"):
        convening.remind_silent(meeting, by=cast.off)
