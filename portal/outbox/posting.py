"""`post` writes everything down in the caller's transaction: no broker, no mail server.

Once that transaction is committed the notice exists for everybody; how it leaves is the drain's work.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Model

from portal.models import Notice
from portal.outbox import decisions
from portal.outbox.kinds import kind_of
from portal.outbox.nudging import nudge
from portal.outbox.preferences import wanted
from portal.outbox.recipients import Recipient, distinct
from portal.outbox.writing import write_rows

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

#: Fewer recipients than this go before every mass sending.
QUICK_LANE_LIMIT = 50
QUICK_LANE, BULK_LANE = 0, 1
#: How long we go on trying, unless the notice loses its point earlier.
PATIENCE = datetime.timedelta(hours=24)


@transaction.atomic
def post(
    *,
    kind: str,
    about: Model,
    recipients: Iterable[Recipient],
    key: str,
    version: int = 1,
    title: str,
    url: str,
    by: AbstractBaseUser | None,
    hold: datetime.timedelta = datetime.timedelta(),
    context: dict[str, Any] | None = None,
    urgent: bool = False,
    deadline: datetime.datetime | None = None,
    replaces: str = "Đã có thông báo mới thay thế.",
) -> Notice:
    """Tell `recipients` once. The same key and version again changes nothing; people who were not on
    the list before are added. A higher version stops what is still unsent of the lower ones, with
    the reason `replaces` ("Đã đổi giờ."). `deadline`: after it the mail has no point any more."""
    known = kind_of(kind)  # an unknown kind fails here, before anything is written
    now = database_now()
    people = distinct(recipients)
    notice, _ = Notice.objects.get_or_create(
        key=key,
        version=version,
        cancelled_at__isnull=True,
        defaults={
            "kind": kind,
            "about_type": ContentType.objects.get_for_model(about),
            "about_id": about.pk,
            "title": title,
            "url": url,
            "context": context or {},
            "is_urgent": urgent or len(people) < QUICK_LANE_LIMIT,
            "posted_at": now,
            "posted_by_id": by.pk if by else None,
            "hold_until": now + hold,
            "deadline": min(filter(None, [now + hold + PATIENCE, deadline])),
        },
    )
    decisions.supersede(notice, reason=replaces, now=now)
    lane = QUICK_LANE if notice.is_urgent else BULK_LANE
    write_rows(notice, wanted(known, people), lane=lane, due=max(now, notice.hold_until))
    transaction.on_commit(lambda: nudge(len(people)), robust=True)
    return notice


def usual_hold() -> datetime.timedelta:
    """How long a mass sending can be called back before anything leaves; for `post(hold=...)`."""
    return datetime.timedelta(seconds=settings.OUTBOX_HOLD_SECONDS)


def database_now() -> datetime.datetime:
    """The database's clock, the only one asked: hosts may disagree or jump (fault F18)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime.datetime = cursor.fetchone()[0]
    return now
