"""What the steps of an item share: the lock, the reason, the line in its trail, who has acted on it."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from members.models import User
from news import edition
from news.models import Article, ArticleState, ArticleStep, StepVerb
from portal.vietnamese import nfc


def locked(article: Article, *states: ArticleState) -> Article:
    """The item under lock, in one of `states`; else the sentence that says where it stands."""
    people = ("author", "editor", "approver", "approved_by")
    article = Article.objects.select_for_update(of=("self",)).select_related(*people).get(pk=article.pk)
    if article.state not in states:
        expected = " hoặc ".join(f"“{state.label}”" for state in states)
        raise ValidationError(
            f"Chưa làm được: bài đang ở trạng thái “{article.get_state_display()}”, cần {expected}.",
            code="state",
        )
    return article


def note(
    article: Article,
    verb: StepVerb,
    *,
    by: User | None,
    to: User | None = None,
    due_on: datetime.date | None = None,
    text: str = "",
) -> ArticleStep:
    return ArticleStep.objects.create(
        article=article, verb=verb, by=by, to=to, due_on=due_on, text=text[:500]
    )


def take_away(article: Article, verb: StepVerb, *, by: User | None, reason: str) -> None:
    """A locked item leaves its readers."""
    article.state, article.withdrawn_at, article.note = ArticleState.WITHDRAWN, timezone.now(), reason
    # An hour that stayed would publish it again one day, a last day take it away again (wagtail#13896).
    article.publish_at = article.expires_on = article.pinned_until = None
    changed = ["state", "withdrawn_at", "publish_at", "expires_on", "pinned_until", "note", "updated_at"]
    article.save(update_fields=changed)
    edition.renew()
    note(article, verb, by=by, text=reason)


def reason_of(text: str) -> str:
    if not (reason := nfc(text, multiline=True)):
        raise ValidationError({"reason": "Chưa ghi lý do."})
    return reason


def people_on(article: Article) -> list[User]:
    """Its author, and everybody who has acted on it or was asked to: a reason reaches them all."""
    steps = ArticleStep.objects.filter(article=article)
    return list(
        User.objects.filter(
            Q(pk=article.author_id) | Q(pk__in=steps.values("by")) | Q(pk__in=steps.values("to")),
            is_active=True,
        ).order_by("pk")
    )
