"""A narrowing of a list that its owner wants again: "đảng viên dự bị của Đảng bộ Văn phòng"."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def visible_to(self, user: AbstractBaseUser) -> Self:
        return self.filter(user=user)


class SavedFilter(models.Model):
    """What stands in the address of a list, under a name of its owner's. Opened, it asks the list anew:
    what somebody may not see any more is not there."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="của", on_delete=models.CASCADE, related_name="+"
    )
    path = models.CharField("trang danh sách", max_length=200)
    #: As in an address, in the order of names, without the place in the list (`portal.filters`).
    query = models.CharField("điều kiện", max_length=500)
    name = NFCCharField("tên bộ lọc", max_length=60)

    objects: ClassVar[SavedFilterQuerySet] = SavedFilterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "bộ lọc đã lưu"
        verbose_name_plural = "bộ lọc đã lưu"
        ordering = ["path", "name"]
        constraints = [models.UniqueConstraint(fields=["user", "path", "name"], name="saved_filter_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.path}?{self.query}"
