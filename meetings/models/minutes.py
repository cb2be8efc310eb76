"""The minutes of a conference as one paper: who may read it, its state, and what makes it final."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meetings.models.kinds import AttendeeRole
from meetings.models.meetings import Meeting
from meetings.models.participants import Participant
from members.roles import Role
from portal import dates
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User


class MinutesState(models.TextChoices):
    DRAFTING = "drafting", "Đang ghi"
    FOR_COMMENT = "for_comment", "Đang lấy ý kiến"
    FOR_APPROVAL = "for_approval", "Chờ người chủ trì duyệt"
    APPROVED = "approved", "Đã duyệt"


class MinutesQuerySet(models.QuerySet["Minutes"]):
    def visible_to(self, user: User) -> Self:
        """Approved ones for those who took part, reopened ones too (as they were approved, P26)."""
        seen = self.filter(meeting__in=Meeting.objects.visible_to(user))
        return seen if user.has_role(Role.OFFICE) else seen.filter(_text_readers(user) | Q(version__gt=1))

    def text_visible_to(self, user: User) -> Self:
        """Those whose text as it now stands one may read, drafts included (P20)."""
        seen = self.filter(meeting__in=Meeting.objects.visible_to(user))
        return seen if user.has_role(Role.OFFICE) else seen.filter(_text_readers(user))


def _text_readers(user: User) -> Q:
    """The writers and the chair; official delegates while they are asked; all once it is approved."""
    readers = Q(state=MinutesState.APPROVED) | Q(meeting__in=Meeting.objects.minuted_by(user))
    if user.member_id:
        asked = Participant.objects.taking_part().filter(member=user.member_id, role=AttendeeRole.OFFICIAL)
        readers |= Q(meeting__chair=user.member_id)
        readers |= Q(state=MinutesState.FOR_COMMENT, meeting__in=asked.values("meeting"))
    return readers


class Minutes(models.Model):
    """The minutes of a conference: signed by the minute-taker, approved by the chair, then final.

    `content` is the text as it was approved, in words; `content_hash` is its SHA-256. What is read
    and printed afterwards comes from there, whatever happens to the rows it was made from. Reopened
    they are a draft again, one `version` on; what had been approved stays as a `MinutesVersion`.
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
    version = models.PositiveSmallIntegerField("bản", default=1, db_default=1, editable=False)
    reopen_reason = NFCTextField("lý do mở lại", max_length=1000, blank=True, default="", db_default="")
    comment_round = models.PositiveSmallIntegerField(
        "lần lấy ý kiến", default=0, db_default=0, editable=False
    )
    comments_until = models.DateTimeField("góp ý trước", null=True, blank=True)
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
            # The one way out of "approved": a reopening with a reason, after a copy was kept.
            pgtrigger.Trigger(
                name="approved_minutes_are_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="approved"),
                func="""
                IF TG_OP = 'UPDATE' THEN
                    IF NEW.state = 'drafting' AND NEW.version = OLD.version + 1 AND NEW.reopen_reason <> ''
                        AND (NEW.meeting_id, NEW.number, NEW.symbol)
                            IS NOT DISTINCT FROM (OLD.meeting_id, OLD.number, OLD.symbol)
                        AND EXISTS (
                            SELECT 1 FROM meetings_minutesversion kept
                            WHERE kept.minutes_id = OLD.id AND kept.version = OLD.version
                                AND kept.content = OLD.content AND kept.content_hash = OLD.content_hash
                        )
                    THEN
                        RETURN NEW;
                    END IF;
                END IF;
                RAISE EXCEPTION 'these minutes are approved and final';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"Biên bản {self.meeting}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:minutes", args=[self.meeting_id])

    def get_write_refusal(self) -> str | None:
        """Why nothing in them can be written now; None while they are being written."""
        if self.state == MinutesState.DRAFTING:
            return None
        if self.state == MinutesState.FOR_COMMENT and self.comments_until:
            return f"Biên bản đang lấy ý kiến đến {dates.moment(self.comments_until)}, chưa sửa được."
        return "Biên bản đã ký, không sửa được nữa."


class MinutesVersionQuerySet(models.QuerySet["MinutesVersion"]):
    def visible_to(self, user: User) -> Self:
        """Whoever may read approved minutes may read what they were before a reopening."""
        return self.filter(minutes__in=Minutes.objects.visible_to(user))


class MinutesVersion(models.Model):
    """Minutes as they were approved once, word for word; a reopening leaves it untouched."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField("bản")
    symbol = NFCCharField("ký hiệu", max_length=40)
    content = models.JSONField("nội dung đã duyệt")
    content_hash = models.CharField("dấu nội dung", max_length=64)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="thư ký ký", on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField("ký lúc")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người duyệt", on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField("duyệt lúc")

    objects: ClassVar[MinutesVersionQuerySet] = MinutesVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "bản biên bản đã duyệt"
        verbose_name_plural = "các bản biên bản đã duyệt"
        ordering = ["minutes", "-version"]
        constraints = [models.UniqueConstraint(fields=["minutes", "version"], name="minutes_version_once")]
        triggers = [
            pgtrigger.Protect(name="approved_version_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.symbol}, bản {self.version}"


class MinutesCommentQuerySet(models.QuerySet["MinutesComment"]):
    def visible_to(self, user: User) -> Self:
        """The writers, the office and the chair read them all; a delegate his own."""
        comments = self.filter(minutes__in=Minutes.objects.visible_to(user))
        if user.has_role(Role.OFFICE):
            return comments
        readers = Q(minutes__meeting__in=Meeting.objects.minuted_by(user))
        if user.member_id:
            readers |= Q(minutes__meeting__chair=user.member_id) | Q(participant__member=user.member_id)
        return comments.filter(readers)


class MinutesComment(models.Model):
    """What a delegate said of the draft when asked: agreed, or what should read otherwise."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="comments")
    round = models.PositiveSmallIntegerField("lần lấy ý kiến")
    participant = models.ForeignKey(
        Participant, verbose_name="đại biểu", on_delete=models.PROTECT, related_name="minutes_comments"
    )
    agrees = models.BooleanField("nhất trí")
    text = NFCTextField("góp ý", max_length=4000, blank=True)
    reply = NFCTextField("thư ký trả lời", max_length=1000, blank=True)
    commented_at = models.DateTimeField("lúc", default=timezone.now, editable=False)

    objects: ClassVar[MinutesCommentQuerySet] = MinutesCommentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "góp ý biên bản"
        verbose_name_plural = "góp ý biên bản"
        ordering = ["minutes", "round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "round", "participant"], name="minutes_comment_once_a_round"
            ),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(text=""),
                name="objection_says_what",
                violation_error_message="Chưa nhất trí thì ghi chỗ cần sửa.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {'nhất trí' if self.agrees else 'có góp ý'}"
