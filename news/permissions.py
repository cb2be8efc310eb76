"""Who may do what with a news item: small named questions, asked alike by view, tag and admin.

Visibility is not asked here: `visible_to` has answered it before (hidden is 404).
"""

from __future__ import annotations

from members.models import User
from members.roles import Role
from news.models import Article, ArticleState


def can_write_news(user: User) -> bool:
    """Create, edit, submit, return, withdraw: the editors, and nobody by being an administrator (P07)."""
    return user.is_active and user.has_role(Role.EDITOR)


def approval_refusal(user: User, article: Article) -> str | None:
    """Why this person may not approve this item, or None: a second pair of eyes, always (P08)."""
    if not can_write_news(user):
        return "Chỉ biên tập viên duyệt được tin, bài."
    if article.author_id == user.pk:
        return "Người viết không tự duyệt tin của mình. Một biên tập viên khác duyệt giúp."
    return None


def can_approve(user: User, article: Article) -> bool:
    return article.state == ArticleState.FOR_APPROVAL and approval_refusal(user, article) is None


def can_submit(user: User, article: Article) -> bool:
    """Editors, and whoever wrote it: the office submits the news item of its conference."""
    return can_write_news(user) or article.author_id == user.pk
