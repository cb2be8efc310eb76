"""On top until a day, and taken away by itself after a day."""

import datetime
import re
from collections.abc import Callable

import pytest
import time_machine
from cast import Cast
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import publish, publish_many, write

from members.models import User
from news import actions
from news.models import Article, ArticleState
from portal.models import Notice

Browser = Callable[[User | None], Client]
DAY = datetime.timedelta(days=1)


def today() -> datetime.date:
    return timezone.localdate()


@pytest.fixture
def old(cast: Cast, edi2: User) -> Article:
    """Below 25 newer ones."""
    article = publish(write(cast.edi, "Lịch đại hội"), by=edi2, at=timezone.now() - 9 * DAY)
    publish_many(cast.edi, edi2, 25)
    return article


def pin(article: Article, until: datetime.date | None, *, by: User) -> None:
    actions.set_display(article, by=by, pinned_until=until, expires_on=None)


def titles(page: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]*">([^<]*)</a>', page)


def test_pinned_item_stands_on_top_until_its_day(
    old: Article, edi: User, mem_a1: User, signed_in: Browser
) -> None:
    pin(old, today() + DAY, by=edi)
    reader = signed_in(mem_a1)

    listed, home = (titles(reader.get(address).content.decode()) for address in ("/tin-tuc/", "/"))
    assert (listed[0], listed.count(old.title), len(listed)) == (old.title, 1, 21)
    assert home[0] == old.title
    with time_machine.travel(timezone.now() + 2 * DAY):
        assert old.title not in titles(signed_in(mem_a1).get("/tin-tuc/").content.decode())


def test_pinned_item_of_another_organization_is_on_nobody_elses_page(
    cast: Cast, edi2: User, signed_in: Browser
) -> None:
    article = publish(write(cast.edi, "Chuyện của B", only_for=cast.b), by=edi2)
    pin(article, today(), by=cast.edi)

    seen = {user: article.title in signed_in(user).get("/").text for user in (cast.mem_a1, cast.mem_b1)}

    assert seen == {cast.mem_a1: False, cast.mem_b1: True}


def test_item_goes_by_itself_after_its_last_day(
    old: Article, edi: User, mem_a1: User, signed_in: Browser
) -> None:
    actions.set_display(old, by=edi, pinned_until=None, expires_on=today())
    assert actions.withdraw_expired(today()) == 0

    gone = [actions.withdraw_expired(today() + DAY) for _ in range(2)]

    old.refresh_from_db()
    assert (gone, old.state, old.expires_on) == ([1, 0], ArticleState.WITHDRAWN, None)
    assert old.note.startswith("Hết ngày hiện (") and old.steps.get(verb="expired").by is None
    assert Notice.objects.filter(kind="news.withdrawn", about_id=old.pk).count() == 1
    assert signed_in(mem_a1).get(old.get_absolute_url()).status_code == 404


def test_display_changes_no_word_and_no_approval(draft: Article, edi: User, edi2: User) -> None:
    article = publish(draft, by=edi2, at=timezone.now() + DAY)

    pin(article, today() + 2 * DAY, by=edi)

    article.refresh_from_db()
    assert (article.state, article.version, article.approved_by) == (ArticleState.SCHEDULED, 1, edi2)


@pytest.mark.parametrize(
    ("pinned", "expires", "sentence"),
    [
        (-1, None, "đã qua"),
        (None, -1, "đã qua"),
        (3, 2, "hết hiện trước ngày này"),
        (None, 2, "giao đọc đến"),
    ],
)
def test_impossible_days_are_refused_in_words(
    old: Article, edi: User, signed_in: Browser, pinned: int | None, expires: int | None, sentence: str
) -> None:
    actions.require_reading(old, by=edi, due_on=today() + 5 * DAY)
    days = {"pinned_until": pinned, "expires_on": expires}
    sent = {name: f"{today() + number * DAY:%d/%m/%Y}" for name, number in days.items() if number is not None}

    answer = signed_in(edi).post(reverse("news:display", args=[old.pk]), sent)

    assert (answer.status_code, sentence in answer.content.decode()) == (409, True)


def test_withdrawn_item_is_not_pinned(old: Article, edi: User) -> None:
    actions.set_display(old, by=edi, pinned_until=today(), expires_on=today())
    actions.withdraw(old, by=edi, reason="Sai")

    old.refresh_from_db()
    assert (old.pinned_until, old.expires_on) == (None, None)

    with pytest.raises(ValidationError, match="Đã gỡ"):
        pin(old, today(), by=edi)
