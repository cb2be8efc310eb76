"""Files are chosen in Vietnamese, whatever language the browser speaks; with a mouse, keys, no script."""

import re
from collections.abc import Callable, Iterator

import pytest
from cast import Cast
from django.conf import settings
from django.test import Client
from django.urls import reverse
from lists import HUNG, listed
from newsroom import PNG, usual_category
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import ImportBatch, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIST = {"name": "Danh sách A1.xlsx", "mimeType": "application/xlsx", "buffer": listed(HUNG).read()}
PICTURES = [{"name": f"ảnh {number}.png", "mimeType": "image/png", "buffer": PNG} for number in (1, 2)]

Opening = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer, signed_in: Callable[..., Client]) -> Iterator[Opening]:
    """An address as somebody sees it whose browser speaks English."""
    contexts = []

    def opened(user: User, address: str, **options: bool) -> Page:
        contexts.append(browser.new_context(base_url=live_server.url, locale="en-GB", **options))
        session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
        contexts[-1].add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_what_is_chosen_is_said_in_vietnamese(opened: Opening, cast: Cast) -> None:
    page = opened(cast.sec_a, reverse("members:imports"))
    field = page.get_by_label("Tệp Excel")
    expect(page.get_by_text("Chọn tệp…")).to_be_visible()
    expect(field).to_have_accessible_description(re.compile("^Tệp .xlsx như .* Chưa chọn tệp$"))

    field.set_input_files(LIST)

    expect(page.get_by_text("Danh sách A1.xlsx")).to_be_visible()
    expect(page.get_by_text("Chưa chọn tệp")).to_have_count(0)
    expect(field).to_have_css("opacity", "0")


def test_several_files_are_counted_and_named(opened: Opening, cast: Cast) -> None:
    usual_category()
    page = opened(cast.edi, reverse("news:create"))

    page.get_by_label("Thêm tệp").set_input_files(PICTURES)

    expect(page.get_by_text("2 tệp: ảnh 1.png, ảnh 2.png")).to_be_visible()
    # The other field of the page is left as it was.
    expect(page.get_by_text("Chưa chọn tệp")).to_have_count(1)


def test_words_over_the_field_open_it_and_show_where_the_keys_are(opened: Opening, cast: Cast) -> None:
    page = opened(cast.sec_a, reverse("members:imports"))

    with page.expect_file_chooser():
        page.get_by_text("Chọn tệp…").click(force=True)
    with page.expect_file_chooser():
        page.get_by_label("Tệp Excel").press("Enter")

    expect(page.locator(".file-face")).to_have_css("outline-style", "solid")
    expect(page.locator(".file-face")).to_have_css("outline-width", "3px")


def test_without_script_the_field_itself_is_seen_and_takes_the_file(opened: Opening, cast: Cast) -> None:
    page = opened(cast.sec_a, reverse("members:imports"), java_script_enabled=False)
    field = page.get_by_label("Tệp Excel")
    expect(field).to_have_css("opacity", "1")
    expect(page.get_by_text("Chọn tệp…")).to_be_hidden()

    field.set_input_files(LIST)
    page.get_by_label("Tôi xác nhận").check()
    page.get_by_role("button", name="Tải lên").click()

    expect(page.get_by_role("heading", name=LIST["name"])).to_be_visible()
    assert ImportBatch.objects.get().name == LIST["name"]
