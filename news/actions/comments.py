"""Remarks on a draft: for its author and whoever edits it, marked as done when the text has followed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members.models import User
from news import notices
from news.actions.trail import people_on
from news.models import Article, ArticleComment
from portal import audit
from portal.vietnamese import nfc


@transaction.atomic
def comment(article: Article, *, by: User, text: str) -> ArticleComment:
    """Say something about the text as it stands; everybody on the item is told."""
    if not (text := nfc(text, multiline=True)):
        raise ValidationError({"text": "Chưa ghi góp ý."})
    remark = ArticleComment(article=article, version=article.version, by=by, text=text)
    remark.clean_fields()
    remark.save()
    entry = audit.record("news.comment", about=article, by=by, summary="Góp ý tin, bài")
    notices.tell_comment(article, people_on(article), by=by, key=str(entry.pk), text=text)
    return remark


@transaction.atomic
def settle_comment(remark: ArticleComment, *, by: User) -> ArticleComment:
    """The text has followed it; again changes nothing."""
    remark = ArticleComment.objects.select_for_update().get(pk=remark.pk)
    if remark.done_at is None:
        remark.done_by, remark.done_at = by, timezone.now()
        remark.save(update_fields=["done_by", "done_at"])
        audit.record("news.settle_comment", about=remark.article, by=by, summary="Đã sửa theo góp ý")
    return remark
