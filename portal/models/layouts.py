"""How papers are laid out, by the day the guide behind it took effect (domain §1.2, §1.3)."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from portal.vietnamese.fields import NFCCharField


class PartNumbering(models.TextChoices):
    DOT = "dot", "1. Phần một (văn bản mới)"
    HYPHEN = "hyphen", "1- Phần một (văn bản cũ)"


class DocumentLayoutQuerySet(models.QuerySet["DocumentLayout"]):
    def on(self, day: datetime.date) -> DocumentLayout:
        """The layout in force on the day; before the first one, that one."""
        in_force = self.filter(effective_from__lte=day).order_by("-effective_from").first()
        return in_force or self.order_by("effective_from").first() or DocumentLayout()


def _mm(name: str, default: str) -> Any:
    return models.DecimalField(
        f"{name} (mm)",
        max_digits=4,
        decimal_places=1,
        default=Decimal(default),
        validators=[MinValueValidator(0), MaxValueValidator(60)],
    )


def _points(name: str, default: int) -> Any:
    return models.PositiveSmallIntegerField(
        f"cỡ chữ {name}", default=default, validators=[MinValueValidator(8), MaxValueValidator(24)]
    )


class DocumentLayout(models.Model):
    """One row a guide; a paper takes the row of its own date, so an old one is printed as it was.

    The defaults are those of 36-HD/VPTW (3/4/2018), Phụ lục 3.
    """

    effective_from = models.DateField("áp dụng từ ngày", unique=True)
    basis = NFCCharField("căn cứ", max_length=200)
    margin_top = _mm("lề trên", "20")
    margin_bottom = _mm("lề dưới", "20")
    margin_left = _mm("lề trái", "30")
    margin_right = _mm("lề phải", "15")
    is_mirrored = models.BooleanField("đổi lề trái, phải ở mặt sau", default=False)
    page_number_top = _mm("số trang cách mép trên", "10")
    first_line = _mm("thụt dòng đầu đoạn", "12.7")
    line_spacing = models.DecimalField(
        "giãn dòng",
        max_digits=3,
        decimal_places=2,
        default=Decimal("1.15"),
        validators=[MinValueValidator(1), MaxValueValidator(2)],
    )
    paragraph_spacing = models.PositiveSmallIntegerField("cách đoạn (pt)", default=6)
    part_numbering = models.CharField(
        "đánh số phần, mục", max_length=6, choices=PartNumbering.choices, default=PartNumbering.DOT
    )
    title_size = _points("tiêu đề Đảng", 15)
    superior_size = _points("cơ quan cấp trên", 14)
    issuer_size = _points("cơ quan ban hành", 14)
    number_size = _points("số, ký hiệu", 14)
    date_size = _points("địa danh, ngày tháng", 14)
    type_size = _points("tên loại", 16)
    abstract_size = _points("trích yếu", 14)
    body_size = _points("nội dung", 14)
    table_size = _points("trong bảng", 13)
    signature_size = _points("thể thức ký", 14)
    recipients_head_size = _points("chữ “Nơi nhận”", 14)
    recipients_size = _points("danh sách nơi nhận", 12)

    objects: ClassVar[DocumentLayoutQuerySet] = DocumentLayoutQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "thể thức văn bản"
        verbose_name_plural = "thể thức văn bản"
        ordering = ["-effective_from"]

    def __str__(self) -> str:
        return self.basis
