"""One's own address of the news: made, made anew, ended."""

from __future__ import annotations

from django.db import transaction

from members.models import User
from news.models import NewsFeed
from portal import audit


@transaction.atomic
def reset_feed(*, by: User) -> str:
    """A new secret, to be shown once."""
    feed, secret, is_new = NewsFeed.objects.reset(by)
    summary = "Tạo địa chỉ nguồn tin riêng" if is_new else "Đổi địa chỉ nguồn tin riêng"
    audit.record("news.reset_feed", about=feed, by=by, summary=summary)
    return secret


@transaction.atomic
def end_feed(*, by: User) -> None:
    for feed in NewsFeed.objects.select_for_update().filter(user=by):
        audit.record("news.end_feed", about=feed, by=by, summary="Ngừng địa chỉ nguồn tin riêng")
        feed.delete()
