"""The edit page of a news item in a real browser: saved while typing, two editors at once."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from newsroom import usual_category, write
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import User
from news.models import Article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[[User], Page]


@pytest.fixture
def draft(edi: User) -> Article:
    return write(edi, "Bản thảo về công tác cán bộ")


@pytest.fixture
def open_draft(
    browser: Browser, live_server: LiveServer, draft: Article, signed_in: Callable[..., Client]
) -> Iterator[Open]:
    contexts = []

    def opened(user: User) -> Page:
        context = browser.new_context(base_url=live_server.url)
        contexts.append(context)
        session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
        context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        page = context.new_page()
        page.goto(reverse("news:edit", args=[draft.pk]))
        page.locator(".cke_editable").wait_for()
        return page

    yield opened
    for context in contexts:
        context.close()


def test_first_words_of_a_new_page_are_never_lost(
    edi: User, browser: Browser, live_server: LiveServer, signed_in: Callable[..., Client]
) -> None:
    usual_category()
    context = browser.new_context(base_url=live_server.url)
    session = signed_in(edi).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("news:create"))
    page.locator(".cke_editable").fill("Chữ gõ vội.")
    expect(page.locator("[data-save]")).to_contain_text("Đã lưu", timeout=15_000)
    article = Article.objects.get()
    assert (article.plain, page.url) == (
        "Chữ gõ vội.",
        live_server.url + reverse("news:edit", args=[article.pk]),
    )

    page.get_by_label("Tiêu đề").fill("Tin viết vội")
    page.get_by_label("Chuyên mục").select_option(index=1)
    page.get_by_role("button", name="Lưu").click()
    page.wait_for_url(f"{live_server.url}/tin-tuc/tin-viet-voi/")

    assert Article.objects.get().title == "Tin viết vội"
    context.close()


def test_words_save_themselves_and_two_editors_choose(edi: User, edi2: User, open_draft: Open) -> None:
    first, second = open_draft(edi), open_draft(edi2)
    first.get_by_label("Đoạn mở đầu").fill("Chữ của người thứ nhất.")
    expect(first.locator("[data-save]")).to_contain_text("Đã lưu", timeout=15_000)
    expect(first.locator("[data-others]")).to_contain_text(str(edi2), timeout=15_000)

    second.get_by_label("Đoạn mở đầu").fill("Chữ của người thứ hai.")
    choice = second.get_by_role("alert").filter(has_text="Hai người cùng sửa")
    expect(choice.locator("del").filter(has_text="nhất.")).to_be_visible(timeout=15_000)
    assert Article.objects.get().lead == "Chữ của người thứ nhất."
    choice.get_by_role("button", name="Dùng bản của tôi").click()
    expect(second.locator("[data-save]")).to_contain_text("Đã lưu", timeout=15_000)

    kept = Article.objects.get().revisions.order_by("version").values_list("lead", flat=True)
    assert list(kept)[-2:] == ["Chữ của người thứ nhất.", "Chữ của người thứ hai."]


def test_one_press_saves_what_has_saved_itself_before(edi: User, draft: Article, open_draft: Open) -> None:
    page = open_draft(edi)
    page.get_by_label("Đoạn mở đầu").fill("Đã tự lưu.")
    expect(page.locator("[data-save][data-unsent='0']")).to_contain_text("Đã lưu", timeout=15_000)
    page.get_by_label("Bút danh").fill("Văn Bút")

    page.get_by_role("button", name="Lưu").click()

    page.wait_for_url(f"**{draft.get_absolute_url()}", timeout=5_000)
    draft.refresh_from_db()
    assert (draft.lead, draft.byline) == ("Đã tự lưu.", "Văn Bút")
