"""From the draft to the reader: submitted, returned or approved by a second person, withdrawn."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members.models import User
from news import edition, notices
from news.actions.text import EditConflict
from news.models import Article, ArticleState
from news.permissions import approval_refusal
from portal import audit
from portal.vietnamese import nfc


@transaction.atomic
def submit_for_approval(article: Article, *, by: User) -> Article:
    """A draft, or an item once withdrawn, goes to the other editors."""
    article = _locked(article, ArticleState.DRAFT, ArticleState.WITHDRAWN)
    if not article.lead and not article.plain:
        raise ValidationError("Chưa trình được: bài chưa có chữ nào.", code="state")
    article.state = ArticleState.FOR_APPROVAL
    article.submitted_at = timezone.now()
    article.approved_by, article.withdrawn_at, article.note = None, None, ""
    article.save(update_fields=["state", "submitted_at", "approved_by", "withdrawn_at", "note", "updated_at"])
    entry = audit.record("news.submit_for_approval", about=article, by=by, summary="Trình duyệt tin, bài")
    notices.tell_for_approval(article, by=by, key=str(entry.pk))
    return article


@transaction.atomic
def return_with_reason(article: Article, *, by: User, reason: str) -> Article:
    """Back to its author, with a sentence that says what to do."""
    article = _locked(article, ArticleState.FOR_APPROVAL)
    article.state = ArticleState.DRAFT
    article.note = _reason(reason)
    article.save(update_fields=["state", "note", "updated_at"])
    entry = audit.record("news.return", about=article, by=by, summary="Trả lại tin, bài")
    notices.tell_returned(article, by=by, key=str(entry.pk))
    return article


@transaction.atomic
def approve_and_publish(
    article: Article, *, by: User, version: int, published_at: datetime.datetime | None = None
) -> Article:
    """Approve the text as it stood at `version`; it appears now, or at `published_at`.

    1. Never by its author (also a constraint of the database).
    2. What changed after the approver read it is not approved with it.
    """
    article = _locked(article, ArticleState.FOR_APPROVAL)
    if refusal := approval_refusal(by, article):
        raise ValidationError(refusal, code="forbidden")
    if article.version != version:
        raise EditConflict(article)
    article.state = ArticleState.PUBLISHED
    article.approved_by = by
    article.published_at = published_at or timezone.now()
    article.save(update_fields=["state", "approved_by", "published_at", "updated_at"])
    edition.renew()
    entry = audit.record("news.publish", about=article, by=by, summary="Duyệt đăng tin, bài")
    notices.tell_published(article, by=by, key=str(entry.pk))
    return article


@transaction.atomic
def withdraw(article: Article, *, by: User, reason: str) -> Article:
    """Take a published item (or one that waits for its hour) away from its readers."""
    article = _locked(article, ArticleState.PUBLISHED)
    article.state = ArticleState.WITHDRAWN
    article.withdrawn_at = timezone.now()
    article.note = _reason(reason)
    article.save(update_fields=["state", "withdrawn_at", "note", "updated_at"])
    edition.renew()
    entry = audit.record("news.withdraw", about=article, by=by, summary="Gỡ tin, bài")
    notices.tell_withdrawn(article, by=by, key=str(entry.pk))
    return article


def _locked(article: Article, *states: ArticleState) -> Article:
    article = Article.objects.select_for_update(of=("self",)).select_related("author").get(pk=article.pk)
    if article.state not in states:
        expected = " hoặc ".join(f"“{state.label}”" for state in states)
        raise ValidationError(
            f"Chưa làm được: bài đang ở trạng thái “{article.get_state_display()}”, cần {expected}.",
            code="state",
        )
    return article


def _reason(text: str) -> str:
    if not (reason := nfc(text, multiline=True)):
        raise ValidationError({"reason": "Chưa ghi lý do."})
    return reason
