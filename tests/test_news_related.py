"""Beside an item: the conference it tells of, and the documents it names by their numbers."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast
from conferences import Conferences
from django.core.cache import cache
from django.test import Client
from newsroom import publish, write

from meetings.models import Meeting, MeetingArticle
from members.models import PartyOrganization, User
from news import actions
from news.models import Article

Browser = Callable[[User | None], Client]


def document(edi: User, edi2: User, symbol: str, *, only_for: PartyOrganization | None = None) -> Article:
    article = publish(write(edi, f"Nghị quyết {symbol}", only_for=only_for), by=edi2)
    values = {
        "kind": "NQ",
        "symbol": symbol,
        "abstract": "về chất lượng sinh hoạt chi bộ",
        "issued_by": "Đảng ủy Khối",
        "issued_on": datetime.date(2024, 3, 5),
    }
    actions.describe_document(article, by=edi, values=values)
    return article


def page_of(article: Article, reader: Client) -> str:
    return reader.get(article.get_absolute_url()).content.decode()


def test_documents_named_by_their_numbers_stand_beside_the_item(
    edi: User, edi2: User, cast: Cast, mem_a1: User, signed_in: Browser
) -> None:
    named = document(edi, edi2, "12-NQ/ĐUK")
    document(edi, edi2, "13-NQ/ĐUK")
    hidden = document(edi, edi2, "14-NQ/ĐUK", only_for=cast.b)
    body = "<p>Thực hiện Nghị quyết số 12-NQ/ĐUK và 14-NQ/ĐUK.</p>"
    article = publish(write(edi, "Các chi bộ làm theo nghị quyết", body=body), by=edi2)

    page = page_of(article, signed_in(mem_a1))

    assert "Văn bản liên quan" in page
    assert named.get_absolute_url() in page
    assert "13-NQ/ĐUK" not in page
    assert hidden.get_absolute_url() not in page


def test_item_that_names_none_has_no_such_part(
    edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    own = document(edi, edi2, "12-NQ/ĐUK")

    assert "Văn bản liên quan" not in page_of(own, signed_in(mem_a1))


@pytest.fixture
def told(conferences: Conferences, edi: User, edi2: User) -> tuple[Article, Meeting]:
    article = publish(write(edi, "Hội nghị lần thứ 20"), by=edi2)
    MeetingArticle.objects.create(meeting=conferences.m1, article=article, composed_body="")
    return article, conferences.m1


def test_conference_of_an_item_is_led_to_for_who_may_open_it(
    told: tuple[Article, Meeting], cast: Cast, signed_in: Browser
) -> None:
    article, meeting = told
    cache.clear()

    assert meeting.get_absolute_url() in page_of(article, signed_in(cast.sec_a))
    assert meeting.get_absolute_url() not in page_of(article, signed_in(cast.mem_a1))
    assert meeting.get_absolute_url() in page_of(article, signed_in(cast.off))
