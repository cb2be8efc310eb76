"""The desks end to end through the browser's requests: roll call, running, minutes, news item."""

from collections.abc import Callable

import pytest
from cast import Cast
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from meeting_factory import add_delegates, make_m1

from meetings.actions import minutes as minutes_actions
from meetings.actions import roll_call
from meetings.minutes_record import content_hash
from meetings.models import (
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingState,
    Minutes,
    MinutesBlock,
    MinutesState,
)
from members.models import User
from portal.models import AuditEntry

Browser = Callable[[User | None], Client]


@pytest.fixture
def m1(cast: Cast) -> Meeting:
    return make_m1(cast)


def open_minutes(cast: Cast, meeting: Meeting) -> Minutes:
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[])
    roll_call.open_meeting(meeting, by=cast.off)
    return minutes_actions.start_minutes(meeting, by=cast.off)


def finish(cast: Cast, meeting: Meeting) -> Minutes:
    minutes = open_minutes(cast, meeting)
    for item in meeting.agenda.all():
        minutes_actions.save_block(minutes, item, body=f"<p>Nghe {item}</p>", revision=0, by=cast.off)
    roll_call.close_meeting(meeting, by=cast.off, despite="Biểu quyết sau")
    minutes_actions.sign_minutes(minutes, by=cast.off)
    return minutes_actions.approve_minutes(minutes, by=cast.chair_r)


def url(name: str, meeting: Meeting) -> str:
    return reverse(f"meetings:{name}", args=[meeting.pk])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("roll_call", {"ANON": 302, "MEM": 404, "SEC": 403, "OFF": 200, "EDI": 404, "ADM": 403}),
        ("running", {"ANON": 302, "MEM": 404, "SEC": 403, "OFF": 200, "EDI": 404, "ADM": 403}),
        ("minutes", {"ANON": 302, "MEM": 404, "SEC": 404, "OFF": 200, "EDI": 404, "ADM": 404}),
        ("news_item", {"ANON": 302, "MEM": 404, "SEC": 403, "OFF": 200, "EDI": 404, "ADM": 404}),
    ],
)
def test_who_may_open_a_desk(
    cast: Cast, m1: Meeting, signed_in: Browser, name: str, expected: dict[str, int]
) -> None:
    open_minutes(cast, m1)

    answers = {role: signed_in(user).get(url(name, m1)).status_code for role, user in cast.six.items()}

    assert answers == expected


def test_letters_and_enter_mark_the_one_who_fits(cast: Cast, m1: Meeting, signed_in: Browser) -> None:
    signed_in(cast.off).post(url("roll_call", m1), {"tim": "hoang van chu"})

    assert Attendance.objects.get().participant.full_name == "Hoàng Văn Chủ"


def test_letters_that_fit_several_mark_nobody(cast: Cast, m1: Meeting, signed_in: Browser) -> None:
    add_delegates(m1, 3)

    answer = signed_in(cast.off).post(url("roll_call", m1), {"tim": "dai bieu"})

    assert "3 đồng chí khớp" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_a_button_marks_with_its_reason(cast: Cast, m1: Meeting, signed_in: Browser) -> None:
    person = m1.participants.get(member=cast.chair_r.member)

    signed_in(cast.off).post(url("roll_call", m1), {"mark": f"excused:{person.pk}", "reason": "Đi công tác"})

    mark = Attendance.objects.get()
    assert (mark.status, mark.reason) == (AttendanceStatus.EXCUSED, "Đi công tác")


def test_desk_offers_the_minutes_to_who_may_open_them(
    cast: Cast, m1: Meeting, off2: User, signed_in: Browser
) -> None:
    door = f'href="{url("minutes", m1)}"'
    roll_call.mark_all_present_except(m1, by=cast.off, missing=[])
    roll_call.open_meeting(m1, by=cast.off)

    before = [signed_in(user).get(url("running", m1)).text for user in (cast.off, off2)]
    minutes_actions.start_minutes(m1, by=cast.off)

    assert [door in page for page in before] == [True, False]
    assert door in signed_in(off2).get(url("running", m1)).text


def test_the_conference_is_opened_and_closed_at_its_desk(cast: Cast, m1: Meeting, signed_in: Browser) -> None:
    browser = signed_in(cast.off)
    roll_call.mark_all_present_except(m1, by=cast.off, missing=[])

    browser.post(url("running", m1), {"act": "open"})
    refused = browser.post(url("running", m1), {"act": "close"}).content.decode()
    m1.refresh_from_db()
    assert m1.state == MeetingState.IN_SESSION
    assert "Mục 3 chưa ghi kết quả biểu quyết. Ghi ở bàn ghi biên bản" in refused

    browser.post(url("running", m1), {"act": "close", "words": "Để hội nghị sau biểu quyết"})

    m1.refresh_from_db()
    assert m1.state == MeetingState.MINUTES
    closing = AuditEntry.objects.get(action="meetings.close")
    assert closing.changes["despite"][1] == "Để hội nghị sau biểu quyết"


