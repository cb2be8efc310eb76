"""The news under a secret address, and items put aside: what is in them, and for whom."""

import datetime
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from cast import Cast
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import publish, publish_many, write

from members.models import PartyMember, User
from news import actions
from news.actions import feeds
from news.models import Article, NewsFeed

Browser = Callable[[User | None], Client]
ATOM = {"atom": "http://www.w3.org/2005/Atom"}


@pytest.fixture
def items(cast: Cast, edi2: User) -> list[Article]:
    """One for all, one for B and below, one from tomorrow, one withdrawn."""
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    for_all = publish(write(cast.edi, "Cho mọi người"), by=edi2)
    for_b = publish(write(cast.edi, "Chuyện của B", only_for=cast.b), by=edi2)
    later = publish(write(cast.edi, "Chưa đến giờ"), by=edi2, at=tomorrow)
    gone = publish(write(cast.edi, "Đã gỡ"), by=edi2)
    actions.withdraw(gone, by=edi2, reason="Sai")
    return [for_all, for_b, later, gone]


def address(user: User) -> str:
    return reverse("news:feed", args=[feeds.reset_feed(by=user)])


def titles(client: Client, url: str) -> set[str]:
    tree = ElementTree.fromstring(client.get(url).content)
    return {title.text or "" for title in tree.findall("atom:entry/atom:title", ATOM)}


def test_feed_holds_what_its_owner_may_read(cast: Cast, items: list[Article], client: Client) -> None:
    assert titles(client, address(cast.mem_a1)) == {"Cho mọi người"}
    assert titles(client, address(cast.mem_b1)) == {"Cho mọi người", "Chuyện của B"}


def test_feed_follows_its_owner_to_another_organization(
    cast: Cast, items: list[Article], client: Client
) -> None:
    url = address(cast.mem_b1)
    PartyMember.objects.filter(pk=cast.mem_b1.member_id).update(organization=cast.a1)

    assert titles(client, url) == {"Cho mọi người"}


def test_feed_holds_headlines_and_no_text(cast: Cast, items: list[Article], client: Client) -> None:
    content = client.get(address(cast.mem_a1)).content.decode()

    assert "Đoạn mở đầu." in content and items[0].get_absolute_url() in content
    assert "Nội dung bài viết" not in content


def test_old_address_opens_nothing(cast: Cast, client: Client) -> None:
    first, second = address(cast.mem_a1), address(cast.mem_a1)
    assert [client.get(url).status_code for url in (first, second)] == [404, 200]

    feeds.end_feed(by=cast.mem_a1)
    assert client.get(second).status_code == 404


def test_locked_account_has_no_feed(cast: Cast, client: Client) -> None:
    url = address(cast.mem_a1)
    User.objects.filter(pk=cast.mem_a1.pk).update(is_active=False)

    assert client.get(url).status_code == 404


def test_secret_is_shown_once_and_stored_nowhere(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.mem_a1)

    made = browser.post(reverse("news:reset_feed"))

    secret = made.context["address"].rpartition("/")[2].removesuffix(".xml")
    assert NewsFeed.objects.get().digest != secret and secret in made.text
    account = browser.get(reverse("account:home")).text
    assert secret not in account and "Đổi địa chỉ nguồn tin" in account


def test_unchanged_feed_is_answered_with_304(cast: Cast, items: list[Article], client: Client) -> None:
    url = address(cast.mem_a1)
    first = client.get(url)

    again = client.get(url, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("number", [1, 3])
def test_feed_costs_the_same_however_long(
    cast: Cast, edi2: User, client: Client, number: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    publish_many(cast.edi, edi2, number)
    url = address(cast.mem_a1)
    client.get(url)

    with django_assert_max_num_queries(6):
        assert len(titles(client, url)) == number


def test_saved_item_is_in_ones_own_list_only(cast: Cast, items: list[Article], signed_in: Browser) -> None:
    mine, other = signed_in(cast.mem_a1), signed_in(cast.mem_b1)
    for _ in range(2):
        mine.post(reverse("news:save_article", args=[items[0].pk]))

    page = mine.get(reverse("news:saved")).content.decode()
    assert page.count(items[0].get_absolute_url()) == 1
    assert items[0].get_absolute_url() not in other.get(reverse("news:saved")).content.decode()

    mine.post(reverse("news:forget_article", args=[items[0].pk]))
    assert "Chưa lưu bài nào" in mine.get(reverse("news:saved")).content.decode()


def test_saved_item_that_is_withdrawn_is_gone(cast: Cast, items: list[Article], signed_in: Browser) -> None:
    actions.save_article(items[0], by=cast.mem_a1)
    actions.withdraw(items[0], by=cast.edi, reason="Sai")

    assert "Cho mọi người" not in signed_in(cast.mem_a1).get(reverse("news:saved")).content.decode()


def test_button_saves_from_the_page_of_the_item(cast: Cast, items: list[Article], signed_in: Browser) -> None:
    page = signed_in(cast.mem_a1).get(items[0].get_absolute_url()).content.decode()

    assert reverse("news:save_article", args=[items[0].pk]) in page
