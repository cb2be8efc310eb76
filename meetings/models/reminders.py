"""When the silent are reminded: a ladder for each kind of meeting, as rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from meetings.models.kinds import MeetingKind


class ReminderSubject(models.TextChoices):
    ANSWER = "answer", "trả lời giấy mời"
    PAPER = "paper", "nộp tài liệu"
    TASK = "task", "thực hiện nhiệm vụ"


class ReminderStep(models.Model):
    """One rung: so many days before the deadline, only to those who have not answered or handed in."""

    kind = models.ForeignKey(MeetingKind, on_delete=models.CASCADE, related_name="reminder_steps")
    subject = models.CharField("nhắc", max_length=8, choices=ReminderSubject.choices)
    days_before = models.PositiveSmallIntegerField("trước hạn (ngày)")

    class Meta:
        verbose_name = "mốc nhắc"
        verbose_name_plural = "các mốc nhắc"
        ordering = ["kind", "subject", "-days_before"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "days_before"],
                name="reminder_step_once",
                violation_error_message="Mốc nhắc này đã có.",
            ),
            models.CheckConstraint(
                condition=Q(days_before__gte=1, days_before__lte=30),
                name="reminder_step_within_a_month",
                violation_error_message="Nhắc trước hạn từ 1 đến 30 ngày.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}, trước {self.days_before} ngày"
