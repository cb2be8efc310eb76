"""What people decide about rows: cancel, send again, call it sent; and what a new version stops.

Every function is one conditional UPDATE, so a sender at work and a person at the board can't both win:
a claimed row that is cancelled here fails the sender's own condition a moment later.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Func, JSONField, QuerySet, Value
from django.db.models.functions import Now
from django.utils import timezone

from portal import audit
from portal.models import Delivery, DeliveryState, Notice, PortalNotice
from portal.models.deliveries import RECALLABLE
from portal.outbox.nudging import nudge

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@transaction.atomic
def cancel(notice: Notice, *, by: AbstractBaseUser, reason: str = "Văn phòng hủy lần gửi này.") -> int:
    """Stop everything that has not left. Within the hold the portal notices are withdrawn too."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.cancelled_at:
        raise ValidationError("Lần gửi này đã được hủy trước đó.")
    now = timezone.now()
    stopped = stop_unsent(notice.deliveries.all(), reason=reason)
    if not stopped:
        raise ValidationError("Không còn thư nào chưa gửi để hủy.")
    if notice.is_held(now):
        notice.portal_notices.update(withdrawn_at=now)
    notice.cancelled_at, notice.cancelled_by_id = now, by.pk
    notice.save(update_fields=["cancelled_at", "cancelled_by"])
    audit.record("outbox.cancel", about=notice, by=by, summary=f"{reason} Đã dừng {stopped} thư.")
    return stopped


@transaction.atomic
def withdraw(*, key: str, reason: str, recipient_keys: Collection[str] | None = None) -> int:
    """Called by an action whose change makes unsent mail wrong: a person removed, a meeting put off.

    Only rows of these recipients, or all. Joins the caller's transaction: from its commit on no such
    row can leave, except the one each sender has just begun to hand over."""
    rows = Delivery.objects.filter(notice__key=key)
    if recipient_keys is not None:
        rows = rows.filter(recipient_key__in=recipient_keys)
    return stop_unsent(rows, reason=reason)


def supersede(notice: Notice, *, reason: str, now: datetime.datetime) -> int:
    """Mark the lower versions as replaced and stop what is unsent of them.

    One still within its hold nobody has seen: its portal notices are withdrawn too, so that two
    changes in a row are told once.
    """
    older = Notice.objects.filter(key=notice.key, version__lt=notice.version)
    unseen = PortalNotice.objects.filter(notice__in=older.filter(hold_until__gt=now), read_at__isnull=True)
    unseen.filter(shown_from__gt=now, withdrawn_at__isnull=True).update(withdrawn_at=now)
    if not older.filter(superseded_at__isnull=True).update(superseded_at=now):
        return 0
    return stop_unsent(Delivery.objects.filter(notice__in=older), reason=reason)


def stop_unsent(rows: QuerySet[Delivery], *, reason: str) -> int:
    return rows.filter(state__in=RECALLABLE).update(
        state=DeliveryState.CANCELLED,
        reason=reason,
        worker=None,
        history=remember(DeliveryState.CANCELLED, reason),
    )


@transaction.atomic
def send_again(delivery: Delivery, *, by: AbstractBaseUser) -> None:
    """Queue a doubtful, failed, bounced or held row once more, under the same Message-ID."""
    words = f"{by} cho gửi lại"
    delivery = _for_decision(delivery)
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.QUEUED,
        due=Now(),
        token=None,
        history=remember(DeliveryState.QUEUED, words),
    )
    _record("outbox.send_again", delivery, by)
    transaction.on_commit(nudge, robust=True)


@transaction.atomic
def mark_sent(delivery: Delivery, *, by: AbstractBaseUser) -> None:
    """Somebody made sure, by telephone or in the mail server's log, that it arrived."""
    delivery = _for_decision(delivery)
    if delivery.state != DeliveryState.UNCERTAIN:
        raise ValidationError("Chỉ xác nhận “Đã gửi” với thư chưa rõ đã tới chưa.")
    words = f"{by} xác nhận đã tới"
    Delivery.objects.filter(pk=delivery.pk).update(
        state=DeliveryState.SENT,
        sent_at=F("started_at"),
        reply=words,
        history=remember(DeliveryState.SENT, words),
    )
    _record("outbox.mark_sent", delivery, by)


def remember(state: DeliveryState, words: str) -> Func:
    """The history with one more event; for an UPDATE, so that nothing is read and written back."""
    words_of_event = {"at": Now(), "state": Value(state.value), "words": Value(words)}
    pairs = [part for name, value in words_of_event.items() for part in (Value(name), value)]
    event = Func(*pairs, function="jsonb_build_object")
    return Func(F("history"), event, template="%(expressions)s", arg_joiner=" || ", output_field=JSONField())


def _for_decision(delivery: Delivery) -> Delivery:
    """The row, locked and still open for a decision: the second of two clicks is told so."""
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("notice").get(pk=delivery.pk)
    if refusal := delivery.get_decision_refusal():
        raise ValidationError(refusal)
    return delivery


def _record(action: str, delivery: Delivery, by: AbstractBaseUser) -> None:
    audit.record(
        action,
        about=delivery.notice,
        by=by,
        summary=f"Lượt gửi số {delivery.pk}: {delivery.get_state_display()}, {delivery.reason}",
    )
