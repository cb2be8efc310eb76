"""News by letter: asked for, ended, and sent once a period."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members.models import User
from news import digest_letters
from news.models import Article, DigestRhythm, NewsDigest
from portal import audit

#: What one call sends at most; the next one goes on.
BATCH = 200
#: The letter is there when the office begins its day.
NOT_BEFORE = datetime.time(7)
#: An item may carry a moment a little earlier than that at which others see it: it waits for the next letter.
SETTLED = datetime.timedelta(minutes=5)


@transaction.atomic
def set_digest(rhythm: str, *, by: User) -> NewsDigest:
    """From now on; what was published before is no news any more."""
    if not by.email:
        raise ValidationError("Chưa có địa chỉ thư. Ghi địa chỉ thư ở trang Tài khoản của tôi trước.")
    now = timezone.now()
    chosen = DigestRhythm(rhythm)
    digest, _ = NewsDigest.objects.select_for_update().get_or_create(
        user=by, defaults={"rhythm": chosen, "covered_until": now, "next_on": timezone.localdate(now)}
    )
    digest.rhythm, digest.next_on = chosen, chosen.day_after(timezone.localdate(now))
    digest.save(update_fields=["rhythm", "next_on"])
    audit.record("news.set_digest", about=digest, by=by, summary=f"Nhận bản tin qua thư: {chosen.label}")
    return digest


@transaction.atomic
def end_digest(user: User, *, by: User | None) -> None:
    """`by` is nobody where the link of the letter was used."""
    for digest in NewsDigest.objects.select_for_update().filter(user=user):
        audit.record("news.end_digest", about=digest, by=by, summary="Thôi nhận bản tin qua thư")
        digest.delete()


def send_digests(now: datetime.datetime | None = None) -> int:
    """Called again and again by beat; answers how many letters were posted."""
    now = now or timezone.now()
    if timezone.localtime(now).time() < NOT_BEFORE:
        return 0
    posted = 0
    for _ in range(BATCH):
        was_posted = _send_next(now)
        if was_posted is None:
            break
        posted += was_posted
    return posted


@transaction.atomic
def _send_next(now: datetime.datetime) -> bool | None:
    """Whether the next one had something to tell; None when no one is due.

    The claim is the row's lock; letter and next day are written in one commit: a killed worker sent
    nothing, two beats never the same letter.
    """
    today = timezone.localdate(now)
    due = NewsDigest.objects.due(today).select_for_update(of=("self",), skip_locked=True)
    digest = due.select_related("user").first()
    if digest is None:
        return None
    until = max(digest.covered_until, now - SETTLED)
    new = Article.objects.published_to(digest.user).filter(
        published_at__gt=digest.covered_until, published_at__lte=until
    )
    items = list(new.newest_first().values_list("pk", flat=True))
    digest.covered_until, digest.next_on = until, DigestRhythm(digest.rhythm).day_after(today)
    digest.save(update_fields=["covered_until", "next_on"])
    if not items or not digest.user.email:
        return False
    digest_letters.post(digest, items, on=today)
    return True
