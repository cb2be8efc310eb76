"""A news item's way: draft, for approval, published, withdrawn; never on one person's word."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from newsroom import publish, write

from members.models import User
from news import actions
from news.models import Article, ArticleState
from portal.models import AuditEntry, Delivery, PortalNotice
from portal.outbox import kind_of


def told(article: Article, kind: str) -> set[str]:
    notices = PortalNotice.objects.filter(notice__about_id=article.pk, notice__kind=kind)
    return set(notices.values_list("recipient__username", flat=True))


def test_submitted_item_waits_for_the_other_editors(draft: Article, edi: User, edi2: User) -> None:
    article = actions.submit_for_approval(draft, by=edi)

    assert article.state == ArticleState.FOR_APPROVAL
    assert told(article, "news.for_approval") == {"edi2"}


def test_empty_draft_is_not_submitted(edi: User) -> None:
    article = write(edi, "Chỉ có tiêu đề", lead="", body="")

    with pytest.raises(ValidationError, match="chưa có chữ nào"):
        actions.submit_for_approval(article, by=edi)


def test_author_does_not_approve_his_own_item(draft: Article, edi: User, edi2: User) -> None:
    actions.submit_for_approval(draft, by=edi)

    with pytest.raises(ValidationError, match="không tự duyệt"):
        actions.approve_and_publish(draft, by=edi, version=draft.version)


def test_database_refuses_an_author_as_approver(draft: Article, edi: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=draft.pk).update(approved_by=edi)


def test_second_editor_publishes_and_the_author_is_told(draft: Article, edi2: User) -> None:
    article = publish(draft, by=edi2)

    assert (article.state, article.approved_by) == (ArticleState.PUBLISHED, edi2)
    assert told(article, "news.published") == {"edi"}


def test_office_draft_may_be_approved_by_any_editor(off: User, edi: User) -> None:
    article = publish(write(off, "Tin của hội nghị"), by=edi)

    assert article.state == ArticleState.PUBLISHED


def test_text_changed_after_reading_is_not_approved(draft: Article, edi: User, edi2: User) -> None:
    actions.submit_for_approval(draft, by=edi)
    actions.edit(draft, by=edi, version=1, values={"lead": "Đoạn khác."})

    with pytest.raises(actions.EditConflict):
        actions.approve_and_publish(draft, by=edi2, version=1)


def test_returned_item_goes_back_with_its_reason(draft: Article, edi: User, edi2: User) -> None:
    actions.submit_for_approval(draft, by=edi)

    article = actions.return_with_reason(draft, by=edi2, reason="  Thiếu số liệu kết nạp. ")

    assert (article.state, article.note) == (ArticleState.DRAFT, "Thiếu số liệu kết nạp.")
    assert told(article, "news.returned") == {"edi"}


def test_withdrawal_needs_a_reason(draft: Article, edi2: User) -> None:
    article = publish(draft, by=edi2)

    with pytest.raises(ValidationError, match="Chưa ghi lý do"):
        actions.withdraw(article, by=edi2, reason="\N{NO-BREAK SPACE}")


def test_withdrawn_item_may_be_mended_and_submitted_again(draft: Article, edi: User, edi2: User) -> None:
    article = actions.withdraw(publish(draft, by=edi2), by=edi, reason="Sai tên đơn vị")
    assert (article.state, told(article, "news.withdrawn")) == (ArticleState.WITHDRAWN, {"edi2"})

    article = actions.submit_for_approval(article, by=edi)

    assert (article.state, article.approved_by, article.note) == (ArticleState.FOR_APPROVAL, None, "")


@pytest.mark.parametrize("act", ["return", "publish", "withdraw"])
def test_act_in_the_wrong_state_says_so(draft: Article, edi2: User, act: str) -> None:
    with pytest.raises(ValidationError, match="đang ở trạng thái “Bản nháp”"):
        match act:
            case "return":
                actions.return_with_reason(draft, by=edi2, reason="Vì")
            case "publish":
                actions.approve_and_publish(draft, by=edi2, version=1)
            case "withdraw":
                actions.withdraw(draft, by=edi2, reason="Vì")


def test_item_for_tomorrow_appears_tomorrow(draft: Article, edi2: User, mem_a1: User) -> None:
    now = timezone.now()
    article = publish(draft, by=edi2, at=now + datetime.timedelta(days=1))
    assert article.status.label == "Hẹn đăng"

    today = set(Article.objects.visible_to(mem_a1))
    with time_machine.travel(now + datetime.timedelta(days=1, minutes=1), tick=False):
        actions.publish_due()
        tomorrow = set(Article.objects.visible_to(mem_a1))

    assert (today, tomorrow) == (set(), {article})


def test_each_step_is_in_the_audit_log(draft: Article, edi: User, edi2: User) -> None:
    actions.withdraw(publish(draft, by=edi2), by=edi, reason="Sai")

    steps = AuditEntry.objects.about(draft).order_by("pk").values_list("action", "actor__username")

    assert list(steps) == [
        ("news.create_draft", "edi"),
        ("news.submit_for_approval", "edi"),
        ("news.approve", "edi2"),
        ("news.publish", "edi2"),
        ("news.withdraw", "edi"),
    ]


def test_letter_names_the_item_and_the_reason(draft: Article, edi: User, edi2: User) -> None:
    actions.submit_for_approval(draft, by=edi)
    actions.return_with_reason(draft, by=edi2, reason="Thiếu số liệu & nguồn.")
    delivery = Delivery.objects.get(notice__kind="news.returned")

    letter = kind_of(delivery.notice.kind).compose(delivery)

    assert letter.subject == "Trả lại để sửa: Bản thảo về công tác cán bộ"
    assert "Lý do: Thiếu số liệu & nguồn." in letter.text
    assert "http://testserver/tin-tuc/ban-thao-ve-cong-tac-can-bo/" in letter.text
    assert "Thiếu số liệu &amp; nguồn." in letter.html


def test_letter_stays_when_the_item_moved_on(draft: Article, edi: User, edi2: User) -> None:
    publish(draft, by=edi2)
    delivery = Delivery.objects.get(notice__kind="news.for_approval")

    assert kind_of(delivery.notice.kind).refusal(delivery) == "Bài không còn chờ duyệt."
