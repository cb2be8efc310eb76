"""Around the roll-call desk: who helps at it for one conference, and the code on the room's screen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from meetings.models.meetings import Meeting


class DeskHelper(models.Model):
    """A person who may check people in at one conference, and at no other (P35).

    It opens the roll-call desk alone, and ends with the conference.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="desk_helpers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người giúp điểm danh",
        on_delete=models.PROTECT,
        related_name="desks_helped",
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người cử", on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField("cử lúc", default=timezone.now)
    ended_at = models.DateTimeField("thôi giúp lúc", null=True, blank=True)

    class Meta:
        verbose_name = "người giúp điểm danh"
        verbose_name_plural = "người giúp điểm danh"
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                condition=Q(ended_at__isnull=True),
                name="desk_helper_once",
                violation_error_message="Đồng chí này đã được cử giúp điểm danh.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.meeting}"


class SelfCheckIn(models.Model):
    """One opening of the self check-in: while it is open a changing code is shown in the room.

    Codes are signed over this row, so closing it ends every code given out, and a new opening begins
    with new ones.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="self_check_ins")
    opened_at = models.DateTimeField("mở lúc", default=timezone.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người mở", on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField("đóng lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lần mở tự điểm danh"
        verbose_name_plural = "những lần mở tự điểm danh"
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(closed_at__isnull=True),
                name="self_check_in_open_once",
                violation_error_message="Tự điểm danh đang mở.",
            )
        ]

    def __str__(self) -> str:
        return f"Tự điểm danh: {self.meeting}"
