"""The outbox: one row per person and channel, and what became of it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from portal.models.notices import Notice
from portal.vietnamese.fields import NFCCharField


class Channel(models.TextChoices):
    MAIL = "mail", "Thư điện tử"


class DeliveryState(models.TextChoices):
    QUEUED = "queued", "Chờ gửi"
    CLAIMED = "claimed", "Đang chuẩn bị"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    RETRY = "retry", "Sẽ gửi lại"
    FAILED = "failed", "Không gửi được"
    UNCERTAIN = "uncertain", "Chưa rõ đã tới chưa"
    CANCELLED = "cancelled", "Đã hủy gửi"
    NO_ADDRESS = "no_address", "Không có địa chỉ thư"
    HELD = "held", "Đang giữ lại"
    BOUNCED = "bounced", "Thư bị trả lại"


WAITING = (DeliveryState.QUEUED, DeliveryState.RETRY)
IN_HAND = (DeliveryState.CLAIMED, DeliveryState.SENDING)
#: Nothing has left yet, so a change of mind still counts. A row being sent can't be called back.
RECALLABLE = (*WAITING, DeliveryState.CLAIMED, DeliveryState.HELD)
#: States a person decides on, with "Gửi lại"; `UNCERTAIN` also with "Đã gửi".
FOR_DECISION = (DeliveryState.UNCERTAIN, DeliveryState.HELD, DeliveryState.FAILED, DeliveryState.BOUNCED)
NEEDS_REASON = (*FOR_DECISION, DeliveryState.CANCELLED)
UNFINISHED = (*WAITING, *IN_HAND)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def for_decision(self) -> Self:
        return self.filter(state__in=FOR_DECISION)

    def doubtful(self) -> Self:
        return self.filter(state=DeliveryState.UNCERTAIN)

    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def counts(self) -> dict[DeliveryState, int]:
        """How many rows in each state; their sum is the number of recipients (G6)."""
        rows = self.order_by().values_list("state").annotate(Count("pk"))
        found = {DeliveryState(state): number for state, number in rows}
        return {state: found[state] for state in DeliveryState if state in found}


class Delivery(models.Model):
    """queued -> claimed -> sending -> sent | retry | failed | uncertain | cancelled; see docs/notices.md.

    Name and address are frozen at posting. `token` names one attempt: only who holds it may say
    how that attempt ended. `worker` is the number whose advisory lock proves that somebody is at it.
    """

    notice = models.ForeignKey(
        Notice, verbose_name="thông báo", on_delete=models.PROTECT, related_name="deliveries"
    )
    channel = models.CharField("kênh", max_length=8, choices=Channel.choices, default=Channel.MAIL)
    recipient_key = models.CharField("khóa người nhận", max_length=60)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="tài khoản",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    name = NFCCharField("người nhận", max_length=160)
    address = models.CharField("địa chỉ thư", max_length=254, blank=True)
    message_id = models.CharField(max_length=200, unique=True, editable=False)
    lane = models.PositiveSmallIntegerField(default=0, editable=False)
    state = models.CharField(
        "trạng thái", max_length=10, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    due = models.DateTimeField("gửi sau")
    attempts = models.PositiveSmallIntegerField("số lần gửi", default=0)
    worker = models.IntegerField(null=True, blank=True, editable=False)
    token = models.UUIDField(null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField("bắt đầu gửi", null=True, blank=True, editable=False)
    sent_at = models.DateTimeField("máy chủ thư nhận lúc", null=True, blank=True, editable=False)
    reply = models.CharField("máy chủ thư trả lời", max_length=500, blank=True, editable=False)
    reason = models.CharField("lý do", max_length=500, blank=True)
    payload_hash = models.CharField(max_length=64, blank=True, editable=False)
    #: What became of each attempt and who decided: [{"at", "state", "words"}], oldest first.
    history = models.JSONField("diễn biến", default=list, blank=True, editable=False)

    objects: ClassVar[DeliveryQuerySet] = DeliveryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lượt gửi"
        verbose_name_plural = "lượt gửi"
        ordering = ["pk"]
        constraints = [
            # The notice carries the version, so this is (notice, recipient, channel, version).
            models.UniqueConstraint(
                fields=["notice", "recipient_key", "channel"], name="delivery_once_per_recipient"
            ),
            models.CheckConstraint(
                condition=Q(state__in=IN_HAND, worker__isnull=False)
                | (~Q(state__in=IN_HAND) & Q(worker__isnull=True)),
                name="delivery_in_hand_names_worker",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENDING) | Q(token__isnull=False, started_at__isnull=False),
                name="delivery_sending_has_token",
            ),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | (Q(sent_at__isnull=False) & ~Q(reply="")),
                name="delivery_sent_has_reply",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NEEDS_REASON) | ~Q(reason=""), name="delivery_stopped_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(state=DeliveryState.NO_ADDRESS, address="")
                | (~Q(state=DeliveryState.NO_ADDRESS) & ~Q(address="")),
                name="delivery_no_address_says_so",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lane", "due", "id"], condition=Q(state__in=WAITING), name="delivery_waiting"
            ),
            models.Index(fields=["worker"], condition=Q(state__in=IN_HAND), name="delivery_in_hand"),
            models.Index(fields=["notice", "state"], name="delivery_counts"),
            models.Index(fields=["id"], condition=Q(state__in=FOR_DECISION), name="delivery_for_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_state_display()}"

    @property
    def was_in_doubt(self) -> bool:
        """Whether an earlier attempt may have arrived, so that this one must say it is a repeat."""
        return any(event["state"] == DeliveryState.UNCERTAIN for event in self.history)

    def get_decision_refusal(self) -> str | None:
        """Why nobody has to decide on this row; None while a decision is open."""
        if self.state in FOR_DECISION:
            return None
        return f"Thư này đang ở trạng thái “{self.get_state_display()}”, không cần quyết định."


class ChannelBreaker(models.Model):
    """Whether the mail server can be reached. Open: nobody tries but one probe each half minute."""

    channel = models.CharField("kênh", max_length=8, choices=Channel.choices, primary_key=True)
    opened_at = models.DateTimeField("mất liên lạc từ", null=True, blank=True)
    probe_at = models.DateTimeField("thử lại lúc", null=True, blank=True)
    reason = models.CharField("lý do", max_length=300, blank=True)

    class Meta:
        verbose_name = "cầu dao kênh gửi"
        verbose_name_plural = "cầu dao kênh gửi"
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, probe_at__isnull=True, reason="")
                | (Q(opened_at__isnull=False, probe_at__isnull=False) & ~Q(reason="")),
                name="breaker_open_says_since_when_and_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.reason or 'thông'}"

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None
