"""Tags and series of an item chosen by typing a few letters, in a real browser."""

from collections.abc import Callable, Iterator

import pytest
from cast import Cast
from django.conf import settings
from django.test import Client
from django.urls import reverse
from newsroom import publish, write
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import User
from news.actions import set_topics
from news.models import Article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def item(cast: Cast, edi2: User) -> Article:
    """An item without topics; another one has some."""
    other = publish(write(cast.edi, "Bài đã có thẻ"), by=edi2)
    set_topics(other, by=cast.edi, tags=["kết nạp", "đại hội"], series="Đại hội các chi bộ")
    return publish(write(cast.edi, "Bài chưa có thẻ"), by=edi2)


@pytest.fixture
def page(
    browser: Browser, live_server: LiveServer, cast: Cast, item: Article, signed_in: Callable[..., Client]
) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url)
    session = signed_in(cast.edi).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("news:topics", args=[item.pk]))
    yield page
    context.close()


def choose(page: Page, field: Locator, letters: str, name: str) -> None:
    field.press_sequentially(letters)
    expect(page.get_by_role("option", name=name)).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_tags_are_taken_in_one_after_the_other_beside_a_new_one(page: Page, item: Article) -> None:
    tags = page.locator("[name=tags]")
    choose(page, tags, "ket", "kết nạp")
    expect(tags).to_have_value("kết nạp, ")
    choose(page, tags, "dai", "đại hội")
    expect(tags).to_have_value("kết nạp, đại hội, ")
    tags.press_sequentially("thẻ mới")

    page.get_by_role("button", name="Ghi").click()
    page.wait_for_url(item.get_absolute_url())

    assert {str(tag) for tag in item.tags.all()} == {"kết nạp", "đại hội", "thẻ mới"}


def test_series_is_taken_in_whole(page: Page, item: Article) -> None:
    series = page.locator("[name=series]")
    choose(page, series, "dai hoi", "Đại hội các chi bộ")
    expect(series).to_have_value("Đại hội các chi bộ")

    page.get_by_role("button", name="Ghi").click()
    page.wait_for_url(item.get_absolute_url())

    item.refresh_from_db()
    assert str(item.series) == "Đại hội các chi bộ"


def test_escape_leaves_what_was_typed(page: Page) -> None:
    tags = page.locator("[name=tags]")
    tags.press_sequentially("ket")
    expect(page.get_by_role("option", name="kết nạp")).to_be_visible()

    tags.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(tags).to_have_value("ket")
