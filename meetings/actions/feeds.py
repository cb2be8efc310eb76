"""One's own calendar address: made, made anew, ended. The secret is told once and kept nowhere."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q

from meetings.models import CalendarFeed
from members.models import User
from portal import audit
from portal.tokens import digest_of, new_secret


@transaction.atomic
def reset_feed(*, by: User) -> str:
    """A new secret; from this moment the old address opens nothing."""
    token = new_secret()
    feed, made = CalendarFeed.objects.update_or_create(
        user=by, defaults={"digest": digest_of(token), "last_used_on": None}
    )
    summary = "Tạo địa chỉ lịch riêng" if made else "Đổi địa chỉ lịch riêng"
    audit.record("meetings.reset_feed", about=feed, by=by, summary=summary)
    return token


@transaction.atomic
def end_feed(*, by: User) -> None:
    for feed in CalendarFeed.objects.select_for_update().filter(user=by):
        audit.record("meetings.end_feed", about=feed, by=by, summary="Ngừng địa chỉ lịch riêng")
        feed.delete()


def note_use(feed: CalendarFeed, *, today: datetime.date) -> None:
    """At most one write a day, so that its owner sees whether some program still asks."""
    unknown = Q(last_used_on__isnull=True) | Q(last_used_on__lt=today)
    CalendarFeed.objects.filter(unknown, pk=feed.pk).update(last_used_on=today)
