"""The portrait in a member's record: a 3×4, where the person gave one."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from members.models.people import PartyMember

if TYPE_CHECKING:
    from members.models.user import User


class MemberPhotoQuerySet(models.QuerySet["MemberPhoto"]):
    def visible_to(self, user: User) -> Self:
        """As the record it stands in."""
        return self.filter(member__in=PartyMember.objects.visible_to(user))


class MemberPhoto(models.Model):
    """The file has no address of its own: it goes out inside the page of the record, whose every view
    leaves a line in the trail."""

    member = models.OneToOneField(
        PartyMember,
        verbose_name="đảng viên",
        on_delete=models.PROTECT,
        primary_key=True,
        related_name="photo",
    )
    file = models.FileField("ảnh", upload_to="dang-vien/anh")
    added_at = models.DateTimeField("ghi lúc", default=timezone.now)

    objects: ClassVar[MemberPhotoQuerySet] = MemberPhotoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "ảnh đảng viên"
        verbose_name_plural = "ảnh đảng viên"

    def __str__(self) -> str:
        return f"Ảnh của {self.member}"

    @property
    def data(self) -> str:
        """The picture as an address that carries it; empty when the file is gone from the disk."""
        try:
            with self.file.open("rb") as file:
                content: Any = base64.b64encode(file.read())
        except FileNotFoundError:
            return ""
        return f"data:image/jpeg;base64,{content.decode()}"
