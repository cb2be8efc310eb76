"""What every letter of the newsroom has: one form, and the editors as keepers of its board."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from members.owning_committee import owning_committee
from news.permissions import can_write_news
from portal import outbox
from portal.models import Delivery, Notice


class NewsNotice(outbox.NoticeKind):
    def compose(self, delivery: Delivery) -> outbox.Letter:
        notice = delivery.notice
        context = {
            "owner": owning_committee().name,
            "notice": notice,
            "recipient": delivery.name,
            "address": f"{settings.SITE_URL}{notice.url}",
            "reason": "",
            **notice.context,
        }
        return outbox.Letter(
            subject=notice.title,
            text=render_to_string("mail/news/article.txt", context),
            html=render_to_string("mail/news/article.html", context),
        )

    def may_see_board(self, user: Any, notice: Notice) -> bool:
        return can_write_news(user)

    def may_decide(self, user: Any, notice: Notice) -> bool:
        return can_write_news(user)
