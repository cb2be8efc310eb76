"""A person's own calendar under a secret address."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from portal.models.feeds import PrivateFeed, PrivateFeedQuerySet


class CalendarFeed(PrivateFeed):
    """The way to one person's calendar."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="của",
        on_delete=models.CASCADE,
        related_name="calendar_feed",
    )

    objects: ClassVar[PrivateFeedQuerySet] = PrivateFeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "địa chỉ lịch riêng"
        verbose_name_plural = "địa chỉ lịch riêng"

    def __str__(self) -> str:
        return f"Lịch riêng của {self.user}"
