"""Reminding whoever has an item on his desk after its day is over: once for each step."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from news import notices
from news.models import Article, ArticleState


def remind_overdue() -> int:
    """Called again and again: the key of the letter says which step has been reminded of."""
    waiting = [ArticleState.FOR_EDITING, ArticleState.FOR_APPROVAL]
    late = Article.objects.filter(state__in=waiting, due_on__lt=timezone.localdate())
    return sum(_remind(article) for article in late.only("pk"))


@transaction.atomic
def _remind(article: Article) -> bool:
    # Under lock: it may have been approved between the look and the letter.
    article = (
        Article.objects.select_for_update(of=("self",))
        .select_related("author", "editor", "approver")
        .get(pk=article.pk)
    )
    step = article.steps.order_by("-pk").first()
    if not article.is_overdue or step is None:
        return False
    return notices.tell_overdue(article, key=str(step.pk))
