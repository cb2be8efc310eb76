"""More time for a task: asked for by those charged, granted or refused by the office (domain §2.2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from meetings.models.tasks import Task
from portal.vietnamese.fields import NFCTextField


class TaskExtension(models.Model):
    """A later deadline asked for, and what was said to it; `deadline` is the one it was to replace."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="extensions")
    deadline = models.DateField("hạn lúc đề nghị")
    extended_to = models.DateField("gia hạn đến")
    reason = NFCTextField("lý do", max_length=1000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    is_granted = models.BooleanField("cho gia hạn", null=True, blank=True)
    answer = NFCTextField("trả lời", max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "đề nghị gia hạn"
        verbose_name_plural = "đề nghị gia hạn"
        ordering = ["task", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extended_to__gt=F("deadline")),
                name="extension_is_later",
                violation_error_message="Hạn mới phải sau hạn đang có.",
            ),
            models.CheckConstraint(
                condition=Q(is_granted=None, decided_by=None, decided_at=None)
                | Q(is_granted__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="extension_decided_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(is_granted=False) | ~Q(answer=""),
                name="extension_refused_with_reason",
                violation_error_message="Không cho gia hạn thì ghi lý do.",
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(is_granted=None),
                name="extension_waits_once",
                violation_error_message="Đang có một đề nghị gia hạn chờ trả lời.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.extended_to}"
