"""The letter that asks to look a lasting page through: to its owner, and to the editors where he has gone."""

from __future__ import annotations

import datetime

from django.urls import reverse

from members.models import User
from members.roles import Role
from news.letters import NewsNotice
from news.models import Article, ArticleState, Upkeep
from news.permissions import can_review
from portal import dates, outbox
from portal.models import Delivery, Notice


class ReviewDue(NewsNotice):
    code = "news.review_due"
    label = "Bài dùng lâu dài đến hạn rà soát"

    def refusal(self, delivery: Delivery) -> str | None:
        notice, user = delivery.notice, delivery.user
        kept = Upkeep.objects.filter(pk=notice.about_id).select_related("article").first()
        if kept is None or kept.article.state != ArticleState.PUBLISHED:
            return "Bài không còn phải rà soát."
        if kept.review_on.isoformat() != notice.context["review_on"]:
            return "Bài đã được rà soát, hoặc hẹn ngày khác."
        if user is None or not user.is_active or not can_review(user, kept):
            return "Người nhận không còn phụ trách bài này."
        if not Article.objects.visible_to(user).filter(pk=kept.article_id).exists():
            return "Người nhận không còn được xem bài này."
        return None


def ask(kept: Upkeep) -> bool:
    """Whether somebody was asked now: once before the day, once after it."""
    rung = "after" if kept.is_stale else "before"
    key = f"{ReviewDue.code}:{kept.pk}:{kept.review_on.isoformat()}:{rung}"
    people = _people(kept)
    if not people or Notice.objects.filter(key=key).exists():
        return False
    day = dates.day(kept.review_on)
    when = f"đã quá hạn rà soát ngày {day}" if kept.is_stale else f"cần rà soát trước hết ngày {day}"
    if not kept.owner.is_active:
        when += f"; đồng chí {kept.owner} không còn phụ trách, cần giao người khác"
    outbox.post(
        kind=ReviewDue.code,
        about=kept,
        recipients=[
            outbox.Recipient(user=one, name=one.full_name, address=one.email, key=f"user:{one.pk}")
            for one in people
        ],
        key=key,
        title=f"Rà soát: {kept.article.title}"[:250],
        url=reverse("news:upkeeps"),
        by=None,
        hold=datetime.timedelta(),
        context={
            "title": kept.article.title,
            "sentence": f"Bài này {when}. Đọc lại; còn đúng thì bấm Đã rà soát, không thì báo biên tập viên.",
            "review_on": kept.review_on.isoformat(),
        },
    )
    return True


def _people(kept: Upkeep) -> list[User]:
    if kept.owner.is_active:
        return [kept.owner]
    return list(User.objects.with_role(Role.EDITOR).filter(is_active=True))
