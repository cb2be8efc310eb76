"""The papers of a conference as one PDF, one for each audience of the agenda."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Q
from django.urls import reverse
from django.utils import timezone

from meetings.models.agenda import leads, official_seat
from meetings.models.audiences import AgendaAudience
from meetings.models.meetings import Meeting
from members.roles import Role

if TYPE_CHECKING:
    from members.models import User


class BinderState(models.TextChoices):
    ASKED = "asked", "Đang lập"
    READY = "ready", "Đã lập"
    FAILED = "unbound", "Chưa lập được"


class BinderQuerySet(models.QuerySet["Binder"]):
    def visible_to(self, user: User) -> Self:
        """Each audience its own binder and those of the audiences that see less."""
        seen = self.filter(meeting__in=Meeting.objects.visible_to(user))
        if user.has_role(Role.OFFICE):
            return seen
        official = Q(audience=AgendaAudience.OFFICIAL) & Exists(official_seat(user))
        return seen.filter(leads(user) | official | Q(audience=AgendaAudience.INVITED))


class Binder(models.Model):
    """`papers` are the versions bound in it, `mark` says what it was made from: another mark is stale."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="binders")
    audience = models.CharField("cho", max_length=10, choices=AgendaAudience.choices)
    state = models.CharField(
        "tình trạng", max_length=8, choices=BinderState.choices, default=BinderState.ASKED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người yêu cầu", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("yêu cầu lúc", default=timezone.now)
    file = models.FileField("tệp", upload_to="meetings/binders", blank=True)
    mark = models.CharField(max_length=64, blank=True, editable=False)
    papers = ArrayField(models.BigIntegerField(), default=list, db_default=[], blank=True, editable=False)
    pages = models.PositiveIntegerField("số trang", default=0)
    built_at = models.DateTimeField("lập lúc", null=True, blank=True)

    objects: ClassVar[BinderQuerySet] = BinderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tập tài liệu"
        verbose_name_plural = "tập tài liệu"
        ordering = [F("asked_at").desc()]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "audience"], name="binder_once_an_audience"),
            models.CheckConstraint(
                condition=~Q(state=BinderState.READY) | (Q(built_at__isnull=False) & ~Q(file="")),
                name="ready_binder_has_its_file",
            ),
        ]

    def __str__(self) -> str:
        return f"Tập tài liệu {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:binder", args=[self.meeting_id])
