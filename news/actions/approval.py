"""From the approver to the reader: approved as it stands, scheduled or published, withdrawn."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members.models import User
from news import notices
from news.actions.publication import get_publication_refusal, put_before_readers
from news.actions.text import EditConflict
from news.actions.trail import locked, note, people_on, reason_of, take_away
from news.checking import get_approval_stop
from news.models import Article, ArticleState, StepVerb
from news.permissions import approval_refusal
from portal import audit, dates


@transaction.atomic
def approve(article: Article, *, by: User, version: int) -> Article:
    """Approve the text as it stood at `version`; whoever edits the news publishes it when it is time.

    1. Never by its author (also a constraint of the database), and by the named one if one is named.
    2. What changed after the approver read it is not approved with it.
    3. Nor is what the checker stops: an editor may have changed the text since it was submitted.
    """
    article, key = _approved(article, by=by, version=version)
    notices.tell_approved(article, people_on(article), by=by, key=key)
    return article


@transaction.atomic
def publish(article: Article, *, by: User, published_at: datetime.datetime | None = None) -> Article:
    """An approved item appears now, or by itself at `published_at` if that is still to come.

    A moment that has passed is for items entered after the event: it is the time they show.
    """
    article = locked(article, ArticleState.APPROVED, ArticleState.SCHEDULED)
    now = timezone.now()
    if published_at is not None and published_at > now:
        return _schedule(article, by=by, publish_at=published_at)
    if refusal := get_publication_refusal(article):
        raise ValidationError(refusal, code="state")
    article.publish_at = None
    return put_before_readers(article, by=by, at=published_at or now)


@transaction.atomic
def approve_and_publish(
    article: Article, *, by: User, version: int, published_at: datetime.datetime | None = None
) -> Article:
    """Both in one step, as an approver usually does: one letter and not two."""
    article, key = _approved(article, by=by, version=version)
    article = publish(article, by=by, published_at=published_at)
    if article.is_scheduled:
        notices.tell_approved(article, people_on(article), by=by, key=key)
    return article


@transaction.atomic
def unschedule(article: Article, *, by: User) -> Article:
    """Its hour is called off; the approval stays as long as nobody changes the text."""
    article = locked(article, ArticleState.SCHEDULED)
    article.state, article.publish_at = ArticleState.APPROVED, None
    article.save(update_fields=["state", "publish_at", "updated_at"])
    note(article, StepVerb.UNSCHEDULED, by=by)
    audit.record("news.unschedule", about=article, by=by, summary="Bỏ hẹn đăng tin, bài")
    return article


@transaction.atomic
def withdraw(article: Article, *, by: User, reason: str) -> Article:
    """Take a published item (or one that waits for its hour) away from its readers."""
    article = locked(article, ArticleState.PUBLISHED, ArticleState.SCHEDULED)
    take_away(article, StepVerb.WITHDRAWN, by=by, reason=reason_of(reason))
    entry = audit.record("news.withdraw", about=article, by=by, summary="Gỡ tin, bài")
    notices.tell_withdrawn(article, people_on(article), by=by, key=str(entry.pk))
    return article


def _approved(article: Article, *, by: User, version: int) -> tuple[Article, str]:
    """The item, and the number of its line in the audit log."""
    article = locked(article, ArticleState.FOR_APPROVAL)
    if refusal := approval_refusal(by, article):
        raise ValidationError(refusal, code="forbidden")
    if article.version != version:
        raise EditConflict(article)
    if stop := get_approval_stop(article):
        raise ValidationError(stop, code="check")
    article.state, article.note, article.due_on = ArticleState.APPROVED, "", None
    article.approved_by, article.approved_version = by, article.version
    article.save(update_fields=["state", "note", "due_on", "approved_by", "approved_version", "updated_at"])
    note(article, StepVerb.APPROVED, by=by)
    return article, str(audit.record("news.approve", about=article, by=by, summary="Duyệt tin, bài").pk)


def _schedule(article: Article, *, by: User, publish_at: datetime.datetime) -> Article:
    article.state, article.publish_at = ArticleState.SCHEDULED, publish_at
    article.save(update_fields=["state", "publish_at", "updated_at"])
    note(article, StepVerb.SCHEDULED, by=by, text=dates.moment(publish_at))
    audit.record(
        "news.schedule",
        about=article,
        by=by,
        summary="Hẹn đăng tin, bài",
        changes={"publish_at": [None, publish_at.isoformat()]},
    )
    return article
