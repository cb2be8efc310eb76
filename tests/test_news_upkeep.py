"""Lasting pages: who answers for them, what readers are told, and who is asked to look them through."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from cast import Cast
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import publish, write

from members.models import User
from news import actions
from news.models import Article, Upkeep
from news.upkeep_notices import ReviewDue
from portal.models import Delivery, Notice

Browser = Callable[[User | None], Client]
LIST = reverse("news:upkeeps")


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


@pytest.fixture
def article(edi: User, edi2: User) -> Article:
    return publish(write(edi, "Hướng dẫn thu nộp đảng phí"), by=edi2)


@pytest.fixture
def kept(article: Article, cast: Cast, edi: User, sec_a: User) -> Upkeep:
    """`sec_a` answers for it, and has twenty days."""
    given = {"owner": sec_a, "organization": cast.a, "months": 6, "review_on": in_days(20)}
    actions.give_upkeep(article, by=edi, **given)
    return Upkeep.objects.get()


def test_editor_gives_an_item_to_somebody_and_readers_are_told(
    article: Article, cast: Cast, edi: User, sec_a: User, mem_a1: User, signed_in: Browser
) -> None:
    sent = {"owner": sec_a.pk, "organization": cast.a.pk, "months": 6, "review_on": f"{in_days(30):%d/%m/%Y}"}

    signed_in(edi).post(reverse("news:give_upkeep", args=[article.pk]), sent)

    page = signed_in(mem_a1).get(article.get_absolute_url()).content.decode()
    assert f"Phụ trách: {cast.a}, đồng chí {sec_a}." in page
    assert "Quá hạn rà soát" not in page
    article.refresh_from_db()
    assert (article.corrected_at, article.state) == (None, "published")


def test_readers_are_told_that_nobody_has_looked_through_what_is_late(
    kept: Upkeep, cast: Cast, mem_a1: User, signed_in: Browser
) -> None:
    with time_machine.travel(timezone.now() + datetime.timedelta(days=21), tick=False):
        page = signed_in(mem_a1).get(kept.article.get_absolute_url()).content.decode()

    assert "Quá hạn rà soát từ ngày" in page
    assert f"hỏi {cast.a}" in page


def test_owner_says_that_it_still_holds_and_has_as_long_again(
    kept: Upkeep, sec_a: User, signed_in: Browser
) -> None:
    with time_machine.travel(datetime.datetime(2027, 8, 31, 9, tzinfo=datetime.UTC), tick=False):
        answer = signed_in(sec_a).post(reverse("news:review", args=[kept.pk]), follow=True)

    kept.refresh_from_db()
    # Half a year after 31 August February has no such day.
    assert kept.review_on == datetime.date(2028, 2, 29)
    assert (kept.reviewed_on, kept.reviewed_by) == (datetime.date(2027, 8, 31), sec_a)
    assert "Đã rà soát" in answer.content.decode()


def test_own_pages_are_listed_for_their_owner_and_all_for_an_editor_late_ones_first(
    kept: Upkeep, cast: Cast, edi: User, edi2: User, sec_a: User, sec_b: User, signed_in: Browser
) -> None:
    late = publish(write(edi, "Quy chế làm việc"), by=edi2)
    given = {"owner": sec_b, "organization": cast.b, "months": 12, "review_on": in_days(1)}
    actions.give_upkeep(late, by=edi, **given)

    def listed(user: User) -> list[str]:
        return [row.article.title for row in signed_in(user).get(LIST).context["rows"]]

    assert listed(edi) == ["Quy chế làm việc", "Hướng dẫn thu nộp đảng phí"]
    assert (listed(sec_a), listed(sec_b)) == (["Hướng dẫn thu nộp đảng phí"], ["Quy chế làm việc"])
    assert listed(cast.mem_a1) == []


def test_nobody_else_looks_it_through(kept: Upkeep, mem_a1: User, signed_in: Browser) -> None:
    assert signed_in(mem_a1).post(reverse("news:review", args=[kept.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.review(kept, by=mem_a1)


def test_who_may_not_read_it_answers_for_nothing(cast: Cast, edi: User, edi2: User, sec_b: User) -> None:
    article = publish(write(edi, "Riêng của Sở An", only_for=cast.a), by=edi2)

    with pytest.raises(ValidationError, match="không được đọc bài này"):
        actions.give_upkeep(article, owner=sec_b, organization=cast.b, months=6, review_on=in_days(9), by=edi)
    assert not Upkeep.objects.exists()


def asked() -> list[str]:
    """Who was asked to look a page through, in the order of the letters."""
    letters = Delivery.objects.filter(notice__kind=ReviewDue.code).order_by("pk")
    return list(letters.values_list("user__username", flat=True))


def test_owner_is_asked_once_before_the_day_and_once_after_it(kept: Upkeep) -> None:
    told = []
    for days in (0, 5, 6, 7, 20, 21, 22, 60):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=days), tick=False):
            told.append(actions.ask_for_reviews())

    assert told == [0, 0, 1, 0, 0, 1, 0, 0]
    assert asked() == ["sec_a", "sec_a"]


def test_editors_are_asked_where_the_owner_has_gone(kept: Upkeep, sec_a: User, cast: Cast) -> None:
    User.objects.filter(pk=sec_a.pk).update(is_active=False)

    with time_machine.travel(timezone.now() + datetime.timedelta(days=10), tick=False):
        assert actions.ask_for_reviews() == 1

    assert set(asked()) == {"edi", "edi2"}
    assert "cần giao người khác" in Notice.objects.get(kind=ReviewDue.code).context["sentence"]


def test_letter_does_not_go_once_the_page_was_looked_through(kept: Upkeep, sec_a: User) -> None:
    with time_machine.travel(timezone.now() + datetime.timedelta(days=10), tick=False):
        actions.ask_for_reviews()
        letter = Delivery.objects.get(notice__kind=ReviewDue.code)
        before = ReviewDue().refusal(letter)
        actions.review(kept, by=sec_a)

        assert (before, ReviewDue().refusal(letter)) == (None, "Bài đã được rà soát, hoặc hẹn ngày khác.")


def test_page_that_is_lasting_no_more_tells_nothing(
    kept: Upkeep, edi: User, mem_a1: User, signed_in: Browser
) -> None:
    signed_in(edi).post(reverse("news:end_upkeep", args=[kept.pk]))

    assert "Phụ trách:" not in signed_in(mem_a1).get(kept.article.get_absolute_url()).content.decode()
    assert not Upkeep.objects.exists()
