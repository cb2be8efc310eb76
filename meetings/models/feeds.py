"""A person's own calendar under a secret address."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from portal.tokens import digest_of


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def by_token(self, token: str) -> Self:
        """The feed this secret opens, if its owner may still sign in."""
        return self.filter(digest=digest_of(token), user__is_active=True)


class CalendarFeed(models.Model):
    """The way to one person's calendar. The secret itself is kept nowhere: only its digest is."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="của",
        on_delete=models.CASCADE,
        related_name="calendar_feed",
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    last_used_on = models.DateField("dùng lần cuối", null=True, blank=True, editable=False)

    objects: ClassVar[CalendarFeedQuerySet] = CalendarFeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "địa chỉ lịch riêng"
        verbose_name_plural = "địa chỉ lịch riêng"

    def __str__(self) -> str:
        return f"Lịch riêng của {self.user}"
