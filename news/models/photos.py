"""The gallery of an item: photographs with their words, seen by whoever may read the item."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from news.models.articles import Article
from news.models.pictures import cover_mark, srcset
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models import User


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(article__in=Article.objects.visible_to(user))

    def to_size(self) -> Self:
        return self.filter(widths__isnull=True)


class Photo(models.Model):
    """`widths` are the sizes there are: None until they are made, empty where the file can't be read."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="photos")
    position = models.PositiveSmallIntegerField("thứ tự")
    file = models.ImageField("ảnh", upload_to="news/photos", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = NFCCharField("mô tả ảnh cho người không nhìn được", max_length=200)
    caption = NFCCharField("chú thích", max_length=200, blank=True)
    credit = NFCCharField("người chụp", max_length=120, blank=True)
    widths = ArrayField(models.PositiveSmallIntegerField(), null=True, blank=True, editable=False)

    objects: ClassVar[PhotoQuerySet] = PhotoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "ảnh trong bộ ảnh"
        verbose_name_plural = "bộ ảnh"
        ordering = ["article", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(alt=""),
                name="photo_has_description",
                violation_error_message="Ảnh cần một câu mô tả cho người không nhìn được.",
            )
        ]
        indexes = [models.Index("id", name="photo_to_size", condition=Q(widths__isnull=True))]

    def __str__(self) -> str:
        return self.caption or self.alt

    def get_absolute_url(self) -> str:
        return f"{self._base}?{cover_mark(self.file.name or '')}"

    @property
    def webp(self) -> str:
        return self._sizes("webp")

    @property
    def jpeg(self) -> str:
        return self._sizes("jpg")

    @property
    def _base(self) -> str:
        return reverse("news:photo", args=[self.pk])

    def _sizes(self, ending: str) -> str:
        return srcset(self._base, self.widths or [], ending, cover_mark(self.file.name or ""))
