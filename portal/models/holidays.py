"""Public holidays and the weekend days worked in their stead, as the State sets them year by year."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from portal.vietnamese.fields import NFCCharField


class Holiday(models.Model):
    """A day that is not what its weekday says: off (Labour Code 2019, art. 112), or worked instead."""

    day = models.DateField(
        "ngày", unique=True, error_messages={"unique": "Ngày này đã ghi rồi. Mở dòng ấy để sửa."}
    )
    name = NFCCharField("dịp", max_length=80, help_text="Ví dụ Quốc khánh, Tết Nguyên đán.")
    is_worked = models.BooleanField(
        "làm bù",
        default=False,
        help_text="Thứ Bảy, Chủ nhật làm việc thay cho ngày được nghỉ. Bỏ trống: ngày nghỉ.",
    )
    basis = NFCCharField("căn cứ", max_length=200, blank=True, help_text="Thông báo lịch nghỉ của năm.")

    class Meta:
        verbose_name = "ngày nghỉ lễ, làm bù"
        verbose_name_plural = "ngày nghỉ lễ, làm bù"
        ordering: ClassVar[list[str]] = ["-day"]

    def __str__(self) -> str:
        return self.name
