"""Reading alone: the words of one item and nothing beside them, without a script."""

from collections.abc import Callable, Iterator

import pytest
from cast import Cast
from django.conf import settings
from django.test import Client
from newsroom import publish, write
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import User
from news.models import Article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BESIDE = [".masthead", ".nav", ".crumbs", ".foot", ".bottombar", "aside"]


@pytest.fixture
def article(cast: Cast, edi2: User) -> Article:
    return publish(write(cast.edi, "Quy chế làm việc", body="<p>Điều 1.</p>" * 30), by=edi2)


@pytest.fixture
def page(
    browser: Browser, live_server: LiveServer, cast: Cast, signed_in: Callable[..., Client]
) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    session = signed_in(cast.mem_a1).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_reader_sees_the_words_alone_and_comes_back(page: Page, article: Article, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(article.get_absolute_url())
    before = page.locator(".prose p").first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")

    page.get_by_role("link", name="Chế độ đọc", exact=True).click()

    for beside in BESIDE:
        expect(page.locator(beside).first).to_be_hidden()
    words = page.locator(".prose p").first
    expect(words).to_be_visible()
    assert words.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") > before
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The way back stands where one begins and where one has read to.
    ways_back = page.get_by_role("link", name="Thôi chế độ đọc")
    expect(ways_back).to_have_count(2)
    ways_back.last.click()
    expect(page.locator("aside").first).to_be_visible()
