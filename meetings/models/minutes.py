"""Minutes in blocks per agenda item, the delegates' opinions, and what makes them final."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meetings.models.agenda import AgendaItem
from meetings.models.meetings import Meeting
from meetings.models.participants import Participant
from members.roles import Role
from portal.richtext import RichTextField
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User


class MinutesState(models.TextChoices):
    DRAFTING = "drafting", "Đang ghi"
    FOR_APPROVAL = "for_approval", "Chờ người chủ trì duyệt"
    APPROVED = "approved", "Đã duyệt"


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: User) -> Self:
        """Approved ones for those who took part; drafts for the office, minute-taker and chair (P20)."""
        seen = self.filter(meeting__in=Meeting.objects.visible_to(user))
        if user.has_role(Role.OFFICE):
            return seen
        draft_readers = Q(meeting__minute_taker=user)
        if user.member_id:
            draft_readers |= Q(meeting__chair=user.member_id)
        return seen.filter(Q(state=MinutesState.APPROVED) | draft_readers)


class Minutes(models.Model):
    """The minutes of a conference: signed by the minute-taker, approved by the chair, then final.

    `content` is the text as it was approved, in words; `content_hash` is its SHA-256. What is read
    and printed afterwards comes from there, whatever happens to the rows it was made from.
    """

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    state = models.CharField(
        "trạng thái", max_length=12, choices=MinutesState.choices, default=MinutesState.DRAFTING
    )
    number = models.PositiveSmallIntegerField("số", null=True, blank=True)
    symbol = NFCCharField("ký hiệu", max_length=40, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="thư ký ký",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    signed_at = models.DateTimeField("ký lúc", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người chủ trì duyệt",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    content = models.JSONField("nội dung đã duyệt", default=dict, blank=True, editable=False)
    content_hash = models.CharField("dấu nội dung", max_length=64, blank=True, editable=False)
    return_reason = NFCTextField("lý do trả lại", max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[MinutesQuerySet] = MinutesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "biên bản"
        verbose_name_plural = "biên bản"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="minutes_signed_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(state=MinutesState.APPROVED)
                | Q(
                    approved_by__isnull=False,
                    approved_at__isnull=False,
                    signed_by__isnull=False,
                    number__isnull=False,
                )
                & ~Q(content_hash=""),
                name="approved_minutes_are_complete",
                violation_error_message="Biên bản đã duyệt phải có chữ ký, số và dấu nội dung.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="approved_minutes_are_final",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="approved"),
            )
        ]

    def __str__(self) -> str:
        return f"Biên bản {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:minutes", args=[self.meeting_id])


class MinutesBlockQuerySet(models.QuerySet["MinutesBlock"]):
    def visible_to(self, user: User) -> Self:
        """Blocks of minutes one may read, under items one may see."""
        return self.filter(
            minutes__in=Minutes.objects.visible_to(user), agenda_item__in=AgendaItem.objects.visible_to(user)
        )


class MinutesBlock(models.Model):
    """What was said and decided under one agenda item. `revision` guards against silent overwrite."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="blocks")
    agenda_item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="minutes_block")
    body = RichTextField("diễn biến", blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    updated_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[MinutesBlockQuerySet] = MinutesBlockQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "phần biên bản"
        verbose_name_plural = "phần biên bản"
        ordering = ["agenda_item__position", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="block_of_approved_minutes_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF EXISTS (
                    SELECT 1 FROM meetings_minutes
                    WHERE id IN (NEW.minutes_id, OLD.minutes_id) AND state = 'approved'
                ) THEN
                    RAISE EXCEPTION 'these minutes are approved and final';
                END IF;
                RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return str(self.agenda_item)


class OpinionResponse(models.TextChoices):
    TAKEN_UP = "taken_up", "tiếp thu"
    TO_CONSIDER = "to_consider", "xem xét, chọn lọc"
    EXPLAINED = "explained", "giải trình"


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(agenda_item__minutes_block__minutes__in=Minutes.objects.visible_to(user))


class Opinion(models.Model):
    """A delegate's opinion on a draft, and how the chair answered it."""

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="opinions")
    participant = models.ForeignKey(
        Participant, verbose_name="đại biểu", on_delete=models.PROTECT, related_name="opinions"
    )
    text = NFCTextField("ý kiến", max_length=4000)
    response = models.CharField("người chủ trì", max_length=12, choices=OpinionResponse.choices, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[OpinionQuerySet] = OpinionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "ý kiến đại biểu"
        verbose_name_plural = "ý kiến đại biểu"
        ordering = ["agenda_item", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="opinion_in_approved_minutes_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF EXISTS (
                    SELECT 1 FROM meetings_minutes m
                    JOIN meetings_agendaitem i ON i.meeting_id = m.meeting_id
                    WHERE i.id IN (NEW.agenda_item_id, OLD.agenda_item_id) AND m.state = 'approved'
                ) THEN
                    RAISE EXCEPTION 'these minutes are approved and final';
                END IF;
                RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant} – {self.agenda_item}"
