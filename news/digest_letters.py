"""The letter with what is new: titles and leads of what its reader may still read when it leaves."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from members.models import User
from members.owning_committee import owning_committee
from news.models import Article, NewsDigest
from portal import dates, outbox
from portal.models import Delivery
from portal.tokens import check_token, make_token

PURPOSE = "news.digest"
#: More titles than these nobody reads in a letter; the rest is on the portal.
MOST_ITEMS = 30


class DigestNotice(outbox.NoticeKind):
    code = "news.digest"
    label = "Bản tin qua thư"
    mandatory = False
    is_asked_for = True

    def compose(self, delivery: Delivery) -> outbox.Letter:
        notice, user = delivery.notice, _digest(delivery).user
        readable = _readable(delivery, user)
        context = {
            "owner": owning_committee().name,
            "recipient": delivery.name,
            "title": notice.title,
            "articles": readable[:MOST_ITEMS],
            "more": max(0, readable.count() - MOST_ITEMS),
            "site": settings.SITE_URL,
            "all_news": f"{settings.SITE_URL}{notice.url}",
            "stop": f"{settings.SITE_URL}{stop_address(user)}",
        }
        return outbox.Letter(
            subject=notice.title,
            text=render_to_string("mail/news/digest.txt", context),
            html=render_to_string("mail/news/digest.html", context),
        )

    def refusal(self, delivery: Delivery) -> str | None:
        digest = NewsDigest.objects.filter(pk=delivery.notice.about_id).select_related("user").first()
        if digest is None:
            return "Người nhận đã thôi nhận bản tin."
        if not digest.user.is_active:
            return "Tài khoản người nhận không còn hoạt động."
        if not _readable(delivery, digest.user).exists():
            return "Các tin trong bản tin đã gỡ, hoặc người nhận không còn được xem."
        return None

    def address(self, delivery: Delivery) -> str:
        """He may have written down another one meanwhile."""
        return _digest(delivery).user.email


def post(digest: NewsDigest, items: Sequence[int], *, on: datetime.date) -> None:
    """By letter alone: on the portal the news stand by themselves."""
    user = digest.user
    outbox.post(
        kind=DigestNotice.code,
        about=digest,
        recipients=[outbox.Recipient(user=None, name=str(user), address=user.email, key=f"user:{user.pk}")],
        key=f"{DigestNotice.code}:{digest.pk}:{on.isoformat()}",
        title=f"Tin mới trên cổng, {dates.day(on)}",
        url=reverse("news:list"),
        by=None,
        context={"articles": list(items)},
    )


def stop_address(user: User) -> str:
    return reverse("news:stop_digest", args=[user.pk, make_token(PURPOSE, user.pk)])


def is_stop_token(token: str, pk: int) -> bool:
    return check_token(token, PURPOSE, pk)


def _digest(delivery: Delivery) -> NewsDigest:
    return NewsDigest.objects.select_related("user").get(pk=delivery.notice.about_id)


def _readable(delivery: Delivery, user: User) -> QuerySet[Article]:
    """What was withdrawn after the letter was posted, or is no longer for him, is not in it."""
    chosen = Article.objects.published_to(user).filter(pk__in=delivery.notice.context["articles"])
    return chosen.as_rows().newest_first()
