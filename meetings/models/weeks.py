"""Which weeks stand on the wall: the schedule of a week as the office has put it up (domain §2.3)."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from portal.dates import Week


class WeeklyScheduleQuerySet(models.QuerySet["WeeklySchedule"]):
    def of(self, week: Week) -> Self:
        return self.filter(monday=week.monday)


class WeeklySchedule(models.Model):
    """A week that has been published; there is no row before. Publishing again makes the next edition."""

    monday = models.DateField("tuần từ thứ Hai", unique=True)
    edition = models.PositiveSmallIntegerField("bản", default=0, editable=False)
    published_at = models.DateTimeField("đăng lúc", editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người đăng",
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects: ClassVar[WeeklyScheduleQuerySet] = WeeklyScheduleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lịch công tác tuần"
        verbose_name_plural = "lịch công tác tuần"
        ordering = ["-monday"]
        constraints = [
            models.CheckConstraint(
                condition=Q(monday__iso_week_day=1),
                name="week_begins_on_monday",
                violation_error_message="Tuần bắt đầu từ thứ Hai.",
            )
        ]

    def __str__(self) -> str:
        return f"Lịch công tác tuần {self.week.number} năm {self.week.year}"

    @property
    def week(self) -> Week:
        return Week.of(self.monday)