def test_two_people_in_one_block_see_both_texts(cast: Cast, m1: Meeting, signed_in: Browser) -> None:
    minutes = open_minutes(cast, m1)
    item = m1.agenda.all()[0]
    minutes_actions.save_block(minutes, item, body="<p>Bản thứ nhất</p>", revision=0, by=cast.off)

    answer = signed_in(cast.off).post(
        url("minutes", m1), {"act": "block", "item": item.pk, "body": "<p>Bản thứ hai</p>", "revision": 0}
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản thứ nhất" in page
    assert "Bản thứ hai" in page
    assert MinutesBlock.objects.get().body == "<p>Bản thứ nhất</p>"


def test_saving_on_the_new_revision_goes_through(cast: Cast, m1: Meeting, signed_in: Browser) -> None:
    minutes = open_minutes(cast, m1)
    item = m1.agenda.all()[0]
    minutes_actions.save_block(minutes, item, body="<p>Một</p>", revision=0, by=cast.off)

    answer = signed_in(cast.off).post(
        url("minutes", m1), {"act": "block", "item": item.pk, "body": "<p>Hai</p>", "revision": 1}
    )

    assert answer.status_code == 302
    assert MinutesBlock.objects.get().body == "<p>Hai</p>"


@pytest.mark.parametrize("who", ["off2", "chair_r"])
def test_only_the_named_minute_taker_writes(cast: Cast, m1: Meeting, signed_in: Browser, who: str) -> None:
    open_minutes(cast, m1)
    item = m1.agenda.all()[0]

    answer = signed_in(getattr(cast, who)).post(
        url("minutes", m1), {"act": "block", "item": item.pk, "body": "x", "revision": 0}
    )

    assert answer.status_code == 403
    assert not MinutesBlock.objects.exists()


def test_chair_approves_once(cast: Cast, m1: Meeting, signed_in: Browser) -> None:
    minutes = finish(cast, m1)

    answer = signed_in(cast.chair_r).post(url("minutes", m1), {"act": "approve"})

    assert answer.status_code == 409
    assert (minutes.symbol, minutes.state) == ("01-BB/ĐUK", MinutesState.APPROVED)


def test_nobody_approves_in_the_name_of_the_chair(cast: Cast, m1: Meeting, signed_in: Browser) -> None:
    open_minutes(cast, m1)

    assert signed_in(cast.off).post(url("minutes", m1), {"act": "approve"}).status_code == 403


def test_what_is_lacking_is_said_before_signing(cast: Cast, m1: Meeting, signed_in: Browser) -> None:
    open_minutes(cast, m1)

    answer = signed_in(cast.off).post(url("minutes", m1), {"act": "sign"})

    assert answer.status_code == 409
    assert "Chưa trình được: Chưa có giờ bế mạc." in answer.content.decode()


def test_approved_minutes_keep_committee_items_from_guests(
    cast: Cast, m1: Meeting, signed_in: Browser
) -> None:
    finish(cast, m1)

    seen = {who: signed_in(getattr(cast, who)).get(url("minutes", m1)) for who in ("sec_a", "chair_r", "off")}

    assert {who: "Công tác cán bộ" in page.content.decode() for who, page in seen.items()} == {
        "sec_a": False,
        "chair_r": True,
        "off": True,
    }


def test_approved_minutes_carry_the_hash_of_their_text(cast: Cast, m1: Meeting) -> None:
    finish(cast, m1)

    minutes = Minutes.objects.get()

    assert minutes.content_hash == content_hash(minutes.content)


@pytest.mark.parametrize(
    "change",
    [
        lambda minutes: minutes.save(),
        lambda minutes: Minutes.objects.update(symbol="99-BB/ĐUK"),
        lambda minutes: MinutesBlock.objects.update(body="<p>Khác</p>"),
        lambda minutes: connection.cursor().execute("UPDATE meetings_minutes SET content = '{}'"),
        lambda minutes: connection.cursor().execute("DELETE FROM meetings_minutesblock"),
    ],
    ids=["model", "queryset", "block", "plain SQL", "plain delete"],
)
def test_approved_minutes_are_final(cast: Cast, m1: Meeting, change: Callable[[Minutes], object]) -> None:
    minutes = finish(cast, m1)

    with pytest.raises(ProgrammingError), transaction.atomic():
        change(minutes)
