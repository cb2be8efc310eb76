"""Items a reader puts aside for himself. No audit: what a person likes to read is nobody's business."""

from __future__ import annotations

from members.models import User
from news.models import Article, SavedArticle


def save_article(article: Article, *, by: User) -> None:
    """Twice is once."""
    SavedArticle.objects.get_or_create(user=by, article=article)


def forget_article(article: Article, *, by: User) -> None:
    SavedArticle.objects.filter(user=by, article=article).delete()
