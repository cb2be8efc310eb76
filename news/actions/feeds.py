"""One's own address of the news: made, made anew, ended. The secret is told once and kept nowhere."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q

from members.models import User
from news.models import NewsFeed
from portal import audit
from portal.tokens import digest_of, new_secret


@transaction.atomic
def reset_feed(*, by: User) -> str:
    """A new secret; from this moment the old address opens nothing."""
    secret = new_secret()
    feed, made = NewsFeed.objects.update_or_create(
        user=by, defaults={"digest": digest_of(secret), "last_used_on": None}
    )
    summary = "Tạo địa chỉ nguồn tin riêng" if made else "Đổi địa chỉ nguồn tin riêng"
    audit.record("news.reset_feed", about=feed, by=by, summary=summary)
    return secret


@transaction.atomic
def end_feed(*, by: User) -> None:
    for feed in NewsFeed.objects.select_for_update().filter(user=by):
        audit.record("news.end_feed", about=feed, by=by, summary="Ngừng địa chỉ nguồn tin riêng")
        feed.delete()


def note_use(feed: NewsFeed, *, today: datetime.date) -> None:
    """At most one write a day, so that its owner sees whether some program still asks."""
    unknown = Q(last_used_on__isnull=True) | Q(last_used_on__lt=today)
    NewsFeed.objects.filter(unknown, pk=feed.pk).update(last_used_on=today)
