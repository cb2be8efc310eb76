"""The week on paper: an ordinary one, with its changes, is one sheet of A4 across (look.md §8)."""

import datetime
import re
from collections.abc import Iterator

import pytest
from cast import Cast
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from meetings.actions import schedule
from meetings.models import Half
from portal.dates import Week

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def week(cast: Cast) -> Week:
    """Two things on each of the five days, one of them moved to another room since."""
    week = Week.of(timezone.localdate()).next
    for day in week.days[:5]:
        for half, hour in ((Half.MORNING, 8), (Half.AFTERNOON, 14)):
            entry = schedule.add_entry(
                date=day,
                half=half,
                hour=datetime.time(hour),
                content="Làm việc với Đảng ủy Sở Y tế về công tác kết nạp đảng viên những tháng cuối năm",
                venue="Phòng họp số 2, tầng 3",
                participants_text="Phó Bí thư Thường trực; Ban Tổ chức, Văn phòng",
                by=cast.off,
            )
    schedule.publish_week(week, by=cast.off)
    kept = {name: getattr(entry, name) for name in schedule.PLAN} | {"venue": "Hội trường tầng 2"}
    schedule.change_entry(entry, by=cast.off, leaders=[], **kept)
    return week


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, cast: Cast, week: Week) -> Iterator[Page]:
    client = Client()
    client.force_login(cast.mem_a1, backend="members.backends.AccountBackend")
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context = browser.new_context()
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("meetings:week_of", args=[week]))
    yield page
    context.close()


def test_week_is_one_sheet_across(page: Page) -> None:
    paper = page.pdf(prefer_css_page_size=True)

    sheets = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper)
    assert [(round(float(width)), round(float(height))) for width, height in sheets] == [(842, 595)]


def test_button_prints(page: Page) -> None:
    page.evaluate("window.print = () => { window.printed = true; }")

    page.get_by_role("button", name="In lịch").click()

    assert page.evaluate("window.printed") is True
