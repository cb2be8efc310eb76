"""Which notices a person wants by letter, on the portal alone, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class NoticeChoice(models.TextChoices):
    BOTH = "both", "Thư và cổng"
    PORTAL = "portal", "Chỉ trên cổng"
    NEITHER = "neither", "Không báo"


class NoticePreferenceQuerySet(models.QuerySet["NoticePreference"]):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(user=user)


class NoticePreference(models.Model):
    """Without a row both ways are wanted. Of mandatory kinds there are none (`NoticeKind.mandatory`)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="của", on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField("loại thông báo", max_length=60)
    choice = models.CharField("cách báo", max_length=8, choices=NoticeChoice.choices)

    objects: ClassVar[NoticePreferenceQuerySet] = NoticePreferenceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tùy chọn thông báo"
        verbose_name_plural = "tùy chọn thông báo"
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_preference_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.kind}: {self.get_choice_display()}"
