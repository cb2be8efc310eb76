"""Leaving the Party: death, striking off, expulsion, own wish; three registers of their own (domain §4.4)."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from members.models.history import with_history
from members.models.organizations import PartyOrganization
from members.models.people import ExitReason, PartyMember
from portal.vietnamese.fields import NFCCharField

#: Who moves out of the house stays a member: that is a transfer.
DEPARTURE_REASONS = [choice for choice in ExitReason.choices if choice[0] != ExitReason.MOVED_OUT]


@with_history(of="member", leaving_out=["ended"])
class Departure(models.Model):
    """From `left_on` somebody is no member any more. What ended with it is kept, to be taken back exactly
    when the row was a mistake."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="departures"
    )
    reason = models.CharField("lý do", max_length=12, choices=DEPARTURE_REASONS)
    left_on = models.DateField("từ ngày")
    # Nobody decides a death; rows written before this was asked have none either.
    decided_by = models.ForeignKey(
        PartyOrganization,
        verbose_name="tổ chức quyết định",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)
    note = NFCCharField("ghi chú", max_length=200, blank=True)
    #: {"memberships": [[pk, its last day before, as 2024-09-26 or null]], "holdings": the same, and how and
    #: by which decision it was to end}
    ended = models.JSONField(default=dict, editable=False)

    objects: ClassVar[models.Manager[Departure]] = models.Manager()

    class Meta:
        verbose_name = "ra khỏi Đảng"
        verbose_name_plural = "ra khỏi Đảng"
        ordering = ["member", "left_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "left_on"],
                name="departure_once_a_day",
                violation_error_message="Đã ghi ra khỏi Đảng ngày này.",
            ),
            models.CheckConstraint(
                condition=Q(reason=ExitReason.DECEASED) | ~Q(decision_number=""),
                name="departure_has_decision",
                violation_error_message="Ghi số quyết định; chỉ từ trần mới không cần.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.get_reason_display()}"

    def clean(self) -> None:
        if self.reason != ExitReason.DECEASED and self.decided_by_id is None:
            raise ValidationError({"decided_by": "Chọn tổ chức quyết định; chỉ từ trần mới không cần."})
