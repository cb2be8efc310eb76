"""What is told: one notice about one thing at one version, and its copy on each person's portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    import datetime

    from django.contrib.auth.base_user import AbstractBaseUser


class NoticeQuerySet(models.QuerySet["Notice"]):
    def about(self, thing: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(about_type=kind, about_id=thing.pk).select_related("posted_by")

    def live(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-posted_at", "-pk")


class Notice(models.Model):
    """Frozen at posting. A change of the thing told about is a new notice of a higher version
    under the same key, which replaces this one."""

    kind = models.CharField("loại", max_length=60)
    key = models.CharField("khóa", max_length=120)
    version = models.PositiveIntegerField("bản", default=1)
    about_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    about_id = models.BigIntegerField()
    about = GenericForeignKey("about_type", "about_id")
    title = NFCCharField("tiêu đề", max_length=250)
    url = models.CharField("địa chỉ trang", max_length=300)
    context = models.JSONField("nội dung đã chốt", default=dict, blank=True)
    is_urgent = models.BooleanField("khẩn", default=False)
    posted_at = models.DateTimeField("gửi lúc")
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người gửi",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    hold_until = models.DateTimeField("giữ đến")
    deadline = models.DateTimeField("hết hạn gửi")
    recipient_count = models.PositiveIntegerField("số người nhận", default=0)
    portal_count = models.PositiveIntegerField("số người nhận trên cổng", default=0)
    superseded_at = models.DateTimeField("được thay lúc", null=True, blank=True)
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người hủy",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects: ClassVar[NoticeQuerySet] = NoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        ordering = ["-posted_at", "-pk"]
        constraints = [
            # A cancelled notice frees its key: the office mends the list and sends again.
            models.UniqueConstraint(
                fields=["key", "version"],
                condition=Q(cancelled_at__isnull=True),
                name="notice_once_per_key_and_version",
            ),
        ]
        indexes = [models.Index(fields=["about_type", "about_id"], name="notice_about")]

    def __str__(self) -> str:
        return self.title

    def is_held(self, now: datetime.datetime) -> bool:
        """Still within the hold: nobody has been told anything yet."""
        return self.cancelled_at is None and now < self.hold_until


class PortalNoticeQuerySet(models.QuerySet["PortalNotice"]):
    def visible_to(self, user: AbstractBaseUser, now: datetime.datetime | None = None) -> Self:
        """One's own, after the hold; never those withdrawn before anybody saw them."""
        return self.filter(
            recipient=user, shown_from__lte=now or timezone.now(), withdrawn_at__isnull=True
        ).select_related("notice")

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> Self:
        return self.order_by("-shown_from", "-pk")


class PortalNotice(models.Model):
    """The copy on the portal: exists exactly once per person from the commit on (guarantee G1)."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="portal_notices")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người nhận",
        on_delete=models.PROTECT,
        related_name="portal_notices",
    )
    shown_from = models.DateTimeField("hiện từ")
    read_at = models.DateTimeField("mở lúc", null=True, blank=True)
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True)

    objects: ClassVar[PortalNoticeQuerySet] = PortalNoticeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "thông báo trên cổng"
        verbose_name_plural = "thông báo trên cổng"
        ordering = ["-shown_from", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "recipient"], name="portal_notice_once_per_person"),
        ]
        indexes = [
            models.Index(
                fields=["recipient", "-shown_from", "-id"],
                condition=Q(withdrawn_at__isnull=True),
                name="portal_notice_newest",
            ),
            models.Index(
                fields=["recipient", "shown_from"],
                condition=Q(read_at__isnull=True, withdrawn_at__isnull=True),
                name="portal_notice_unread",
            ),
        ]

    def __str__(self) -> str:
        return str(self.notice)
