"""Towards approval: to the editor who mends the text, to the one who approves it, and back with a reason."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members.models import User
from news import notices
from news.actions.trail import locked, note, people_on, reason_of
from news.checking import get_approval_stop
from news.models import Article, ArticleState, StepVerb
from news.permissions import approval_refusal, can_write_news
from portal import audit
from portal.vietnamese import nfc


@transaction.atomic
def submit_for_editing(
    article: Article,
    *,
    by: User,
    editor: User | None = None,
    due_on: datetime.date | None = None,
    text: str = "",
) -> Article:
    """A draft goes to an editor, by name or to all of them, to be mended before anybody approves it."""
    article = locked(article, ArticleState.DRAFT, ArticleState.WITHDRAWN)
    _check_text(article)
    _check_due(due_on)
    if editor is not None and not can_write_news(editor):
        raise ValidationError({"editor": "Người được chọn không phải biên tập viên."})
    article.state = ArticleState.FOR_EDITING
    article.editor, article.approver, article.due_on = editor, None, due_on
    _begin_anew(article)
    _save(article)
    note(article, StepVerb.TO_EDITING, by=by, to=editor, due_on=due_on, text=nfc(text, multiline=True))
    entry = audit.record("news.submit_for_editing", about=article, by=by, summary="Gửi biên tập tin, bài")
    notices.tell_for_editing(article, by=by, key=str(entry.pk), text=text)
    return article


@transaction.atomic
def submit_for_approval(
    article: Article,
    *,
    by: User,
    approver: User | None = None,
    due_on: datetime.date | None = None,
    text: str = "",
) -> Article:
    """A draft, an edited text or an item once withdrawn goes to who approves: one by name, or any editor.

    From "for approval" itself it only changes hands: the named one is away, the day was too early. What the
    checker stops (`news.checking`) is mended first.
    """
    article = locked(
        article,
        ArticleState.DRAFT,
        ArticleState.FOR_EDITING,
        ArticleState.FOR_APPROVAL,
        ArticleState.WITHDRAWN,
    )
    _check_text(article)
    _check_due(due_on)
    if approver is not None and (refusal := approval_refusal(approver, article, named=approver)):
        raise ValidationError({"approver": refusal})
    if stop := get_approval_stop(article):
        raise ValidationError(stop, code="check")
    if article.state == ArticleState.FOR_EDITING and article.editor is None and can_write_news(by):
        article.editor = by
    article.state = ArticleState.FOR_APPROVAL
    article.approver, article.due_on = approver, due_on
    _begin_anew(article)
    _save(article)
    note(article, StepVerb.TO_APPROVAL, by=by, to=approver, due_on=due_on, text=nfc(text, multiline=True))
    entry = audit.record("news.submit_for_approval", about=article, by=by, summary="Trình duyệt tin, bài")
    notices.tell_for_approval(article, by=by, key=str(entry.pk), text=text)
    return article


@transaction.atomic
def return_with_reason(article: Article, *, by: User, reason: str) -> Article:
    """Back to its author, with a sentence that says what to do; everybody who acted on it hears it too."""
    article = locked(
        article,
        ArticleState.FOR_EDITING,
        ArticleState.FOR_APPROVAL,
        ArticleState.APPROVED,
        ArticleState.SCHEDULED,
    )
    article.state = ArticleState.DRAFT
    article.note = reason_of(reason)
    article.approved_by = article.approved_version = article.publish_at = article.due_on = None
    _save(article)
    note(article, StepVerb.RETURNED, by=by, to=article.author, text=article.note)
    entry = audit.record("news.return", about=article, by=by, summary="Trả lại tin, bài")
    notices.tell_returned(article, people_on(article), by=by, key=str(entry.pk))
    return article


def _begin_anew(article: Article) -> None:
    """What was said of an earlier round is over: its approval, its hour, its reason."""
    article.submitted_at = timezone.now()
    article.approved_by = article.approved_version = article.publish_at = article.withdrawn_at = None
    article.note = ""


def _save(article: Article) -> None:
    article.save(
        update_fields=[
            "state",
            "editor",
            "approver",
            "due_on",
            "submitted_at",
            "approved_by",
            "approved_version",
            "publish_at",
            "withdrawn_at",
            "note",
            "updated_at",
        ]
    )


def _check_text(article: Article) -> None:
    if not article.lead and not article.plain:
        raise ValidationError("Chưa trình được: bài chưa có chữ nào.", code="state")


def _check_due(due_on: datetime.date | None) -> None:
    if due_on is not None and due_on < timezone.localdate():
        raise ValidationError({"due_on": "Hạn này đã qua. Chọn hôm nay hoặc một ngày sau."})
