"""One's own calendar address: made, made anew, ended."""

from __future__ import annotations

from django.db import transaction

from meetings.models import CalendarFeed
from members.models import User
from portal import audit


@transaction.atomic
def reset_feed(*, by: User) -> str:
    """A new secret, to be shown once."""
    feed, secret, is_new = CalendarFeed.objects.reset(by)
    summary = "Tạo địa chỉ lịch riêng" if is_new else "Đổi địa chỉ lịch riêng"
    audit.record("meetings.reset_feed", about=feed, by=by, summary=summary)
    return secret


@transaction.atomic
def end_feed(*, by: User) -> None:
    for feed in CalendarFeed.objects.select_for_update().filter(user=by):
        audit.record("meetings.end_feed", about=feed, by=by, summary="Ngừng địa chỉ lịch riêng")
        feed.delete()
