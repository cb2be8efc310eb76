"""Suggestions while typing: titles that begin like that, of what the reader may see and of nothing else."""

from collections.abc import Callable, Iterator

import pytest
from cast import Cast
from conferences import Conferences
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from newsroom import publish, write
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from members.models import User
from news.models import Article

Browser = Callable[[User | None], Client]


def suggested(browser: Client, words: str) -> list[str]:
    return [one["title"] for one in browser.get(reverse("suggestions"), {"q": words}).json()["found"]]


@pytest.fixture
def items(edi: User, edi2: User) -> list[Article]:
    titles = [
        "Hội nghị sơ kết chuyên đề",
        "Hội thao Khối",
        "Sơ kết hội nghị",
        "Kết nạp đảng viên",
        "Ngày hội mới",
    ]
    return [publish(write(edi, title), by=edi2) for title in titles]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("hoi ng", ["Sơ kết hội nghị", "Hội nghị sơ kết chuyên đề", "Ngày hội mới"]),
        ("HỘI", ["Ngày hội mới", "Sơ kết hội nghị", "Hội thao Khối", "Hội nghị sơ kết chuyên đề"]),
        ("hội nghị sơ kết chuyên đ", ["Hội nghị sơ kết chuyên đề"]),
        ("nghi hoi t", []),
        ("sơ kết", ["Sơ kết hội nghị", "Hội nghị sơ kết chuyên đề"]),
        ("ket s", ["Sơ kết hội nghị", "Hội nghị sơ kết chuyên đề"]),
        ("ket c", ["Hội nghị sơ kết chuyên đề"]),
        ("thao hoi", ["Hội thao Khối"]),
        ("k", []),
        ("  ", []),
        ("'& | !:*", []),
        ("ket na", ["Kết nạp đảng viên"]),
    ],
)
@pytest.mark.django_db
def test_last_syllable_need_only_be_begun(
    items: list[Article], mem_a1: User, signed_in: Browser, words: str, titles: list[str]
) -> None:
    assert suggested(signed_in(mem_a1), words) == titles


@pytest.mark.django_db
def test_nothing_hidden_is_suggested(
    cast: Cast, edi2: User, conferences: Conferences, signed_in: Browser
) -> None:
    publish(write(cast.edi, "Chuyện riêng của B", only_for=cast.b), by=edi2)
    write(cast.edi, "Chuyện còn là bản nháp")

    assert suggested(signed_in(cast.mem_a1), "chuyen") == []
    assert suggested(signed_in(cast.mem_b1), "chuyen") == ["Chuyện riêng của B"]
    assert suggested(signed_in(cast.mem_a1), "dang van hung") == []
    assert suggested(signed_in(cast.edi), "chuyen") == ["Chuyện còn là bản nháp", "Chuyện riêng của B"]


@pytest.mark.django_db
def test_people_are_suggested_to_those_who_manage_them(cast: Cast, signed_in: Browser) -> None:
    assert suggested(signed_in(cast.sec_a), "duong thi a") == [cast.p_a2.full_name]
    assert suggested(signed_in(cast.sec_a), "dang van h") == []


@pytest.mark.django_db
def test_number_of_questions_is_the_same_for_one_and_for_many(
    items: list[Article], mem_a1: User, signed_in: Browser
) -> None:
    browser = signed_in(mem_a1)
    suggested(browser, "hoi")
    with CaptureQueriesContext(
        connection,
    ) as few:
        suggested(browser, "hoi thao")
    with CaptureQueriesContext(connection) as many:
        suggested(browser, "hoi")

    assert len(few) == len(many)


@pytest.fixture
def page(
    browser: Chromium, live_server: LiveServer, items: list[Article], mem_a1: User, signed_in: Browser
) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url)
    session = signed_in(mem_a1).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("news:list"))
    yield page
    context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_keyboard_alone_opens_a_suggestion(page: Page, items: list[Article]) -> None:
    field = page.get_by_role("combobox", name="Tìm trong cổng")
    field.press_sequentially("hoi ng")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    field.press("ArrowDown")
    field.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.nth(1).get_attribute("id"))
    field.press("Escape")
    expect(options).to_have_count(0)

    field.press_sequentially("h")
    expect(options).to_have_count(2)
    field.press("ArrowUp")
    field.press("Enter")

    page.wait_for_url(f"**{items[0].get_absolute_url()}")
