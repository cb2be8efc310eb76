"""What stands in the minutes under an agenda item: its text, the opinions, the votes, the scratch pad."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from meetings.models.agenda import AgendaItem
from meetings.models.audiences import AgendaAudience
from meetings.models.meetings import Meeting
from meetings.models.minutes import Minutes, MinutesState
from meetings.models.participants import Participant
from meetings.models.typed import TypedText
from members.roles import Role
from portal.richtext import RichTextField
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User

#: Refuses rows under an item of approved minutes, whichever way they are written.
_UNDER_APPROVED = """
                IF EXISTS (
                    SELECT 1 FROM meetings_minutes m
                    JOIN meetings_agendaitem i ON i.meeting_id = m.meeting_id
                    WHERE i.id IN (NEW.agenda_item_id, OLD.agenda_item_id) AND m.state = 'approved'
                ) THEN
                    RAISE EXCEPTION 'these minutes are approved and final';
                END IF;
                RETURN COALESCE(NEW, OLD);
                """


def _final_with_minutes(name: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_UNDER_APPROVED,
    )


class MinutesBlockQuerySet(models.QuerySet["MinutesBlock"]):
    def visible_to(self, user: User) -> Self:
        """Blocks of minutes one may read, under items one may see."""
        return self.filter(
            minutes__in=Minutes.objects.text_visible_to(user),
            agenda_item__in=AgendaItem.objects.visible_to(user),
        )


class MinutesBlock(TypedText):
    """How one agenda item went, in the minute-taker's words."""

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="blocks")
    agenda_item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="minutes_block")
    body = RichTextField("diễn biến", blank=True)

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
        """Those of minutes one may read, under items one may see."""
        return self.filter(
            agenda_item__meeting__minutes__in=Minutes.objects.text_visible_to(user),
            agenda_item__in=AgendaItem.objects.visible_to(user),
        )

    def read_by(self, audience: AgendaAudience) -> Self:
        """The same of approved minutes, for a page that found the conference through its own door."""
        return self.filter(
            agenda_item__meeting__minutes__state=MinutesState.APPROVED,
            agenda_item__in=AgendaItem.objects.read_by(audience),
        )


class Opinion(TypedText):
    """A delegate's speech or opinion on a draft, and how the chair answered it.

    Written while it is spoken: the speaker may be found later than the first words.
    """

    key = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="opinions")
    participant = models.ForeignKey(
        Participant,
        verbose_name="đại biểu",
        on_delete=models.PROTECT,
        related_name="opinions",
        null=True,
        blank=True,
    )
    said_at = models.TimeField("lúc", null=True, blank=True)
    text = NFCTextField("ý kiến", max_length=20_000, blank=True)
    response = models.CharField("người chủ trì", max_length=12, choices=OpinionResponse.choices, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[OpinionQuerySet] = OpinionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "ý kiến đại biểu"
        verbose_name_plural = "ý kiến đại biểu"
        ordering = ["agenda_item", "pk"]
        triggers = [_final_with_minutes("opinion_in_approved_minutes_is_final")]

    def __str__(self) -> str:
        return f"{self.participant or 'Chưa ghi tên'} – {self.agenda_item}"


class VoteBase(models.TextChoices):
    """Of whom more than half must agree."""

    INCUMBENT = "incumbent", "ủy viên đương nhiệm"
    CONVENED = "convened", "đại biểu chính thức được triệu tập"
    PRESENT = "present", "đại biểu chính thức có mặt"


class VoteQuerySet(models.QuerySet["Vote"]):
    def visible_to(self, user: User) -> Self:
        """Those of minutes one may read, under items one may see."""
        return self.filter(
            agenda_item__meeting__minutes__in=Minutes.objects.text_visible_to(user),
            agenda_item__in=AgendaItem.objects.visible_to(user),
        )


class Vote(models.Model):
    """A vote under an agenda item. A resolution holds when more than half of all incumbent members
    of the body agree, not of those present (Charter art. 9.5; 24-QĐ/TW 9.3.3)."""

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="votes")
    subject = NFCCharField("biểu quyết về", max_length=300)
    base = models.CharField("tính trên", max_length=10, choices=VoteBase.choices, default=VoteBase.INCUMBENT)
    base_number = models.PositiveSmallIntegerField("tổng số")
    in_favour = models.PositiveSmallIntegerField("tán thành")
    against = models.PositiveSmallIntegerField("không tán thành", default=0)
    other = models.PositiveSmallIntegerField("ý kiến khác", default=0)
    is_secret = models.BooleanField("bỏ phiếu kín", default=False)
    reserved_opinion = NFCTextField("bảo lưu ý kiến", max_length=1000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người ghi", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now, editable=False)

    objects: ClassVar[VoteQuerySet] = VoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "biểu quyết"
        verbose_name_plural = "biểu quyết"
        ordering = ["agenda_item", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(base_number__gte=F("in_favour") + F("against") + F("other")),
                name="votes_within_their_base",
                violation_error_message="Tổng số phiếu nhiều hơn số người được tính.",
            ),
            models.CheckConstraint(
                condition=Q(base_number__gt=0),
                name="vote_has_a_base",
                violation_error_message="Chưa biết tổng số người được tính.",
            ),
        ]
        triggers = [_final_with_minutes("vote_in_approved_minutes_is_final")]

    def __str__(self) -> str:
        return self.subject

    @property
    def needed(self) -> int:
        """More than half: of 27, 14."""
        return self.base_number // 2 + 1

    @property
    def is_carried(self) -> bool:
        return self.in_favour >= self.needed


