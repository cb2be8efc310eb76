"""An item's way through the newsroom: who is asked, by when, and who hears why it came back."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast, grant, make_user
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import publish, write

from members.models import User
from members.roles import Role
from news import actions
from news.models import Article, ArticleComment, ArticleState, ArticleStep
from portal.models import PortalNotice

Browser = Callable[[User | None], Client]
YESTERDAY = datetime.timedelta(days=1)


@pytest.fixture
def edi3(cast: Cast) -> User:
    user = make_user("edi3", "Đỗ Thị Thứ Ba", cast.r)
    grant(user, Role.EDITOR)
    return user


def told(article: Article, kind: str) -> set[str]:
    notices = PortalNotice.objects.filter(notice__about_id=article.pk, notice__kind=f"news.{kind}")
    return set(notices.values_list("recipient__username", flat=True))


def trail(article: Article) -> list[tuple[str, str | None]]:
    return list(ArticleStep.objects.filter(article=article).values_list("verb", "by__username"))


def test_office_text_is_edited_by_one_and_approved_by_another(off: User, edi: User, edi2: User) -> None:
    article = write(off, "Tin của hội nghị")

    actions.submit_for_editing(article, by=off, editor=edi)
    actions.submit_for_approval(article, by=edi, approver=edi2)
    article = actions.approve_and_publish(article, by=edi2, version=1)

    assert (article.state, article.editor, article.approved_by) == (ArticleState.PUBLISHED, edi, edi2)
    assert trail(article) == [
        ("to_editing", "off"),
        ("to_approval", "edi"),
        ("approved", "edi2"),
        ("published", "edi2"),
    ]


def test_only_the_named_one_is_asked(draft: Article, edi: User, edi2: User, edi3: User) -> None:
    actions.submit_for_approval(draft, by=edi, approver=edi3)

    assert told(draft, "for_approval") == {"edi3"}


def test_only_the_named_one_approves_until_it_changes_hands(
    draft: Article, edi: User, edi2: User, edi3: User
) -> None:
    actions.submit_for_approval(draft, by=edi, approver=edi3)
    with pytest.raises(ValidationError, match="trình đồng chí Đỗ Thị Thứ Ba"):
        actions.approve(draft, by=edi2, version=1)

    actions.submit_for_approval(draft, by=edi, approver=edi2)

    assert actions.approve(draft, by=edi2, version=1).state == ArticleState.APPROVED


def test_author_is_not_named_as_approver(draft: Article, edi: User, edi2: User) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.submit_for_approval(draft, by=edi2, approver=edi)

    assert refused.value.message_dict.keys() == {"approver"}


def test_reason_reaches_everybody_who_acted(off: User, edi: User, edi2: User, edi3: User) -> None:
    article = write(off, "Tin của hội nghị")
    actions.submit_for_editing(article, by=off, editor=edi)
    actions.submit_for_approval(article, by=edi, approver=edi2)

    actions.return_with_reason(article, by=edi2, reason="Thiếu số liệu.")

    assert told(article, "returned") == {"off", "edi"}


def test_text_changed_after_approval_is_approved_again(draft: Article, edi: User, edi2: User) -> None:
    actions.submit_for_approval(draft, by=edi)
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    actions.approve_and_publish(draft, by=edi2, version=1, published_at=tomorrow)

    article = actions.edit(draft, by=edi, version=1, values={"lead": "Chữ chưa ai đọc."})

    assert (article.state, article.approved_by, article.publish_at) == (ArticleState.FOR_APPROVAL, None, None)
    assert "duyệt lại" in article.note


def test_approved_item_waits_for_an_editor(draft: Article, edi: User, edi2: User, mem_a1: User) -> None:
    actions.submit_for_approval(draft, by=edi)
    article = actions.approve(draft, by=edi2, version=1)
    assert not Article.objects.visible_to(mem_a1).exists()

    actions.publish(article, by=edi)

    assert set(Article.objects.visible_to(mem_a1)) == {article}


def test_whoever_is_late_is_reminded_once_a_step(draft: Article, edi: User, edi2: User) -> None:
    actions.submit_for_approval(draft, by=edi, approver=edi2, due_on=timezone.localdate())
    assert actions.remind_overdue() == 0
    Article.objects.update(due_on=timezone.localdate() - YESTERDAY)

    assert [actions.remind_overdue(), actions.remind_overdue()] == [1, 0]
    assert told(draft, "overdue") == {"edi2"}


def test_day_that_is_over_is_no_deadline(draft: Article, edi: User, edi2: User) -> None:
    with pytest.raises(ValidationError, match="Hạn này đã qua"):
        actions.submit_for_approval(draft, by=edi, due_on=timezone.localdate() - YESTERDAY)


def test_remark_reaches_the_author_and_is_settled(
    off: User, edi: User, edi2: User, signed_in: Browser
) -> None:
    article = write(off, "Tin của hội nghị")
    actions.submit_for_editing(article, by=off, editor=edi)
    signed_in(edi).post(reverse("news:comment", args=[article.pk]), {"text": "Ghi rõ ai chủ trì."})
    remark = ArticleComment.objects.get()

    signed_in(off).post(reverse("news:settle", args=[article.pk, remark.pk]))

    remark.refresh_from_db()
    assert (told(article, "commented"), remark.done_by) == ({"off"}, off)


def test_readers_see_neither_way_nor_remarks(
    draft: Article, edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    article = publish(draft, by=edi2)
    actions.comment(article, by=edi2, text="Chỉ trong tòa soạn.")

    page = signed_in(mem_a1).get(article.get_absolute_url()).content.decode()
    answers = [
        signed_in(mem_a1).get(reverse("news:history", args=[article.pk])).status_code,
        signed_in(mem_a1).post(reverse("news:comment", args=[article.pk]), {"text": "Tôi"}).status_code,
    ]

    assert ("Đường đi của bài" in page, "Chỉ trong tòa soạn" in page, answers) == (False, False, [403, 403])


def test_correction_tells_its_readers_when_and_what(
    draft: Article, edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    article = publish(draft, by=edi2)

    actions.edit(
        article, by=edi, version=1, values={"lead": "116 đảng viên."}, correction="Sửa 115 thành 116."
    )

    page = signed_in(mem_a1).get(article.get_absolute_url()).content.decode()
    assert "Đã sửa lúc" in page
    assert "Sửa 115 thành 116." in page
