"""Corrections a person proposes to the own record: somebody else looks at the papers and decides."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst

from members.models.people import PartyMember
from portal.dates import day
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User


class CorrectionState(models.TextChoices):
    WAITING = "waiting", "Chờ xem xét"
    ACCEPTED = "accepted", "Đã sửa hồ sơ"
    DECLINED = "declined", "Không sửa"
    WITHDRAWN = "withdrawn", "Đã rút"


class RecordCorrectionQuerySet(models.QuerySet["RecordCorrection"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those about the records one manages."""
        return self.filter(member__in=PartyMember.objects.visible_to(user))

    def waiting(self) -> Self:
        return self.filter(state=CorrectionState.WAITING)

    def to_decide(self, user: User) -> Self:
        """Never those about oneself (P73)."""
        return self.visible_to(user).waiting().exclude(member=user.member_id)


class RecordCorrection(models.Model):
    """`before` and `value` are written as the database keeps the field: days as 2024-09-26, choices by
    their code."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="corrections"
    )
    field = models.CharField("mục", max_length=40)
    before = NFCCharField("đang ghi", max_length=300, blank=True)
    value = NFCCharField("đề nghị ghi", max_length=300, blank=True)
    reason = NFCCharField("lý do, căn cứ", max_length=300)
    state = models.CharField(
        "trạng thái", max_length=12, choices=CorrectionState.choices, default=CorrectionState.WAITING
    )
    proposed_at = models.DateTimeField("đề nghị lúc", default=timezone.now)
    decided_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người trả lời",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    answer = NFCCharField("trả lời", max_length=300, blank=True)

    objects: ClassVar[RecordCorrectionQuerySet] = RecordCorrectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "đề nghị sửa hồ sơ"
        verbose_name_plural = "đề nghị sửa hồ sơ"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "field"],
                condition=Q(state=CorrectionState.WAITING),
                name="correction_waits_once",
                violation_error_message="Mục này đang có một đề nghị chờ xem xét.",
            ),
            models.CheckConstraint(
                condition=Q(state=CorrectionState.WAITING, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state=CorrectionState.WAITING) & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="correction_decided_at_and_by",
                violation_error_message="Đề nghị đã trả lời thì có người và lúc trả lời.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CorrectionState.DECLINED) | ~Q(answer=""),
                name="correction_declined_with_reason",
                violation_error_message="Không sửa thì ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.label.lower()}"

    @property
    def label(self) -> str:
        return str(capfirst(column(self.field).verbose_name))

    @property
    def shown_before(self) -> str:
        return shown(self.field, self.before)

    @property
    def shown_value(self) -> str:
        return shown(self.field, self.value)

    @property
    def shown_now(self) -> str:
        """What the record says at this moment."""
        return shown(self.field, kept(self.field, self.member))

    @property
    def is_overtaken(self) -> bool:
        """The record has been changed since."""
        return kept(self.field, self.member) != self.before

    def cleaned_value(self) -> Any:
        """As the field of the record takes it."""
        field = column(self.field)
        return None if field.null and not self.value else field.to_python(self.value)


def column(name: str) -> models.Field[Any, Any]:
    field: models.Field[Any, Any] = PartyMember._meta.get_field(name)  # type: ignore[assignment]
    return field


def kept(name: str, member: PartyMember) -> str:
    """The field as text, the way a proposal keeps it."""
    return text_of(getattr(member, name))


def text_of(value: Any) -> str:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return "" if value is None else str(value)


def shown(name: str, text: str) -> str:
    """26/9/2024, or the words of a choice; a dash for nothing."""
    field = column(name)
    if not text:
        return "–"
    if isinstance(field, models.DateField):
        return day(datetime.date.fromisoformat(text))
    return str(dict(field.flatchoices).get(text, text))
