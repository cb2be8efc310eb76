"""Two conferences at once: the room, the chair and the committee, said before and at convening."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from conferences import Conferences, in_days, invite
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from meetings import clashes
from meetings.actions import convening, meetings, participants, schedule
from meetings.models import Half, Meeting, ScheduleEntry
from portal import dates

SignedIn = Callable[..., Client]
NewMeeting = Callable[..., Meeting]


def sentences(meeting: Meeting, cast: Cast) -> str:
    return " ".join(clash.sentence for clash in clashes.find(clashes.plan_of(meeting), seen_by=cast.off))


def typed(meeting: Meeting, **more: object) -> dict[str, object]:
    day = f"{meeting.held_on:%d/%m/%Y}"
    return {
        "starts_at_0": day,
        "starts_at_1": "14:00",
        "ends_at_0": day,
        "ends_at_1": "17:00",
        "venue": meeting.venue,
    } | more


def test_room_taken_for_the_same_hours(new_meeting: NewMeeting, cast: Cast) -> None:
    first, second = new_meeting(chair=cast.chair_r.member), new_meeting(venue="HỘI TRƯỜNG TẦNG 2")

    assert f"Hội trường tầng 2 đã có “{first}” từ 14 giờ 00 đến 17 giờ 00." in sentences(second, cast)


def test_room_free_again_in_the_same_half_day(new_meeting: NewMeeting, cast: Cast) -> None:
    new_meeting(ends_at=in_days(10, 15))

    assert "Hội trường" not in sentences(new_meeting(starts_at=in_days(10, 15)), cast)


def test_chair_is_wanted_twice_in_one_half_day(new_meeting: NewMeeting, cast: Cast) -> None:
    new_meeting(ends_at=in_days(10, 15), venue="Phòng 1")

    found = sentences(new_meeting(starts_at=in_days(10, 16)), cast)

    assert "Người chủ trì, đồng chí Hoàng Văn Chủ, cùng buổi đó chủ trì" in found


def test_morning_does_not_meet_afternoon(new_meeting: NewMeeting, cast: Cast) -> None:
    new_meeting(starts_at=in_days(10, 8), ends_at=in_days(10, 12))

    assert sentences(new_meeting(), cast) == ""


def test_committee_member_in_two_places(new_meeting: NewMeeting, cast: Cast) -> None:
    other = new_meeting(venue="Phòng 1", chair=cast.off.member)
    invite(other, cast.chair_r, by=cast.off)

    found = sentences(new_meeting(chair=cast.edi.member), cast)

    assert "1 ủy viên cùng buổi đó có" in found
    assert "Hoàng Văn Chủ" in found


@pytest.mark.parametrize("stop", [meetings.cancel_meeting, meetings.postpone_meeting])
def test_conference_called_off_takes_no_room(
    stop: Callable[..., Meeting], convened: Meeting, new_meeting: NewMeeting, cast: Cast
) -> None:
    stop(convened, reason="Bão", by=cast.off)

    assert sentences(new_meeting(), cast) == ""


def entry(cast: Cast, **more: object) -> ScheduleEntry:
    """The office notes a morning on a farm for the chair, the day of the conferences."""
    row = {
        "date": timezone.localdate() + datetime.timedelta(days=10),
        "half": Half.AFTERNOON,
        "hour": None,
        "until": None,
        "content": "Thăm nông trường",
        "venue": "Nông trường",
        "participants_text": "",
        "leaders": [cast.chair_r.member],
    }
    return schedule.add_entry(by=cast.off, **row | more)


def test_diary_of_the_chair_is_in_the_way(new_meeting: NewMeeting, cast: Cast) -> None:
    day = dates.day_short(entry(cast).date)

    assert sentences(new_meeting(), cast) == (
        f"Người chủ trì, đồng chí Hoàng Văn Chủ, cùng buổi đó dự “Thăm nông trường” cả buổi chiều {day}."
    )


def test_room_lent_to_the_diary_is_taken(new_meeting: NewMeeting, cast: Cast) -> None:
    entry(cast, venue="Hội trường tầng 2", leaders=[], hour=datetime.time(15))

    assert sentences(new_meeting(), cast) == "Hội trường tầng 2 đã có “Thăm nông trường” lúc 15 giờ 00."


def test_diary_that_is_not_put_up_is_not_named_to_others(conferences: Conferences, cast: Cast) -> None:
    entry(cast, venue="Hội trường tầng 2")

    found = clashes.find(clashes.plan_of(conferences.m4), seen_by=cast.sec_a)

    assert not any("nông trường" in clash.sentence for clash in found)


def test_diary_at_the_gate_asks_for_a_reason(new_meeting: NewMeeting, cast: Cast) -> None:
    meeting = new_meeting()
    participants.expand_classes(meeting, by=cast.off)
    entry(cast)

    with pytest.raises(ValidationError, match="Thăm nông trường"):
        convening.convene_meeting(meeting, by=cast.off)


def test_one_after_the_other_in_one_room_is_no_clash(new_meeting: NewMeeting, cast: Cast) -> None:
    new_meeting(ends_at=in_days(10, 15))

    assert sentences(new_meeting(starts_at=in_days(10, 15)), cast) == ""


def test_conference_that_began_the_day_before_still_holds_its_room(
    new_meeting: NewMeeting, cast: Cast
) -> None:
    new_meeting(starts_at=in_days(9), ends_at=in_days(10, 17))

    assert "Hội trường tầng 2 đã có" in sentences(new_meeting(), cast)


def test_number_of_questions_does_not_grow(
    new_meeting: NewMeeting, cast: Cast, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    plan = clashes.plan_of(new_meeting())
    for _ in range(3):
        new_meeting()
        entry(cast)

    _ = cast.off.powers
    with django_assert_max_num_queries(6):
        clashes.find(plan, seen_by=cast.off)


def test_hidden_conference_is_not_named(conferences: Conferences, cast: Cast) -> None:
    plan = clashes.plan_of(conferences.m4)

    found = [clash.sentence for clash in clashes.find(plan, seen_by=cast.sec_a)]

    assert "Hội trường tầng 2 đã có cuộc họp khác từ 14 giờ 00 đến 17 giờ 00." in found
    assert not any(str(conferences.m3) in sentence for sentence in found)


def test_clash_at_the_gate_asks_for_a_reason(new_meeting: NewMeeting, cast: Cast) -> None:
    new_meeting()
    second = new_meeting()
    participants.expand_classes(second, by=cast.off)

    with pytest.raises(ValidationError, match="Ghi lý do vẫn triệu tập"):
        convening.convene_meeting(second, by=cast.off)

    assert convening.convene_meeting(second, by=cast.off, reason="Họp nối tiếp").warnings_reason


def test_move_into_a_clash_is_asked_once_more(
    new_meeting: NewMeeting, cast: Cast, signed_in: SignedIn
) -> None:
    first, second = new_meeting(), new_meeting(starts_at=in_days(11), ends_at=in_days(11, 17))
    office, address = signed_in(cast.off), reverse("meetings:move", args=[second.pk])

    asked = office.post(address, typed(first))
    second.refresh_from_db()
    before = second.starts_at
    office.post(address, typed(first, clashes_seen=f"meeting{first.pk}"))
    second.refresh_from_db()

    assert "Chưa lưu. Sửa lại, hoặc bấm nút lần nữa" in asked.text
    assert (before, second.starts_at) == (in_days(11), in_days(10))


def test_warning_while_typing_writes_nothing(
    new_meeting: NewMeeting, cast: Cast, signed_in: SignedIn
) -> None:
    first, second = new_meeting(), new_meeting(starts_at=in_days(11), ends_at=in_days(11, 17))

    page = signed_in(cast.off).post(reverse("meetings:clashes"), typed(first, hop=second.pk))

    second.refresh_from_db()
    assert f"đã có “{first}”" in page.text
    assert second.starts_at == in_days(11)


def test_new_conference_is_warned_of_by_its_body(
    new_meeting: NewMeeting, cast: Cast, signed_in: SignedIn
) -> None:
    first = new_meeting()

    page = signed_in(cast.off).post(
        reverse("meetings:clashes"), typed(first, venue="Phòng 9", body=first.body_id)
    )

    assert "1 ủy viên cùng buổi đó có" in page.text


@pytest.mark.parametrize(
    ("column", "status"), {"ANON": 302, "MEM": 403, "SEC": 200, "OFF": 200, "EDI": 403, "ADM": 403}.items()
)
def test_who_may_ask(
    column: str, status: int, conferences: Conferences, cast: Cast, signed_in: SignedIn
) -> None:
    assert signed_in(cast.six[column]).post(reverse("meetings:clashes"), {}).status_code == status


def test_half_typed_form_warns_of_nothing(cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.off).post(
        reverse("meetings:clashes"), {"starts_at_0": "30/2", "starts_at_1": "", "venue": "Phòng 1"}
    )

    assert (page.status_code, page.text.strip()) == (200, "")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_warning_appears_while_typing(
    new_meeting: NewMeeting, cast: Cast, live_server: LiveServer, browser: Browser, signed_in: SignedIn
) -> None:
    first, second = new_meeting(), new_meeting(starts_at=in_days(11), ends_at=in_days(11, 17))
    session = signed_in(cast.off).cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context(base_url=live_server.url)
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("meetings:move", args=[second.pk]))

    for group in ("Bắt đầu", "Dự kiến xong"):
        page.get_by_role("group", name=group).get_by_label("Ngày").fill(f"{first.held_on:%d/%m/%Y}")

    page.get_by_text("Trùng lịch").wait_for()
    assert f"đã có “{first}”" in page.locator("[data-clashes]").inner_text()
    context.close()
