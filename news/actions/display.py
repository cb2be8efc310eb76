"""How long an item stands before its readers, and how long on top of the others."""

from __future__ import annotations

import datetime
import logging

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members.models import User
from news import edition, notices
from news.actions.trail import locked, people_on, take_away
from news.models import Article, ArticleState, RequiredReading, StepVerb
from portal import audit, dates

logger = logging.getLogger(__name__)

#: What one call takes at most; the next one goes on.
BATCH = 100


@transaction.atomic
def set_display(
    article: Article, *, by: User, pinned_until: datetime.date | None, expires_on: datetime.date | None
) -> Article:
    """Its text is untouched: no approval is lost and no correction is told."""
    article = locked(article, *(state for state in ArticleState if state != ArticleState.WITHDRAWN))
    _check(article, pinned_until, expires_on)
    before = {"pinned_until": article.pinned_until, "expires_on": article.expires_on}
    article.pinned_until, article.expires_on = pinned_until, expires_on
    article.save(update_fields=["pinned_until", "expires_on", "updated_at"])
    changes = {name: [_iso(day), _iso(getattr(article, name))] for name, day in before.items()}
    audit.record("news.set_display", about=article, by=by, summary="Ghim, hạn hiện tin, bài", changes=changes)
    edition.renew()
    return article


def withdraw_expired(today: datetime.date | None = None) -> int:
    """Take away what has stood for its last day; answers how many. Called again and again by beat."""
    today = today or timezone.localdate()
    taken = 0
    while taken < BATCH and _withdraw_next(today):
        taken += 1
    return taken


@transaction.atomic
def _withdraw_next(today: datetime.date) -> bool:
    """The claim is the row's lock: two beats never take the same one, a killed worker none."""
    expired = Article.objects.expired(today).select_for_update(of=("self",), skip_locked=True)
    article = expired.select_related("author").first()
    if article is None or article.expires_on is None:
        return False
    reason = f"Hết ngày hiện ({dates.day(article.expires_on)})."
    take_away(article, StepVerb.EXPIRED, by=None, reason=reason)
    entry = audit.record("news.expire", about=article, by=None, summary="Gỡ tin, bài hết ngày hiện")
    notices.tell_expired(article, people_on(article), key=str(entry.pk))
    return True


def _check(article: Article, pinned_until: datetime.date | None, expires_on: datetime.date | None) -> None:
    today = timezone.localdate()
    if pinned_until and pinned_until < today:
        raise ValidationError({"pinned_until": "Ngày này đã qua. Chọn hôm nay hoặc một ngày sau."})
    if expires_on and expires_on < today:
        raise ValidationError({"expires_on": "Ngày này đã qua. Muốn gỡ ngay thì bấm Gỡ bài."})
    if pinned_until and expires_on and pinned_until > expires_on:
        raise ValidationError({"pinned_until": "Bài hết hiện trước ngày này. Chọn ngày sớm hơn."})
    reading = RequiredReading.objects.open().filter(article=article).first()
    if expires_on and reading and expires_on < reading.due_on:
        raise ValidationError(
            {"expires_on": f"Bài đang giao đọc đến {dates.day(reading.due_on)}. Chọn từ ngày ấy trở đi."}
        )


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
