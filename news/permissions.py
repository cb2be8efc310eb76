"""Who may do what with a news item: small named questions, asked alike by view, tag and admin.

Visibility is not asked here: `visible_to` has answered it before (hidden is 404).
"""

from __future__ import annotations

from members.models import User
from members.roles import Role
from news.models import Article, ArticleState, Upkeep


def can_write_news(user: User) -> bool:
    """Create, edit, submit, return, withdraw: the editors, and nobody by being an administrator (P07)."""
    return user.is_active and user.has_role(Role.EDITOR)


def approval_refusal(user: User, article: Article, *, named: User | None = None) -> str | None:
    """Why this person may not approve this item, or None: a second pair of eyes, always (P08).

    Where one is asked by name, he alone approves; `named` is who would be asked instead.
    """
    if not can_write_news(user):
        return "Chỉ biên tập viên duyệt được tin, bài."
    if article.author_id == user.pk:
        return "Người viết không tự duyệt tin của mình. Một biên tập viên khác duyệt giúp."
    approver = named or article.approver
    if approver is not None and approver.pk != user.pk:
        return f"Bài này trình đồng chí {approver} duyệt. Đồng chí ấy vắng thì đổi người duyệt."
    return None


def can_approve(user: User, article: Article) -> bool:
    return article.state == ArticleState.FOR_APPROVAL and approval_refusal(user, article) is None


def can_comment(user: User, article: Article) -> bool:
    """Whoever works on it."""
    return can_write_news(user) or article.author_id == user.pk


def can_submit(user: User, article: Article) -> bool:
    """Editors, and whoever wrote it: the office submits the news item of its conference."""
    return can_write_news(user) or article.author_id == user.pk


def can_review(user: User, kept: Upkeep) -> bool:
    """Say that a lasting page still holds: who answers for it, and the editors."""
    return can_write_news(user) or (user.is_active and kept.owner_id == user.pk)


def oversees_readings(user: User) -> bool:
    """Who is shown how far others have read: the editors, and secretaries for their own organisations."""
    return can_write_news(user) or (user.is_active and user.has_role(Role.SECRETARY))
