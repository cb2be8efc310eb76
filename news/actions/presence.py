"""Who has an item's edit page open."""

from __future__ import annotations

from uuid import UUID

from members.models import User
from news.models import Article, ArticlePresence
from portal import presence


def note_presence(article: Article, *, desk: UUID, by: User) -> list[ArticlePresence]:
    """This page is open; the others that are open too."""
    return list(presence.note(article.presences, desk=desk, by=by))
