"""The pages everybody opens ask the database as often with 200 rows as with 20."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from letters import post
from meeting_factory import add_delegates, add_item, add_person, make_kind, make_meeting
from newsroom import publish_many

from members.models import User
from news.models import Article
from portal.outbox import Recipient

SignedIn = Callable[[User | None], Client]


def fill(cast: Cast, edi2: User, number: int) -> dict[str, str]:
    """So many of everything a page lists; where the four pages are."""
    articles = publish_many(cast.edi, edi2, number)
    reader = Recipient(cast.mem_b1, str(cast.mem_b1), cast.mem_b1.email, f"user:{cast.mem_b1.pk}")
    for place in range(number):
        post(cast.r, [reader], kind="news.returned", key=f"queries:{number}:{place}")
    now, kind = timezone.now(), make_kind()
    for _ in range(number // 4):
        later = {"starts_at": now + datetime.timedelta(hours=1), "ends_at": now + datetime.timedelta(hours=3)}
        meeting = make_meeting(cast, kind=kind, **later)
        add_person(meeting, cast.mem_b1)
    add_delegates(meeting, number)
    for place in range(1, number + 1):
        add_item(meeting, place, minutes=1)
    return {
        "home": "/",
        "list": "/tin-tuc/",
        "article": articles[0].get_absolute_url(),
        "meeting": meeting.get_absolute_url(),
    }


def questions(reader: Client, address: str) -> int:
    """With nothing kept but the session, so that every row is asked for."""
    reader.get(address)
    cache.clear()
    reader.get("/tai-khoan/")
    with CaptureQueriesContext(connection) as captured:
        assert reader.get(address).status_code == 200
    return len(captured)


@pytest.mark.django_db
def test_number_of_queries_is_the_same_at_20_and_at_200_rows(
    cast: Cast, edi2: User, signed_in: SignedIn
) -> None:
    reader, counts = signed_in(cast.mem_b1), []

    for number in (20, 200):
        Article.objects.all().delete()
        pages = fill(cast, edi2, number)
        counts.append({page: questions(reader, address) for page, address in pages.items()})

    assert counts[0] == counts[1]
    assert counts[0]["home"] <= 15
