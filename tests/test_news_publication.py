"""Scheduled items: published once at their hour, looked at once more, none in the way of another."""

import datetime
from collections.abc import Callable, Iterator

import pytest
import time_machine
from cast import Cast
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from newsroom import PNG, publish, write

from members.models import PartyOrganization, RoleGrant, User
from news import actions
from news.actions import publication
from news.models import Article, ArticleState
from portal.models import Notice

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def at_its_hour() -> Iterator[datetime.datetime]:
    """Within: a minute after the hour for which `schedule` asks."""
    hour = timezone.now().replace(microsecond=0) + HOUR
    with time_machine.travel(hour + datetime.timedelta(minutes=1), tick=False):
        yield hour


def schedule(author: User, approver: User, title: str, hour: datetime.datetime, **fields: object) -> Article:
    with time_machine.travel(hour - HOUR, tick=False):
        return publish(write(author, title, **fields), by=approver, at=hour)


def states() -> dict[str, str]:
    return dict(Article.objects.values_list("title", "state"))


def letters(kind: str) -> int:
    return Notice.objects.filter(kind=f"news.{kind}").count()


def test_item_appears_at_its_hour_and_is_told_once(
    edi: User, edi2: User, at_its_hour: datetime.datetime
) -> None:
    schedule(edi, edi2, "Hẹn giờ", at_its_hour)

    assert [actions.publish_due(), actions.publish_due()] == [1, 0]
    article = Article.objects.get()
    assert (article.state, article.published_at) == (ArticleState.PUBLISHED, timezone.now())
    assert (article.is_late, letters("published")) == (False, 1)


def test_before_its_hour_it_waits(edi: User, edi2: User, at_its_hour: datetime.datetime) -> None:
    schedule(edi, edi2, "Còn sớm", at_its_hour + HOUR)

    assert actions.publish_due() == 0
    assert states() == {"Còn sớm": "scheduled"}


def test_missed_window_is_published_late_with_a_mark(
    edi: User, edi2: User, at_its_hour: datetime.datetime
) -> None:
    article = schedule(edi, edi2, "Máy tắt", at_its_hour - 3 * HOUR)

    actions.publish_due()

    article.refresh_from_db()
    assert (article.state, article.is_late) == (ArticleState.PUBLISHED, True)
    assert "Muộn so với giờ hẹn" in article.steps.get(verb="published").text


def test_window_missed_by_days_asks_an_editor(edi: User, edi2: User, at_its_hour: datetime.datetime) -> None:
    schedule(edi, edi2, "Tin cũ", at_its_hour - datetime.timedelta(days=2))

    assert actions.publish_due() == 0
    article = Article.objects.get()
    assert (article.state, article.publish_at, letters("held_back")) == (ArticleState.FOR_APPROVAL, None, 1)


def _author_loses_his_right(article: Article, cast: Cast) -> None:
    RoleGrant.objects.filter(user=article.author).update(valid_to=datetime.date(2021, 1, 1))


def _audience_is_dissolved(article: Article, cast: Cast) -> None:
    PartyOrganization.objects.filter(pk=cast.b.pk).update(valid_to=datetime.date(2021, 1, 1))


def _file_is_gone(article: Article, cast: Cast) -> None:
    file = article.attachments.get().file
    file.storage.delete(file.name)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_author_loses_his_right, "không còn quyền viết tin"),
        (_audience_is_dissolved, "không còn hoạt động"),
        (_file_is_gone, "Không đọc được tệp kèm theo “Bảng.png”"),
    ],
)
def test_what_no_longer_holds_stops_one_item_and_no_other(
    cast: Cast,
    edi: User,
    edi2: User,
    at_its_hour: datetime.datetime,
    spoil: Callable[[Article, Cast], None],
    why: str,
) -> None:
    files = {"attached": [ContentFile(PNG, "Bảng.png")], "no_state_secret": True}
    spoilt = schedule(edi, edi2, "Hỏng", at_its_hour - HOUR / 2, only_for=cast.b, **files)
    schedule(cast.off, edi2, "Lành", at_its_hour)
    spoil(spoilt, cast)

    assert actions.publish_due() == 1
    spoilt.refresh_from_db()
    assert (spoilt.state, why in spoilt.note) == ("for_approval", True)
    assert states()["Lành"] == "published"


def test_fault_of_the_program_is_held_back_with_a_sentence(
    edi: User, edi2: User, at_its_hour: datetime.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule(edi, edi2, "Vấp", at_its_hour)
    monkeypatch.setattr(publication.edition, "renew", lambda: 1 / 0)

    assert actions.publish_due() == 0
    assert Article.objects.get().note == publication.FAULT


def test_withdrawn_item_forgets_its_hour(edi: User, edi2: User, at_its_hour: datetime.datetime) -> None:
    article = schedule(edi, edi2, "Thôi không đăng", at_its_hour)
    actions.withdraw(article, by=edi, reason="Hoãn hội nghị")

    assert actions.publish_due() == 0
    article.refresh_from_db()
    assert (article.state, article.publish_at) == (ArticleState.WITHDRAWN, None)


@pytest.mark.django_db(transaction=True)
def test_item_claimed_by_another_worker_is_left_alone(edi: User, edi2: User) -> None:
    with time_machine.travel(timezone.now() - HOUR, tick=False):
        article = publish(write(edi, "Đang có người làm"), by=edi2, at=timezone.now() + HOUR / 2)
    other = connection.copy()
    other.set_autocommit(False)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT id FROM news_article WHERE id = %s FOR UPDATE", [article.pk])
        while_claimed = actions.publish_due()
    finally:
        other.close()

    assert [while_claimed, actions.publish_due()] == [0, 1]
