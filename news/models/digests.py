"""News by letter, daily or weekly, for whoever has asked for it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from members.models import User

MONDAY = 0


class DigestRhythm(models.TextChoices):
    DAILY = "daily", "Mỗi ngày một thư"
    WEEKLY = "weekly", "Mỗi tuần một thư, sáng thứ Hai"

    def day_after(self, today: datetime.date) -> datetime.date:
        """The next day on which a letter is due."""
        if self == DigestRhythm.DAILY:
            return today + datetime.timedelta(days=1)
        return today + datetime.timedelta(days=7 - (today.weekday() - MONDAY) % 7)


class NewsDigestQuerySet(models.QuerySet["NewsDigest"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(user=user)

    def due(self, today: datetime.date) -> Self:
        """What is to be sent, the longest waiting first; nothing to accounts that are closed."""
        return self.filter(next_on__lte=today, user__is_active=True).order_by("next_on", "pk")


class NewsDigest(models.Model):
    """The row is there while it is wanted. New is what was published after `covered_until`."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="của", on_delete=models.CASCADE, related_name="news_digest"
    )
    rhythm = models.CharField("bao lâu một thư", max_length=6, choices=DigestRhythm.choices)
    covered_until = models.DateTimeField("đã gửi tin đăng đến")
    next_on = models.DateField("thư tới vào ngày", db_index=True)

    objects: ClassVar[NewsDigestQuerySet] = NewsDigestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "bản tin qua thư"
        verbose_name_plural = "bản tin qua thư"

    def __str__(self) -> str:
        return f"Bản tin qua thư của {self.user}"
