"""The sender's half of the table: every change says which row, in which state, held by whom.

A condition that no longer holds changes nothing, and the sender lets go of that row: somebody
cancelled it, decided on it, or took it over from a sender believed dead.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import F, prefetch_related_objects
from django.db.models.functions import Now

from portal.models import Channel, Delivery, DeliveryState
from portal.models.deliveries import WAITING
from portal.outbox.decisions import remember
from portal.postgresql.plans import keeping_plans

BATCH = 50

_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT id FROM portal_delivery
    WHERE state IN ('queued', 'retry') AND due <= now() AND channel = %s
    ORDER BY lane, due, id
    FOR UPDATE SKIP LOCKED
    LIMIT %s
)
UPDATE portal_delivery SET state = 'claimed', worker = %s, claimed_at = now()
FROM due WHERE portal_delivery.id = due.id
RETURNING portal_delivery.*
"""

# One statement, so one round trip and one commit a letter; by far the most frequent of all.
_BEGIN = """
WITH before AS (
    UPDATE portal_delivery
    SET state = 'sent', worker = NULL, sent_at = now(), reply = %(words)s::text, reason = '',
        history = history || jsonb_build_object('at', now(), 'state', 'sent', 'words', %(words)s::text)
    WHERE id = %(before)s AND token = %(before_token)s AND state IN ('sending', 'uncertain')
)
UPDATE portal_delivery
SET state = 'sending', worker = %(worker)s, token = %(token)s, attempts = %(attempts)s,
    started_at = now(), payload_hash = %(payload_hash)s
WHERE id = %(id)s
  AND (state = 'claimed' AND worker = %(worker)s
       OR token = %(token)s AND state IN ('sending', 'uncertain'))
"""


@dataclass(frozen=True)
class Result:
    """How an attempt ended. `again_in` only with RETRY."""

    state: DeliveryState
    words: str
    again_in: timedelta = timedelta()

    def changes(self) -> dict[str, Any]:
        changes: dict[str, Any] = {
            "state": self.state,
            "worker": None,
            "history": remember(self.state, self.words),
        }
        if self.state == DeliveryState.SENT:
            return changes | {"sent_at": Now(), "reply": self.words[:500], "reason": ""}
        if self.state == DeliveryState.RETRY:
            changes["due"] = Now() + self.again_in
        return changes | {"reason": self.words[:500]}


def is_anything_due() -> bool:
    return Delivery.objects.filter(state__in=WAITING, due__lte=Now()).exists()


def claim(worker: int, limit: int = BATCH) -> list[Delivery]:
    """Take up to `limit` due rows, quick lane first; committed at once, so nobody waits on them."""
    rows = list(Delivery.objects.raw(_CLAIM, [Channel.MAIL, limit, worker]))
    prefetch_related_objects(rows, "notice", "user")
    return sorted(rows, key=lambda row: (row.lane, row.due, row.pk))


def begin(
    delivery: Delivery, *, worker: int, token: uuid.UUID, payload_hash: str, carried: Sending | None
) -> bool:
    """Commit, before DATA, that this row is being sent; that the row before was sent rides along.

    False: the row is ours no longer. A repeat after a lost database connection finds its own token.
    """
    before = carried or NOTHING
    with keeping_plans(), connection.cursor() as cursor:
        cursor.execute(
            _BEGIN,
            {
                "before": before.pk,
                "before_token": before.token,
                "words": before.result.words,
                "id": delivery.pk,
                "worker": worker,
                "token": token,
                "attempts": delivery.attempts + 1,
                "payload_hash": payload_hash,
            },
        )
        return bool(cursor.rowcount == 1)


@dataclass(frozen=True)
class Sending:
    """An attempt whose end is known but not yet written down."""

    pk: int
    token: uuid.UUID
    result: Result

    def finish(self) -> bool:
        """The token makes it safe at any later time: even a row swept as doubtful learns the truth."""
        mine = Delivery.objects.filter(
            pk=self.pk, token=self.token, state__in=(DeliveryState.SENDING, DeliveryState.UNCERTAIN)
        )
        return bool(mine.update(**self.result.changes()))


NOTHING = Sending(pk=0, token=uuid.UUID(int=0), result=Result(DeliveryState.SENT, ""))


def settle(delivery: Delivery, *, worker: int, result: Result, is_attempt: bool = False) -> bool:
    """End a row that was claimed but not handed over."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.CLAIMED, worker=worker)
    return bool(mine.update(**result.changes(), attempts=F("attempts") + int(is_attempt)))


def release(worker: int, *, but: int | None = None) -> int:
    """Give back what is claimed and not begun, except one row; no attempt of these rows."""
    claimed = Delivery.objects.filter(worker=worker, state=DeliveryState.CLAIMED)
    if but is not None:
        claimed = claimed.exclude(pk=but)
    return claimed.update(state=DeliveryState.QUEUED, worker=None)


def next_worker() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('portal_outbox_worker')")
        number: int = cursor.fetchone()[0]
    return number
