"""The news of earlier months: counted and listed for what the reader may read, by the clock of the office."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from newsroom import publish, publish_many, write

from members.models import User
from news import edition
from portal import dates

Browser = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db


def at(year: int, month: int, day: int, hour: int = 12) -> datetime.datetime:
    return dates.midnight(datetime.date(year, month, day)) + datetime.timedelta(hours=hour)


@pytest.fixture
def items(cast: Cast, edi2: User) -> None:
    """Two of September, the first and the last hour of it; one of October; one for B alone; a draft."""
    publish(write(cast.edi, "Sáng mồng một"), by=edi2, at=at(2024, 9, 1, 0))
    publish(write(cast.edi, "Đêm ba mươi"), by=edi2, at=at(2024, 9, 30, 23))
    publish(write(cast.edi, "Tháng mười"), by=edi2, at=at(2024, 10, 1, 0))
    publish(write(cast.edi, "Của B", only_for=cast.b), by=edi2, at=at(2024, 9, 15))
    write(cast.edi, "Còn viết dở")


def counted(browser: Client) -> list[tuple[int, int, int]]:
    years = browser.get(reverse("news:archive")).context["years"]
    return [tuple(month) for _, months in years for month in months]


def listed(browser: Client, year: int, month: int) -> list[str]:
    return [row.title for row in browser.get(reverse("news:month", args=[year, month])).context["rows"]]


def test_months_count_and_list_what_the_reader_may_read(cast: Cast, items: None, signed_in: Browser) -> None:
    assert counted(signed_in(cast.mem_a1)) == [(2024, 10, 1), (2024, 9, 2)]
    assert listed(signed_in(cast.mem_a1), 2024, 9) == ["Đêm ba mươi", "Sáng mồng một"]
    assert counted(signed_in(cast.mem_b1)) == [(2024, 10, 1), (2024, 9, 3)]
    assert listed(signed_in(cast.mem_b1), 2024, 9) == ["Đêm ba mươi", "Của B", "Sáng mồng một"]


def test_long_month_is_read_page_by_page(cast: Cast, edi2: User, signed_in: Browser) -> None:
    articles = publish_many(cast.edi, edi2, 25)
    for place, article in enumerate(articles):
        article.published_at = at(2024, 8, 2) + datetime.timedelta(minutes=place)
        article.save(update_fields=["published_at"])
    address = reverse("news:month", args=[2024, 8])

    first = signed_in(cast.mem_a1).get(address).context["page"]
    second = signed_in(cast.mem_a1).get(f"{address}?cu-hon={first.older}").context["page"]

    assert [row.pk for row in (*first.rows, *second.rows)] == [article.pk for article in reversed(articles)]
    assert not second.older


@pytest.mark.parametrize("address", ["2024-13/", "2024-0/", "0-1/", "9999-12/", "2024-9/?cu-hon=x"])
def test_no_such_month_is_no_page(mem_a1: User, signed_in: Browser, address: str) -> None:
    assert signed_in(mem_a1).get(f"/tin-tuc/luu-tru/{address}").status_code == 404


def questions(browser: Client) -> int:
    """Of a page of which nothing is kept."""
    cache.delete(edition.NEWS.key)
    with CaptureQueriesContext(connection) as asked:
        counted(browser)
    return len(asked)


def test_questions_are_as_many_for_two_months_as_for_three(
    cast: Cast, items: None, edi2: User, signed_in: Browser
) -> None:
    browser = signed_in(cast.mem_a1)
    counted(browser)
    for_two = questions(browser)
    publish(write(cast.edi, "Tháng bảy"), by=edi2, at=at(2024, 7, 1))

    assert (questions(browser), len(counted(browser))) == (for_two, 3)
