"""Who did what, to which object, when and from where. Written once; the database refuses the rest."""

from __future__ import annotations

from typing import ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

#: The hash of a line's content in SQL, the same for the trigger that keeps it and the check that asks it.
#: A null entry gives null.
CONTENT_OF = (
    "encode(sha256(convert_to(CASE WHEN {row}.id IS NOT NULL THEN jsonb_build_array("
    "{row}.id, extract(epoch FROM {row}.at), {row}.actor_id, {row}.action, {row}.about_type_id, "
    "{row}.about_id, {row}.about_text, {row}.summary, {row}.changes, {row}.ip, {row}.request_id"
    ")::text END, 'UTF8')), 'hex')"
)


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
    #: What the database noted in the same act bears this number too (ADR 0022).
    act = models.UUIDField("số của việc", null=True, blank=True, editable=False)

    objects: ClassVar[AuditQuerySet] = AuditQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["about_type", "about_id", "-at"], name="audit_about"),
            models.Index(fields=["actor", "-at"], name="audit_actor"),
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index("act", name="audit_of_act", condition=models.Q(act__isnull=False)),
        ]
        triggers = [
            pgtrigger.Protect(name="audit_is_written_once", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="audit_content_is_kept",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func=(
                    "INSERT INTO portal_auditseal (entry_id, content, chain) "
                    f"VALUES (NEW.id, {CONTENT_OF.format(row='NEW')}, '') "
                    "ON CONFLICT DO NOTHING; RETURN NULL;"
                ),
            ),
        ]

    def __str__(self) -> str:
        # Not what it is about: whoever runs the trail may not know that.
        return f"Dòng nhật ký số {self.pk}"


class AuditSeal(models.Model):
    """The hash of one line, written with it by the database, and its place in the chain (ADR 0019).

    No foreign key binds it: a line that somebody takes out leaves its seal behind, and is missed.
    """

    entry = models.OneToOneField(
        AuditEntry,
        on_delete=models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="seal",
    )
    content = models.CharField(max_length=64)
    #: Empty until the line is joined to the chain; then counted from 1 without gaps.
    position = models.PositiveBigIntegerField(null=True, unique=True)
    chain = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = "mắt xích nhật ký"
        verbose_name_plural = "chuỗi nhật ký"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(position__isnull=True, chain="")
                | (models.Q(position__isnull=False) & ~models.Q(chain="")),
                name="sealed_in_its_place",
            )
        ]
        indexes = [
            models.Index("entry", name="audit_waiting_for_seal", condition=models.Q(position__isnull=True))
        ]
        triggers = [
            pgtrigger.Protect(name="audit_seal_stays", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="audit_seal_is_written_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__position__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Mắt xích số {self.position}"
