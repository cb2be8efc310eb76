"""Days, hours and durations that contradict each other are refused in words, and what was typed stays."""

import datetime
from collections.abc import Callable
from uuid import uuid4

import pytest
from cast import Cast
from conferences import in_days, item
from django.test import Client
from django.urls import reverse
from minutes_desk import begin_minutes

from meetings.models import AgendaItem, Meeting, MeetingKind, PaperRequest, Task
from members.models import User
from portal import dates

Browser = Callable[[User | None], Client]
DAY = in_days(9).strftime("%d/%m/%Y")


def said(browser: Client, address: str, form: dict[str, object]) -> str:
    answer = browser.post(address, form)
    assert answer.status_code in (200, 400, 409)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ends_at_1": "13:00"}, "Giờ dự kiến xong phải sau giờ bắt đầu."),
        ({"answer_by_0": DAY, "answer_by_1": "15:00"}, "Hạn trả lời phải trước giờ bắt đầu."),
        ({"starts_at_0": "31/2/2027"}, "Chưa hiểu ngày này."),
        ({"starts_at_1": "25:00"}, "Chưa hiểu giờ này."),
    ],
)
def test_conference_that_contradicts_itself_is_not_set_up(
    cast: Cast, committee_kind: MeetingKind, signed_in: Browser, typed: dict[str, str], words: str
) -> None:
    form = {"kind": committee_kind.pk, "body": cast.executive_committee.pk, "venue": "Hội trường gõ lâu"}
    form |= {"starts_at_0": DAY, "starts_at_1": "14:00", "ends_at_0": DAY, "ends_at_1": "17:00"}

    page = said(signed_in(cast.off), reverse("meetings:create"), form | typed)

    assert words in page
    assert "Hội trường gõ lâu" in page
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("minutes", ["-5", "40000", "nửa giờ"])
def test_item_of_no_possible_length_is_not_added(
    cast: Cast, convened: Meeting, signed_in: Browser, minutes: str
) -> None:
    form = {"kind": "report", "title": "Báo cáo gõ lâu", "minutes": minutes}

    page = said(signed_in(cast.off), reverse("meetings:add_item", args=[convened.pk]), form)

    assert "Báo cáo gõ lâu" in page
    assert 'class="errorlist' in page or 'role="alert"' in page
    assert not AgendaItem.objects.filter(title="Báo cáo gõ lâu").exists()


@pytest.mark.parametrize("days", [-1, 11])
def test_paper_is_due_between_today_and_the_conference(
    cast: Cast, convened: Meeting, signed_in: Browser, days: int
) -> None:
    address = reverse("meetings:request_paper", args=[convened.pk, item(convened, 2).pk])
    form = {"organization": cast.a.pk, "title": "Đề án gõ lâu", "due_on": dates.day(in_days(days))}

    page = said(signed_in(cast.off), address, form)

    assert "Hạn nộp phải từ hôm nay đến ngày họp." in page
    assert "Đề án gõ lâu" in page
    assert not PaperRequest.objects.exists()


def test_task_is_not_due_before_its_conference(cast: Cast, signed_in: Browser) -> None:
    meeting = begin_minutes(cast)
    first, key = meeting.agenda.earliest("position"), uuid4()
    browser = signed_in(cast.off)
    line = {
        "act": "conclusion",
        "item": first.pk,
        "key": key,
        "kind": "task",
        "text": "Rà soát",
        "revision": 0,
    }
    browser.post(reverse("meetings:minutes_save", args=[meeting.pk]), line | {"revision": 0})
    before = meeting.held_on - datetime.timedelta(days=1)
    form = {"act": "task", "item": first.pk, "conclusion": key, "title": "Việc gõ lâu", "lead": cast.a.pk}

    page = said(
        browser, reverse("meetings:minutes", args=[meeting.pk]), form | {"deadline": dates.day(before)}
    )

    assert "Hạn không thể trước ngày họp." in page
    assert "Việc gõ lâu" in page
    assert not Task.objects.exists()
