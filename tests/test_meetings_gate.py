"""The gate before convening: what stops it, what is passed with a reason, what the answers foretell."""

from collections.abc import Callable

import pytest
from cast import SINCE, Cast, hold
from conferences import in_days, invite, participant
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.actions import convening, gate, participants
from meetings.actions.answers import record_answer
from meetings.models import AnswerChannel, AnswerChoice, Meeting, QuorumRule
from portal.models import AuditEntry, Holiday

WHY = "Thường trực yêu cầu họp gấp"


@pytest.fixture
def late(new_meeting: Callable[..., Meeting], cast: Cast) -> Meeting:
    """Ready, but called for tomorrow: too late for the summons and for the papers."""
    meeting = new_meeting(starts_at=in_days(1), ends_at=in_days(1, 17))
    participants.expand_classes(meeting, by=cast.off)
    return meeting


def lacks(meeting: Meeting, cast: Cast) -> dict[str, str]:
    checks = gate.checklist(meeting, timezone.now(), by=cast.off)
    return {check.what: check.lack for check in checks if check.lack}


def test_late_summons_and_papers_ask_for_a_reason(late: Meeting, cast: Cast) -> None:
    with pytest.raises(ValidationError, match=r"Ghi lý do vẫn triệu tập.*Mục 2 chưa có.*Còn 0 ngày"):
        convening.convene_meeting(late, by=cast.off)

    assert set(lacks(late, cast)) == {"Tài liệu", "Gửi trước"}


def test_reason_is_kept_with_the_warnings_it_answers_for(late: Meeting, cast: Cast) -> None:
    meeting = convening.convene_meeting(late, by=cast.off, reason=WHY)

    entry = AuditEntry.objects.about(meeting).get(action="meetings.convene")
    assert meeting.warnings_reason == WHY
    assert "quy định gửi giấy mời trước 3 ngày" in meeting.warnings_at_convening
    assert entry.changes["reason"] == WHY


def test_taking_convening_back_takes_the_reason_back(late: Meeting, cast: Cast) -> None:
    meeting = convening.convene_meeting(late, by=cast.off, reason=WHY)

    meeting = convening.withdraw_convening(meeting, by=cast.off)

    assert (meeting.warnings_at_convening, meeting.warnings_reason) == ("", "")


def test_papers_may_still_follow_while_their_time_has_not_come(
    new_meeting: Callable[..., Meeting], cast: Cast
) -> None:
    meeting = new_meeting()
    participants.expand_classes(meeting, by=cast.off)

    papers = next(
        row for row in gate.checklist(meeting, timezone.now(), by=cast.off) if row.what == "Tài liệu"
    )

    assert papers.is_met
    assert "Mục 2 chưa có tài liệu" in papers.note


def test_quorum_that_the_list_cannot_reach_stops_convening(
    new_meeting: Callable[..., Meeting], cast: Cast
) -> None:
    meeting = new_meeting()
    meeting.kind.quorum_provisions.create(
        valid_from=SINCE, rule=QuorumRule.FIXED, number=5, basis="Quy chế làm việc"
    )
    participants.expand_classes(meeting, by=cast.off)

    with pytest.raises(ValidationError, match="Cần có mặt 5 đại biểu.*danh sách chỉ có 1"):
        convening.convene_meeting(meeting, by=cast.off, reason=WHY)


def test_page_says_when_the_holidays_of_the_year_are_not_known(
    new_meeting: Callable[..., Meeting], cast: Cast
) -> None:
    meeting = new_meeting()
    Holiday.objects.filter(day__year=meeting.held_on.year).delete()

    sent = next(
        row for row in gate.checklist(meeting, timezone.now(), by=cast.off) if row.what == "Gửi trước"
    )

    assert f"Chưa ghi ngày nghỉ lễ năm {meeting.held_on.year}" in sent.note


def test_page_asks_for_the_reason_beside_the_button(
    late: Meeting, cast: Cast, signed_in: Callable[..., Client]
) -> None:
    office, address = signed_in(cast.off), reverse("meetings:convene", args=[late.pk])

    refused = office.post(address, {"reason": " "}).text
    taken = office.post(address, {"reason": WHY}, follow=True).text

    assert "Ghi lý do vẫn triệu tập" in refused
    assert f"Lý do: {WHY}" in taken


def test_forecast_says_when_too_many_stay_away(convened: Meeting, cast: Cast) -> None:
    record_answer(
        participant(convened, cast.chair_r),
        choice=AnswerChoice.ABSENT,
        reason="Đi công tác",
        channel=AnswerChannel.PORTAL,
        by=cast.chair_r,
        version=1,
    )

    forecast = gate.forecast(convened)

    assert (forecast.voting, forecast.absent, forecast.is_out_of_reach) == (1, 1, True)
    assert "Không còn đủ người để họp" in forecast.sentence


def test_guest_does_not_count_for_the_forecast(convened: Meeting, cast: Cast) -> None:
    hold(cast.edi, cast.deputy, cast.b)
    invite(convened, cast.edi, by=cast.off)

    assert gate.forecast(convened).voting == 1
