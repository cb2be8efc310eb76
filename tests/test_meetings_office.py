"""The pages of the office, from the empty form to the letters."""

from collections.abc import Callable

import pytest
from cast import Cast
from conferences import Conferences, in_days, participant
from django.test import Client
from django.urls import reverse

from meetings.actions.answers import record_answer
from meetings.models import AnswerChannel, AnswerChoice, Meeting, MeetingKind, MeetingState

SignedIn = Callable[..., Client]

PAGES = (
    "correct",
    "move",
    "cancel",
    "agenda",
    "add_item",
    "participants",
    "add_guest",
    "convene",
    "postpone",
)


def test_reminder_counts_those_it_reaches(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    convened.participants.filter(member=cast.sec_a.member).update(address="")

    page = signed_in(cast.off).get(reverse("meetings:convene", args=[convened.pk])).text

    assert "Nhắc 2 người chưa trả lời" in page
    assert "Còn 1 người chưa trả lời mà chưa có thư điện tử" in page


@pytest.mark.parametrize("name", PAGES)
def test_page_of_preparation_by_role(
    name: str, conferences: Conferences, cast: Cast, signed_in: SignedIn
) -> None:
    address = reverse(f"meetings:{name}", args=[conferences.m1.pk])

    answers = {column: signed_in(user).get(address).status_code for column, user in cast.six.items()}

    assert answers == {"ANON": 302, "MEM": 404, "SEC": 403, "OFF": 200, "EDI": 404, "ADM": 403}


def test_office_sets_up_a_conference(cast: Cast, committee_kind: MeetingKind, signed_in: SignedIn) -> None:
    starts_at, ends_at = in_days(9), in_days(9, 17)

    response = signed_in(cast.off).post(
        reverse("meetings:create"),
        {
            "kind": committee_kind.pk,
            "body": cast.executive_committee.pk,
            "starts_at_0": f"{starts_at:%d/%m/%Y}",
            "starts_at_1": "14:00",
            "ends_at_0": f"{ends_at:%d/%m/%Y}",
            "ends_at_1": "17:00",
            "venue": "Hội trường tầng 2",
            "minute_taker": cast.off.pk,
        },
    )

    meeting = Meeting.objects.get()
    assert (response.status_code, response["Location"]) == (302, meeting.get_absolute_url())
    assert (meeting.starts_at, meeting.ordinal, meeting.agenda.count()) == (starts_at, 1, 2)


def test_secretary_cannot_forge_another_body(
    cast: Cast, committee_kind: MeetingKind, conferences: Conferences, signed_in: SignedIn
) -> None:
    response = signed_in(cast.sec_a).post(
        reverse("meetings:create"), {"kind": committee_kind.pk, "body": conferences.m3.body_id}
    )

    assert response.status_code == 403


@pytest.mark.parametrize(
    ("column", "status"), {"MEM": 403, "SEC": 200, "OFF": 200, "EDI": 403, "ADM": 403}.items()
)
def test_who_may_set_up(
    column: str, status: int, cast: Cast, conferences: Conferences, signed_in: SignedIn
) -> None:
    assert signed_in(cast.six[column]).get(reverse("meetings:create")).status_code == status


def test_convening_twice_sends_once(
    new_meeting: Callable[..., Meeting], cast: Cast, signed_in: SignedIn
) -> None:
    meeting = new_meeting()
    office = signed_in(cast.off)
    office.post(reverse("meetings:expand", args=[meeting.pk]))

    first, second = (office.post(reverse("meetings:convene", args=[meeting.pk])) for _ in range(2))

    meeting.refresh_from_db()
    assert (first.status_code, second.status_code, meeting.state) == (302, 409, MeetingState.CONVENED)
    assert "Đồng chí Lê Văn Phòng đã triệu tập hội nghị này lúc" in second.content.decode()


def test_preview_shows_who_gets_it_and_no_link_that_answers(
    new_meeting: Callable[..., Meeting], cast: Cast, signed_in: SignedIn
) -> None:
    meeting = new_meeting()
    office = signed_in(cast.off)
    office.post(reverse("meetings:expand", args=[meeting.pk]))

    page = office.get(reverse("meetings:convene", args=[meeting.pk])).content.decode()

    assert "Gửi giấy mời cho 1 người" in page
    assert "mỗi người nhận một đường dẫn riêng" in page


def test_office_writes_down_a_telephone_answer(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    person = participant(convened, cast.sec_a)

    signed_in(cast.off).post(
        reverse("meetings:phone_answer", args=[convened.pk, person.pk]),
        {"choice": "absent", "reason": "Đi công tác", "version": 1},
    )

    answer = person.answers.get()
    assert (answer.choice, answer.channel, answer.recorded_by) == ("absent", "phone", cast.off)


def test_moving_by_an_hour_resets_answers_and_tells_each_once(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    person = participant(convened, cast.sec_a)
    record_answer(
        person, choice=AnswerChoice.ATTENDING, channel=AnswerChannel.PORTAL, by=cast.sec_a, version=1
    )
    day = f"{convened.held_on:%d/%m/%Y}"

    signed_in(cast.off).post(
        reverse("meetings:move", args=[convened.pk]),
        {
            "starts_at_0": day,
            "starts_at_1": "15:00",
            "ends_at_0": day,
            "ends_at_1": "17:00",
            "venue": convened.venue,
        },
    )

    convened.refresh_from_db()
    assert (convened.version, convened.participants.silent().count()) == (2, 3)


def test_cancelling_without_a_reason_is_refused(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    signed_in(cast.off).post(reverse("meetings:cancel", args=[convened.pk]), {"reason": " "})

    convened.refresh_from_db()
    assert convened.state == MeetingState.CONVENED


def test_programme_is_for_those_who_plan(cast: Cast, signed_in: SignedIn) -> None:
    address = reverse("meetings:programs")

    answers = {column: signed_in(user).get(address).status_code for column, user in cast.six.items()}

    assert answers == {"ANON": 302, "MEM": 403, "SEC": 200, "OFF": 200, "EDI": 403, "ADM": 403}
