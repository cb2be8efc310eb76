"""News in the admin: a register with its states; writing happens on the editors' desk."""

from collections.abc import Callable

import pytest
from cast import Cast
from django.test import Client
from django.urls import reverse
from newsroom import publish, write

from members.models import User
from news.models import Article

Browser = Callable[[User | None], Client]
LIST = "admin:news_article_changelist"


@pytest.mark.parametrize("name", [LIST, "admin:news_attachment_changelist", "admin:news_article_add"])
def test_register_opens_for_editors_alone(cast: Cast, signed_in: Browser, name: str) -> None:
    answered = {
        role: signed_in(user).get(reverse(name), follow=role != "ANON").status_code
        for role, user in cast.six.items()
    }

    assert answered == {"ANON": 302, "MEM": 403, "SEC": 403, "OFF": 403, "EDI": 200, "ADM": 403}


def test_register_is_searched_without_marks(draft: Article, edi: User, signed_in: Browser) -> None:
    write(edi, "Giao ban quý III")

    html = signed_in(edi).get(reverse(LIST), {"q": "Công tác CÁN BỘ"}).content.decode()

    assert (draft.title in html, "Giao ban quý III" in html) == (True, False)


def test_changing_an_item_leads_to_the_desk(draft: Article, edi: User, signed_in: Browser) -> None:
    response = signed_in(edi).get(reverse("admin:news_article_change", args=[draft.pk]))

    assert (response.status_code, response["Location"]) == (302, reverse("news:edit", args=[draft.pk]))


def test_nothing_published_is_deleted_in_the_admin(
    draft: Article, edi: User, edi2: User, signed_in: Browser
) -> None:
    article = publish(draft, by=edi2)
    editor = signed_in(edi)

    page = editor.post(reverse("admin:news_article_delete", args=[article.pk]), {"post": "yes"})
    editor.post(reverse(LIST), {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"})

    assert page.status_code == 403
    assert Article.objects.filter(pk=article.pk).exists()


def test_chosen_drafts_are_submitted_and_the_others_say_why_not(
    draft: Article, edi: User, edi2: User, signed_in: Browser
) -> None:
    published = publish(write(edi, "Đã đăng"), by=edi2)
    form = {"action": "submit_for_approval", "_selected_action": [draft.pk, published.pk]}

    html = signed_in(edi).post(reverse(LIST), form, follow=True).content.decode()

    draft.refresh_from_db()
    assert draft.state == "for_approval"
    assert "Đã đăng: Chưa làm được" in html
