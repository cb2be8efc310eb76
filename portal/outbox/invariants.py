"""What must always be true of the outbox, asked of the tables. An empty list is the good answer."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, F, Q
from django.db.models.functions import Now

from portal.models import Channel, ChannelBreaker, Delivery, DeliveryState, Notice
from portal.models.deliveries import IN_HAND, WAITING

#: A sender's row without progress for so long, or a due row that nobody takes.
LONGEST_ATTEMPT = timedelta(minutes=7)
LONGEST_WAIT = timedelta(minutes=10)


def broken() -> list[str]:
    """One Vietnamese sentence for each promise that does not hold."""
    return [sentence for check in (_counts, _portal, _replies, _in_hand, _waiting) if (sentence := check())]


def _counts() -> str:
    """Every recipient is in exactly one state."""
    wrong = Notice.objects.annotate(rows=Count("deliveries")).exclude(rows=F("recipient_count"))
    return _say(wrong.count(), "thông báo có số lượt gửi khác số người nhận")


def _portal() -> str:
    wrong = Notice.objects.annotate(rows=Count("portal_notices")).exclude(rows=F("portal_count"))
    return _say(wrong.count(), "thông báo có số bản trên cổng khác số người nhận trên cổng")


def _replies() -> str:
    wrong = Delivery.objects.filter(Q(reply="") | Q(sent_at__isnull=True), state=DeliveryState.SENT)
    return _say(wrong.count(), "thư ghi là đã gửi mà không có trả lời của máy chủ")


def _in_hand() -> str:
    wrong = Delivery.objects.filter(state__in=IN_HAND, claimed_at__lt=Now() - LONGEST_ATTEMPT)
    return _say(wrong.count(), "thư nằm quá lâu trong tay một bộ gửi")


def _waiting() -> str:
    if ChannelBreaker.objects.filter(channel=Channel.MAIL, opened_at__isnull=False).exists():
        return ""  # the mail server is away, and staff see the banner
    wrong = Delivery.objects.filter(state__in=WAITING, due__lt=Now() - LONGEST_WAIT)
    return _say(wrong.count(), "thư đến hạn hơn 10 phút mà chưa ai gửi; kiểm tra bộ gửi")


def _say(number: int, what: str) -> str:
    return f"{number} {what}." if number else ""
