"""Editing: nobody's words are overwritten unseen, and every way in is checked."""

import pytest
from django.core.exceptions import ValidationError
from newsroom import publish, write

from members.models import User
from news import actions
from news.models import Article
from portal.models import AuditEntry, PortalNotice


def test_address_is_the_title_without_marks(edi: User) -> None:
    article = write(edi, "Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ 20 (mở rộng)")

    assert article.slug == "hoi-nghi-ban-chap-hanh-dang-bo-khoi-lan-thu-20-mo-rong"


def test_same_title_gets_an_address_of_its_own(edi: User) -> None:
    slugs = [write(edi, "Giao ban").slug for _ in range(3)]

    assert slugs == ["giao-ban", "giao-ban-2", "giao-ban-3"]


@pytest.mark.parametrize(("title", "slug"), [("Biên tập", "bien-tap-2"), ("!!!", "tin")])
def test_address_avoids_the_apps_own_pages(edi: User, title: str, slug: str) -> None:
    assert write(edi, title).slug == slug


def test_address_follows_the_title_until_it_is_submitted(draft: Article, edi: User) -> None:
    article = actions.edit(draft, by=edi, version=1, values={"title": "Tên mới"})
    assert article.slug == "ten-moi"
    actions.submit_for_approval(article, by=edi)

    article = actions.edit(article, by=edi, version=2, values={"title": "Tên mới nữa"})

    assert article.slug == "ten-moi"


def test_save_over_a_newer_text_is_refused_with_both_texts(draft: Article, edi: User, edi2: User) -> None:
    actions.edit(draft, by=edi2, version=1, values={"lead": "Chữ của người thứ hai."})

    with pytest.raises(actions.EditConflict) as conflict:
        actions.edit(draft, by=edi, version=1, values={"lead": "Chữ của người thứ nhất."})

    assert conflict.value.current.lead == "Chữ của người thứ hai."
    assert Article.objects.get().lead == "Chữ của người thứ hai."


def test_correction_of_a_published_item_is_told_to_the_others(draft: Article, edi: User, edi2: User) -> None:
    article = publish(draft, by=edi2)

    actions.edit(article, by=edi, version=1, values={"lead": "Sửa một chữ."})

    told = PortalNotice.objects.filter(notice__kind="news.corrected")
    assert set(told.values_list("recipient__username", flat=True)) == {"edi2"}


def test_audit_names_the_fields_and_not_the_words(draft: Article, edi: User) -> None:
    actions.edit(draft, by=edi, version=1, values={"lead": "Chữ kín đáo", "title": draft.title})

    entry = AuditEntry.objects.get(action="news.edit")

    assert "lead" in str(entry.changes)
    assert "kín đáo" not in str(entry.changes)


def test_restricted_item_names_its_readers(edi: User) -> None:
    with pytest.raises(ValidationError, match="Chưa chọn tổ chức"):
        actions.create_draft(by=edi, title="Nội bộ", category=write(edi, "Khác").category, is_for_all=False)


def test_too_long_a_title_is_a_sentence_not_a_crash(edi: User) -> None:
    with pytest.raises(ValidationError) as refused:
        write(edi, "Dài " * 100)

    assert set(refused.value.message_dict) == {"title"}


def test_hostile_body_is_stored_clean_and_searched_by_its_words(edi: User) -> None:
    body = "<p onclick=alert(1)>Chữ lành<script>alert('độc')</script></p><iframe src=//x></iframe>"

    article = Article.objects.get(pk=write(edi, "Bài lạ", lead="", body=body).pk)

    assert article.body == "<p>Chữ lành</p>"
    assert (article.plain, article.search_text) == ("Chữ lành", "chu lanh")


def test_closing_mark_of_an_article_stays(edi: User) -> None:
    article = write(edi, "Kết thúc", body="<p>Hội nghị kết thúc./.</p>")

    assert article.body == "<p>Hội nghị kết thúc./.</p>"
