"""Pictures inside formatted text. Who may read the text may see them, and nobody else."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.richtext import RichTextField
from portal.richtext.rules import IMAGE_ADDRESS


class RichTextImageQuerySet(models.QuerySet["RichTextImage"]):
    def visible_to(self, user: AbstractBaseUser) -> RichTextImageQuerySet:
        """Those in texts the user may read, and the user's own that stand in no saved text yet."""
        visible = Q(content_type=None, uploaded_by=user.pk)
        for model in owner_models():
            readable = model._default_manager.visible_to(user)  # type: ignore[attr-defined]
            visible |= Q(
                content_type=ContentType.objects.get_for_model(model), object_id__in=readable.values("pk")
            )
        return self.filter(visible)

    def claim_for(self, owner: models.Model) -> int:
        """Tie the pictures in the owner's text to it; one that has an owner already keeps it."""
        texts = (getattr(owner, field.attname) or "" for field in formatted_fields(type(owner)))
        found = {key for text in texts for key in IMAGE_ADDRESS.findall(text)}
        if not found:
            return 0
        kind = ContentType.objects.get_for_model(owner)
        return self.filter(content_type=None, pk__in=found).update(content_type=kind, object_id=owner.pk)

    def uploaded_by_since(self, user: AbstractBaseUser, moment: datetime.datetime) -> RichTextImageQuerySet:
        return self.filter(uploaded_by=user.pk, created_at__gte=moment)


class RichTextImage(models.Model):
    """One uploaded picture, as re-encoded by us."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField("tệp", upload_to="anh")
    width = models.PositiveIntegerField("chiều rộng")
    height = models.PositiveIntegerField("chiều cao")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người tải lên", on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField("tải lên lúc", default=timezone.now, editable=False)
    content_type = models.ForeignKey(
        ContentType, verbose_name="loại chủ sở hữu", on_delete=models.PROTECT, null=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField("số của chủ sở hữu", null=True)
    # The object in whose text the picture stands: the first one saved with it.
    owner = GenericForeignKey("content_type", "object_id")

    objects: ClassVar[RichTextImageQuerySet] = RichTextImageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "ảnh trong bài"
        verbose_name_plural = "ảnh trong bài"
        ordering = ["-created_at"]
        indexes = [models.Index("uploaded_by", "created_at", name="image_uploader")]
        constraints = [
            models.CheckConstraint(
                condition=Q(content_type=None, object_id=None)
                | Q(content_type__isnull=False, object_id__isnull=False),
                name="image_owner_whole_or_none",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def get_absolute_url(self) -> str:
        return reverse("richtext_image", args=[self.pk])


def formatted_fields(model: type[models.Model]) -> list[RichTextField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, RichTextField)]


def owner_models() -> list[type[models.Model]]:
    """Every model with formatted text."""
    return [model for model in apps.get_models() if formatted_fields(model)]


def claim_pictures(sender: type[models.Model], instance: models.Model, raw: bool, **kwargs: Any) -> None:
    """After an object with formatted text is saved (connected in `PortalConfig.ready`)."""
    if not raw:
        RichTextImage.objects.claim_for(instance)
