"""Titles as people paste them: too long, with pictures for letters, written from the right, turned round."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from newsroom import publish, write
from test_news_desk import fields

from members.models import User
from news.models import Article

Browser = Callable[[User | None], Client]


@pytest.mark.parametrize(
    ("typed", "slug", "kept"),
    [
        ("Tin vui 🎉 tháng 9", "tin-vui-thang-9", "Tin vui 🎉 tháng 9"),
        ("🎉🎉🎉", "tin", "🎉🎉🎉"),
        ("اجتماع", "tin", "اجتماع"),
        ("Báo \u202ecáo\u202c quý", "bao-cao-quy", "Báo cáo quý"),
        ("ệ" * 250, "e" * 100, "ệ" * 250),
        ("e\u0323\u0302" * 250, "e" * 100, "ệ" * 250),
    ],
)
def test_any_title_gets_an_address_where_it_is_read(
    typed: str, slug: str, kept: str, edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    signed_in(edi).post(reverse("news:create"), fields(title=typed))
    article = Article.objects.get()
    publish(article, by=edi2)

    page = signed_in(mem_a1).get(article.get_absolute_url())

    assert (article.slug, article.title) == (slug, kept)
    assert kept in page.content.decode()


def test_title_of_three_hundred_letters_is_refused_with_the_limit(edi: User, signed_in: Browser) -> None:
    answer = signed_in(edi).post(reverse("news:create"), fields(title="ệ" * 300))

    assert "250" in answer.content.decode()
    assert "ệ" * 300 in answer.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize("slug", ["ệ" * 300, "%CC%81" * 300, "🎉", "\u202etin"])
def test_address_of_nothing_but_marks_is_a_page_that_says_so(
    slug: str, edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    publish(write(edi, "Giao ban quý III"), by=edi2)

    answer = signed_in(mem_a1).get(f"/tin-tuc/{slug}/")

    assert answer.status_code == 404
    assert "Không có trang này" in answer.content.decode()
