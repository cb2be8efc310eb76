"""Take over from senders that died, and close what has lost its point. Twice at once is harmless."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now

from portal.delivery.life import NAMESPACE
from portal.models import Delivery, DeliveryState
from portal.models.deliveries import IN_HAND, WAITING
from portal.outbox.decisions import remember

logger = logging.getLogger(__name__)

IN_DOUBT = "Bộ gửi dừng giữa chừng. Chưa rõ máy chủ thư đã nhận chưa; cần người quyết."
EXPIRED = "Hết hạn gửi."
REPEATED = "Gửi lại theo quy định sau 15 phút chưa rõ kết quả."
RESEND_AFTER = timedelta(minutes=15)


def sweep() -> None:
    workers = Delivery.objects.filter(state__in=IN_HAND).order_by().values_list("worker", flat=True)
    for worker in filter(None, workers.distinct()):
        _take_over(worker)
    _expire()
    if settings.OUTBOX_RESEND_DOUBTFUL:
        _repeat_doubtful()


@transaction.atomic
def _take_over(worker: int) -> None:
    """If this number's lock can be had, nobody lives behind it. Freed again at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [NAMESPACE, worker])
        if not cursor.fetchone()[0]:
            return
    rows = Delivery.objects.filter(worker=worker)
    queued = rows.filter(state=DeliveryState.CLAIMED).update(state=DeliveryState.QUEUED, worker=None)
    doubtful = rows.filter(state=DeliveryState.SENDING).update(
        state=DeliveryState.UNCERTAIN,
        worker=None,
        reason=IN_DOUBT,
        history=remember(DeliveryState.UNCERTAIN, IN_DOUBT),
    )
    if queued or doubtful:
        logger.warning("Sender %s died: %s rows queued again, %s in doubt", worker, queued, doubtful)


def _expire() -> None:
    Delivery.objects.filter(state__in=WAITING, notice__deadline__lte=Now()).update(
        state=DeliveryState.FAILED, reason=EXPIRED, history=remember(DeliveryState.FAILED, EXPIRED)
    )


def _repeat_doubtful() -> None:
    """The other policy, off by default: a second copy under the same Message-ID rather than a person."""
    Delivery.objects.doubtful().filter(started_at__lte=Now() - RESEND_AFTER).update(
        state=DeliveryState.QUEUED, token=None, due=Now(), history=remember(DeliveryState.QUEUED, REPEATED)
    )
