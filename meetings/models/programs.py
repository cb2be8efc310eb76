"""The annual work programme: where every conference comes from (domain §2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q

from meetings.models.kinds import MeetingKind
from members.models import Body, PartyOrganization
from members.roles import Role
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User


QUARTERS = ("I", "II", "III", "IV")


class WorkProgramQuerySet(models.QuerySet["WorkProgram"]):
    def visible_to(self, user: User) -> Self:
        """The office sees all; a secretary those of the organisations he manages."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.OFFICE):
            return self
        heads = user.organizations_as(Role.SECRETARY)
        return self.filter(body__organization__in=PartyOrganization.objects.under(heads))


class WorkProgram(models.Model):
    """A body's programme for one year, with the decision that adopted it."""

    body = models.ForeignKey(Body, verbose_name="của", on_delete=models.PROTECT, related_name="work_programs")
    year = models.PositiveSmallIntegerField("năm")
    symbol = NFCCharField("số, ký hiệu", max_length=60, blank=True)

    objects: ClassVar[WorkProgramQuerySet] = WorkProgramQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "chương trình công tác năm"
        verbose_name_plural = "chương trình công tác năm"
        ordering = ["-year", "body"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "year"],
                name="work_program_once_a_year",
                violation_error_message="Năm này đã có chương trình công tác.",
            )
        ]

    def __str__(self) -> str:
        return f"Chương trình công tác năm {self.year} của {self.body}"


class WorkProgramItemQuerySet(models.QuerySet["WorkProgramItem"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(program__in=WorkProgram.objects.visible_to(user))


class WorkProgramItem(models.Model):
    """One row: in which month, what, prepared by whom, giving what."""

    program = models.ForeignKey(
        WorkProgram, verbose_name="chương trình", on_delete=models.PROTECT, related_name="items"
    )
    month = models.PositiveSmallIntegerField("tháng", help_text="Việc của cả quý: tháng cuối quý.")
    is_quarterly = models.BooleanField("của cả quý", default=False)
    content = NFCTextField("nội dung", max_length=1000)
    preparing_body = models.ForeignKey(
        Body,
        verbose_name="cơ quan chuẩn bị",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    output = NFCCharField("sản phẩm", max_length=200, blank=True)
    meeting_kind = models.ForeignKey(
        MeetingKind,
        verbose_name="trình tại",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )

    objects: ClassVar[WorkProgramItemQuerySet] = WorkProgramItemQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "việc trong chương trình"
        verbose_name_plural = "việc trong chương trình"
        ordering = ["program", "month", "is_quarterly", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12),
                name="program_month_in_year",
                violation_error_message="Tháng phải từ 1 đến 12.",
            ),
            models.CheckConstraint(
                condition=Q(is_quarterly=False) | Q(month__in=[3, 6, 9, 12]),
                name="program_quarter_by_its_last_month",
                violation_error_message="Việc của cả quý ghi tháng cuối quý: 3, 6, 9 hoặc 12.",
            ),
        ]

    def __str__(self) -> str:
        return self.content

    @property
    def quarter(self) -> int:
        return (self.month + 2) // 3

    @property
    def period(self) -> str:
        """When it is due, as the programme says it: "Tháng 9", "Quý III"."""
        return f"Quý {QUARTERS[self.quarter - 1]}" if self.is_quarterly else f"Tháng {self.month}"
