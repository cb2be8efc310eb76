"""The sizes of a picture: made in the background, each of them served to whoever may see the picture."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from django.db import models

#: Widths in pixels of the picture as a whole, up to the one it has.
WIDTHS = (480, 800, 1200)
#: Widths of the small ones beside a headline, cut to 3:2 round the point that matters.
CUT_WIDTHS = (160, 320)
CUT_SHAPE = (3, 2)
#: In addresses: 800.webp is the whole picture, nho-320.webp the one cut for a list.
CUT = "nho-"


class Focus(models.TextChoices):
    """Where in a picture the eye should be; in percent from the left and from the top."""

    CENTRE = "50 50", "Giữa ảnh"
    TOP = "50 20", "Phía trên"
    BOTTOM = "50 80", "Phía dưới"
    LEFT = "20 50", "Bên trái"
    RIGHT = "80 50", "Bên phải"
    TOP_LEFT = "20 20", "Góc trên, bên trái"
    TOP_RIGHT = "80 20", "Góc trên, bên phải"
    BOTTOM_LEFT = "20 80", "Góc dưới, bên trái"
    BOTTOM_RIGHT = "80 80", "Góc dưới, bên phải"

    @property
    def point(self) -> tuple[int, int]:
        left, top = self.value.split()
        return int(left), int(top)


def cover_mark(name: str) -> str:
    """Another one for another picture, so that none is shown from yesterday."""
    return PurePosixPath(name).stem[:8]


def srcset(base: str, widths: Iterable[int], ending: str, mark: str, *, prefix: str = "") -> str:
    """The sizes as a browser chooses among them."""
    return ", ".join(f"{base}{prefix}{width}.{ending}?{mark} {width}w" for width in widths)


class Rendition(models.Model):
    """One size of the picture that lies in the storage as `original`; it goes with it."""

    original = models.CharField("ảnh gốc", max_length=100)
    name = models.CharField("cỡ", max_length=20)
    file = models.FileField("tệp", upload_to="news/renditions")

    class Meta:
        verbose_name = "cỡ ảnh"
        verbose_name_plural = "các cỡ ảnh"
        constraints = [models.UniqueConstraint(fields=["original", "name"], name="rendition_once_a_size")]

    def __str__(self) -> str:
        return f"{self.original}, {self.name}"
