"""Who did what, to which object, when and from where. Written once; the database refuses the rest."""

from __future__ import annotations

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, thing: models.Model) -> Self:
        """The story of one object, newest first."""
        kind = ContentType.objects.get_for_model(thing, for_concrete_model=True)
        return self.filter(about_type=kind, about_id=thing.pk).select_related("actor").newest_first()

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class AuditEntry(models.Model):
    """One deed. `about_text` keeps the object's name even after the object is gone."""

    at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người thực hiện",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    action = models.CharField("hành động", max_length=60)
    about_type = models.ForeignKey(
        ContentType, verbose_name="loại đối tượng", on_delete=models.PROTECT, related_name="+"
    )
    about_id = models.BigIntegerField("số của đối tượng")
    about_text = models.CharField("đối tượng", max_length=250)
    summary = models.CharField("nội dung", max_length=300, blank=True)
    changes = models.JSONField("thay đổi", default=dict, blank=True)
    ip = models.GenericIPAddressField("địa chỉ máy", null=True, blank=True)
    request_id = models.CharField("số yêu cầu", max_length=40, blank=True)

    objects: ClassVar[AuditQuerySet] = AuditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id", "-at"], name="audit_about"),
            models.Index(fields=["actor", "-at"], name="audit_actor"),
            models.Index(fields=["-at", "-id"], name="audit_newest"),
        ]
        triggers = [
            pgtrigger.Protect(name="audit_is_written_once", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        # Not what it is about: whoever runs the trail may not know that.
        return f"Dòng nhật ký số {self.pk}"