class ScratchPadQuerySet(models.QuerySet["ScratchPad"]):
    def visible_to(self, user: User) -> Self:
        """Nobody's but the writer's own."""
        return self.filter(owner=user)


class ScratchPad(TypedText):
    """A writer's own notes under an item. They enter no paper, no export and no search."""

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="scratch_pads")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="của", on_delete=models.CASCADE, related_name="scratch_pads"
    )
    text = NFCTextField("nháp riêng", max_length=20_000, blank=True)

    objects: ClassVar[ScratchPadQuerySet] = ScratchPadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "nháp riêng"
        verbose_name_plural = "nháp riêng"
        ordering = ["agenda_item", "pk"]
        constraints = [models.UniqueConstraint(fields=["agenda_item", "owner"], name="scratch_pad_once")]

    def __str__(self) -> str:
        return f"{self.owner} – {self.agenda_item}"


class MinutesRevisionQuerySet(models.QuerySet["MinutesRevision"]):
    def visible_to(self, user: User) -> Self:
        """The office and those who write these minutes; nobody else sees how they came to be."""
        seen = self.filter(minutes__in=Minutes.objects.visible_to(user))
        if user.has_role(Role.OFFICE):
            return seen
        return seen.filter(minutes__meeting__in=Meeting.objects.minuted_by(user))


class MinutesRevision(models.Model):
    """One stretch of one person's writing in one text: what it read when he paused.

    `piece` names the text ("block:12", "opinion:<key>"), also after it was taken out. `is_aside`: it
    met a newer text and never stood in the minutes; `revision` is then the one it was typed on.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="revisions")
    piece = models.CharField("phần", max_length=60)
    revision = models.PositiveIntegerField("lần lưu")
    content = models.JSONField("nội dung")
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người ghi", on_delete=models.PROTECT, related_name="+"
    )
    began_at = models.DateTimeField("bắt đầu", default=timezone.now)
    saved_at = models.DateTimeField("lưu lúc", default=timezone.now)
    is_aside = models.BooleanField("để riêng", default=False, db_default=False)

    objects: ClassVar[MinutesRevisionQuerySet] = MinutesRevisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lần ghi biên bản"
        verbose_name_plural = "các lần ghi biên bản"
        ordering = ["minutes", "piece", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "piece", "revision"],
                condition=Q(is_aside=False),
                name="minutes_revision_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.piece}, lần {self.revision}"


class DeskPresence(models.Model):
    """Who has the minutes desk open, and at which item; a sign of life every few seconds."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ai", on_delete=models.CASCADE, related_name="+"
    )
    desk = models.UUIDField()
    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "người đang mở bàn ghi"
        verbose_name_plural = "người đang mở bàn ghi"
        ordering = ["minutes", "pk"]
        constraints = [models.UniqueConstraint(fields=["minutes", "desk"], name="presence_once_a_desk")]

    def __str__(self) -> str:
        return f"{self.user} – {self.agenda_item}"
