"""Publishing what is due: row by row, each looked at once more, none in the way of another.

Called again and again by beat, by two beats at once, or late after an outage. The claim is the row's
lock, held until the item is before its readers and its letters are written: a worker killed at any
instant leaves it scheduled, with nothing told.
"""

from __future__ import annotations

import datetime
import logging

from django.db import transaction
from django.utils import timezone

from members.models import PartyOrganization, User
from members.roles import Role
from news import edition, notices
from news.actions.trail import note, people_on
from news.models import Article, ArticleState, StepVerb
from portal import audit, dates

logger = logging.getLogger(__name__)

#: What one call takes at most; the next one goes on.
BATCH = 100
#: So long after its hour an item is no longer published by itself.
ASK_AFTER = datetime.timedelta(hours=24)
FAULT = "Máy chủ gặp lỗi khi đăng. Báo quản trị hệ thống rồi duyệt đăng lại."


def publish_due(now: datetime.datetime | None = None) -> int:
    """Put everything before its readers whose hour has come; answers how many."""
    now = now or timezone.now()
    published = 0
    for _ in range(BATCH):
        outcome = _publish_next(now)
        if outcome is None:
            break
        published += outcome
    return published


def _publish_next(now: datetime.datetime) -> bool | None:
    """True: published; False: held back, with its reason; None: nothing is due that nobody has claimed."""
    with transaction.atomic():
        people = ("author", "approved_by", "category")
        due = Article.objects.due(now).select_for_update(of=("self",), skip_locked=True)
        article = due.select_related(*people).first()
        if article is None:
            return None
        try:
            with transaction.atomic():
                if refusal := get_publication_refusal(article) or _too_late(article, now):
                    _hold_back(article, refusal)
                    return False
                put_before_readers(article, by=None, at=now)
                return True
        except Exception:
            logger.exception("Article %s could not be published", article.pk, extra={"article": article.pk})
        # In a new savepoint, on a row read afresh: whatever failed has left nothing behind.
        _hold_back(Article.objects.select_related("author").get(pk=article.pk), FAULT)
        return False


def get_publication_refusal(article: Article) -> str | None:
    """Asked at the very moment of publishing: why this item must not appear; None if it may."""
    if article.approved_by is None or article.approved_version != article.version:
        return "Bài đã sửa sau khi duyệt, cần duyệt lại."
    author = article.author
    if not author.is_active or not author.has_role(Role.EDITOR, Role.OFFICE):
        return f"Người viết ({author}) không còn quyền viết tin. Người khác nhận bài rồi trình lại."
    if not article.is_for_all:
        audience = article.audience_organizations.values("pk")
        if not PartyOrganization.objects.on(timezone.localdate()).filter(pk__in=audience).exists():
            return "Các tổ chức được đọc không còn hoạt động. Chọn lại người đọc."
    for attachment in article.attachments.all():
        if not attachment.file.storage.exists(str(attachment.file.name)):
            return f"Không đọc được tệp kèm theo “{attachment.name}”. Tải lại tệp rồi trình lại."
    if article.cover and not article.cover.storage.exists(str(article.cover.name)):
        return "Không đọc được ảnh của bài. Chọn lại ảnh rồi trình lại."
    return None


def put_before_readers(article: Article, *, by: User | None, at: datetime.datetime) -> Article:
    """Inside the caller's transaction: it appears, its people are told, the pages are made anew."""
    article.state, article.published_at, article.due_on = ArticleState.PUBLISHED, at, None
    article.save(update_fields=["state", "published_at", "publish_at", "due_on", "updated_at"])
    edition.renew()
    late = ""
    if article.publish_at and article.is_late:
        late = f"Muộn so với giờ hẹn {dates.moment(article.publish_at)}."
    note(article, StepVerb.PUBLISHED, by=by, text=late)
    entry = audit.record("news.publish", about=article, by=by, summary="Đăng tin, bài")
    notices.tell_published(article, people_on(article), by=by, key=str(entry.pk), late=late)
    return article


def _too_late(article: Article, now: datetime.datetime) -> str | None:
    """After a long outage nobody knows whether the news is still news: an editor is asked."""
    if article.publish_at is None or now - article.publish_at <= ASK_AFTER:
        return None
    return (
        f"Giờ hẹn {dates.moment(article.publish_at)} đã qua hơn một ngày khi cổng hoạt động lại. "
        "Xem bài còn đúng không rồi duyệt lại."
    )


def _hold_back(article: Article, reason: str) -> None:
    """Back to the approver with the reason, everybody on it told; its hour is gone with its approval."""
    article.state, article.note = ArticleState.FOR_APPROVAL, reason
    article.approved_by = article.approved_version = article.publish_at = None
    article.save(
        update_fields=["state", "note", "approved_by", "approved_version", "publish_at", "updated_at"]
    )
    note(article, StepVerb.HELD_BACK, by=None, text=reason)
    entry = audit.record("news.hold_back", about=article, by=None, summary="Không đăng được tin, bài")
    notices.tell_held_back(article, people_on(article), key=str(entry.pk))
