"""The list of news: page by page by key, each item once, kept until something changes."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from newsroom import publish, publish_many, write

from members.models import User
from news import actions, edition, listing
from news.models import Article, Category

Browser = Callable[[User | None], Client]


def walk(reader: Client, way: str, address: str = "/tin-tuc/") -> list[list[str]]:
    """The titles page by page, following one of the two links to its end."""
    pages = []
    while address:
        response = reader.get(address)
        pages.append([piece.partition("<")[0] for piece in response.context["html"].split('/">')[1:]])
        place = response.context["older" if way == "cu-hon" else "newer"]
        address = f"/tin-tuc/?{way}={place}" if place else ""
    return pages


def test_older_pages_show_each_item_once(edi: User, edi2: User, mem_a1: User, signed_in: Browser) -> None:
    publish_many(edi, edi2, 45)

    pages = walk(signed_in(mem_a1), "cu-hon")

    assert [len(page) for page in pages] == [20, 20, 5]
    assert sum(pages, []) == [f"Tin số {n}" for n in range(44, -1, -1)]


def test_items_of_one_moment_are_neither_lost_nor_doubled(edi: User, edi2: User) -> None:
    publish_many(edi, edi2, 45)
    Article.objects.update(published_at=timezone.now())

    first = listing.newest(Article.objects.all())
    second = listing.older_than(listing.Place.parse(first.older), Article.objects.all())
    third = listing.older_than(listing.Place.parse(second.older), Article.objects.all())
    back = listing.newer_than(listing.Place.parse(third.newer), Article.objects.all())

    seen = [row.pk for page in (first, second, third) for row in page.rows]
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 45
    assert back.rows == second.rows


def test_newer_link_leads_back_to_the_page_before(
    edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    publish_many(edi, edi2, 65)
    reader = signed_in(mem_a1)
    pages = walk(reader, "cu-hon")
    third = reader.get("/tin-tuc/").context["older"]
    third = reader.get(f"/tin-tuc/?cu-hon={third}").context["older"]
    newer = reader.get(f"/tin-tuc/?cu-hon={third}").context["newer"]

    response = reader.get(f"/tin-tuc/?moi-hon={newer}")

    assert [f">{title}<" in response.content.decode() for title in pages[1]] == [True] * 20


def test_newer_link_to_the_first_page_goes_to_its_own_address(
    edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    publish_many(edi, edi2, 25)
    reader = signed_in(mem_a1)
    older = reader.get("/tin-tuc/").context["older"]
    newer = reader.get(f"/tin-tuc/?cu-hon={older}").context["newer"]

    response = reader.get(f"/tin-tuc/?moi-hon={newer}")

    assert (response.status_code, response["Location"]) == (302, "/tin-tuc/")


@pytest.mark.parametrize(
    "query",
    [
        "cu-hon=1",
        "cu-hon=-1",
        "moi-hon=x-y",
        "cu-hon=9999999999999999999999-1",
        "cu-hon=1-٣x",
        "chuyen-muc=khong-co",
    ],
)
def test_wrong_place_or_category_is_404(mem_a1: User, signed_in: Browser, query: str) -> None:
    assert signed_in(mem_a1).get(f"/tin-tuc/?{query}").status_code == 404


def test_category_shows_its_own(edi: User, edi2: User, mem_a1: User, signed_in: Browser) -> None:
    inspection = Category.objects.get(slug="kiem-tra-giam-sat")
    publish(write(edi, "Kiểm tra 51 tổ chức", category=inspection), by=edi2)
    publish(write(edi, "Giao ban"), by=edi2)

    html = signed_in(mem_a1).get("/tin-tuc/?chuyen-muc=kiem-tra-giam-sat").content.decode()

    assert ("Kiểm tra 51 tổ chức" in html, "Giao ban" in html) == (True, False)


def test_empty_list_says_what_will_be_here(mem_a1: User, signed_in: Browser) -> None:
    assert "Chưa có tin nào ở đây" in signed_in(mem_a1).get("/tin-tuc/").content.decode()


@pytest.mark.parametrize(("query", "most"), [("", 1), ("?cu-hon=99999999999999999-1", 2)])
def test_number_of_queries_does_not_grow(
    edi: User, edi2: User, mem_a1: User, signed_in: Browser, query: str, most: int
) -> None:
    """Who asks, what he may and what waits for him; and the rows, where they are not kept."""
    reader, counts = signed_in(mem_a1), []

    for number in (1, 3, 20, 200):
        Article.objects.all().delete()
        publish_many(edi, edi2, number)
        cache.delete(edition.NEWS.key)
        reader.get("/tin-tuc/")
        with CaptureQueriesContext(connection) as captured:
            assert reader.get(f"/tin-tuc/{query}").status_code == 200
        counts.append(len(captured))

    assert counts == [most] * 4


@pytest.mark.parametrize("number", [1, 20])
def test_article_takes_three_queries_with_any_number_of_files(
    edi: User, edi2: User, mem_a1: User, signed_in: Browser, number: int
) -> None:
    article = publish_many(edi, edi2, 1)[0]
    article.attachments.bulk_create(
        article.attachments.model(
            article=article,
            name=f"Tệp {n}.pdf",
            file=f"news/{n}.pdf",
            size=1000,
            no_state_secret_confirmed=True,
        )
        for n in range(number)
    )
    reader = signed_in(mem_a1)
    reader.get("/tin-tuc/")

    with CaptureQueriesContext(connection) as captured:
        html = reader.get(article.get_absolute_url()).content.decode()

    assert html.count("Tệp ") == number + 1
    # Who asks; the item; whether it tells of a conference.
    assert len(captured) == 3
    with CaptureQueriesContext(connection) as captured:
        reader.get(article.get_absolute_url())
    assert len(captured) == 1


def test_unchanged_list_is_304_until_something_is_published(
    draft: Article,
    edi: User,
    edi2: User,
    mem_a1: User,
    signed_in: Browser,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    reader = signed_in(mem_a1)
    etag = reader.get("/tin-tuc/")["ETag"]
    same = reader.get("/tin-tuc/", headers={"If-None-Match": etag})

    with django_capture_on_commit_callbacks(execute=True):
        publish(draft, by=edi2)
    changed = reader.get("/tin-tuc/", headers={"If-None-Match": etag})

    assert (same.status_code, same.content, changed.status_code) == (304, b"", 200)


def test_unchanged_article_is_304_until_it_is_corrected(
    draft: Article,
    edi: User,
    edi2: User,
    mem_a1: User,
    signed_in: Browser,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    article, reader = publish(draft, by=edi2), signed_in(mem_a1)
    etag = reader.get(article.get_absolute_url())["ETag"]
    same = reader.get(article.get_absolute_url(), headers={"If-None-Match": etag})

    with django_capture_on_commit_callbacks(execute=True):
        actions.edit(article, by=edi, version=1, values={"lead": "Đã sửa."})
    changed = reader.get(article.get_absolute_url(), headers={"If-None-Match": etag})

    assert (same.status_code, changed.status_code) == (304, 200)


def test_etag_is_nobody_elses(
    draft: Article, edi2: User, mem_a1: User, sec_a: User, signed_in: Browser
) -> None:
    address = publish(draft, by=edi2).get_absolute_url()
    etag = signed_in(mem_a1).get(address)["ETag"]

    assert signed_in(sec_a).get(address, headers={"If-None-Match": etag}).status_code == 200


def test_new_notice_changes_the_page_around_the_list(
    draft: Article, edi: User, edi2: User, signed_in: Browser
) -> None:
    reader = signed_in(edi2)
    etag = reader.get("/tin-tuc/")["ETag"]
    actions.submit_for_approval(draft, by=edi)

    assert reader.get("/tin-tuc/", headers={"If-None-Match": etag}).status_code == 200


def test_scheduled_item_enters_the_kept_list_at_its_minute(
    draft: Article, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    start = timezone.now().replace(second=30, microsecond=0)
    publish(draft, by=edi2, at=start + datetime.timedelta(seconds=30))
    reader = signed_in(mem_a1)

    with time_machine.travel(start, tick=False):
        before = draft.title in reader.get(reverse("news:list")).content.decode()
    with time_machine.travel(start + datetime.timedelta(seconds=31), tick=False):
        actions.publish_due()
        after = draft.title in reader.get(reverse("news:list")).content.decode()

    assert (before, after) == (False, True)
