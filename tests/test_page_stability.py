"""What a reader sees first, and that nothing moves after it: home, list, item, by Chromium's own count.

The time of the largest paint is printed for whoever measures (`-s`), not asserted: no test measures time.
"""

import sys
from collections.abc import Callable, Iterator

import pytest
from cast import Cast
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from newsroom import PNG, publish, publish_many, write
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from members.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: "Good" ends at 0,1 (web.dev/cls); here nothing that moves comes in late at all.
MOST_SHIFT = 0.02
SEEN = """() => new Promise((done) => {
  const seen = {shift: 0, paint: 0, what: ""};
  new PerformanceObserver((list) => list.getEntries().forEach((one) => { seen.shift += one.value; }))
    .observe({type: "layout-shift", buffered: true});
  new PerformanceObserver((list) => list.getEntries().forEach((one) => {
    seen.paint = one.startTime;
    seen.what = one.element ? one.element.tagName : "";
  })).observe({type: "largest-contentful-paint", buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => done(seen)));
})"""


@pytest.fixture
def slug(cast: Cast, edi2: User) -> str:
    """An item with a photograph among twenty others."""
    publish_many(cast.edi, edi2, 20)
    picture = ContentFile(PNG, "anh.png")
    item = write(cast.edi, "Bài có ảnh", cover=picture, cover_alt="Quang cảnh", body="<p>Chữ.</p>" * 30)
    return publish(item, by=edi2).slug


@pytest.fixture(params=[1366, 390])
def page(
    request: pytest.FixtureRequest,
    browser: Browser,
    live_server: LiveServer,
    mem_a1: User,
    signed_in: Callable[..., Client],
) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, viewport={"width": request.param, "height": 800})
    session = signed_in(mem_a1).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_nothing_moves_once_it_is_there(page: Page, slug: str) -> None:
    shifts = {}
    for address in ("/", "/tin-tuc/", f"/tin-tuc/{slug}/"):
        page.goto(address, wait_until="networkidle")
        seen = page.evaluate(SEEN)
        sys.stdout.write(
            f"{address} {page.viewport_size['width']} px: largest paint {seen['paint']:.0f} ms"
            f" ({seen['what']}), shift {seen['shift']:.4f}\n"
        )
        assert seen["paint"] > 0
        shifts[address] = seen["shift"]

    assert [address for address, shift in shifts.items() if shift > MOST_SHIFT] == []
