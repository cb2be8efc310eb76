"""A conference in session with its minutes begun, and the desk as two people open it in a browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from cast import PASSWORD, Cast
from meeting_factory import add_delegates, make_m1
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from meetings.actions import minutes, roll_call
from meetings.models import Meeting
from members.models import User

SignIn = Callable[[User], Page]


def begin_minutes(cast: Cast) -> Meeting:
    """M1 in session, `off` writes and `off2` beside him; three more delegates to be found by letters."""
    meeting = make_m1(cast)
    add_delegates(meeting, 3, name="Vũ Văn Mậu")
    roll_call.mark_all_present_except(meeting, by=cast.off, missing=[])
    roll_call.open_meeting(meeting, by=cast.off)
    minutes.name_minute_helpers(meeting, helpers=[cast.off2], by=cast.off)
    minutes.start_minutes(meeting, by=cast.off)
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture
def session(cast: Cast) -> Meeting:
    return begin_minutes(cast)


def is_fault(message: ConsoleMessage) -> bool:
    """A cut network and a conflict are what these tests make; the browser complains of both."""
    expected = r"Failed to load resource|Running the JavaScript URL|Executing inline script"
    return message.type == "error" and not re.match(expected, message.text)


@pytest.fixture
def open_desk(browser: Browser, live_server: LiveServer, session: Meeting) -> Iterator[SignIn]:
    """`open_desk(user)`: that person's own browser at the desk; an error of the script fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def sign_in(user: User) -> Page:
        context = browser.new_context(base_url=live_server.url, locale="vi-VN")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if is_fault(said) else None)
        page.goto(f"/tai-khoan/dang-nhap/?next=/hop/{session.pk}/bien-ban/")
        page.get_by_label("Tên đăng nhập").fill(user.username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        ready(page)
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert complaints == []


def ready(page: Page) -> None:
    expect(editor(page)).to_be_visible()


def editor(page: Page):
    return page.locator(".cke_editable:visible")


def open_item(page: Page, number: int) -> None:
    page.locator(".steps a").nth(number - 1).click()
    expect(page.locator(".kicker:visible")).to_contain_text(f"Mục {number} trên")
    ready(page)


def write(page: Page, words: str) -> None:
    editor(page).click()
    page.keyboard.type(words)


def saved(page: Page) -> None:
    """Everything typed is in the minutes."""
    expect(page.locator("[data-save][data-unsent='0']")).to_contain_text("Đã lưu", timeout=20_000)


def cut(page: Page, *, off: bool = True) -> None:
    page.context.set_offline(off)
