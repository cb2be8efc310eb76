"""Reorganisation of the tree: one decision, what it did, and who succeeds whom (domain §3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.models.organizations import PartyOrganization
from members.roles import Role
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User


class ReorgKind(models.TextChoices):
    SET_UP = "set_up", "Thành lập"
    RENAME = "rename", "Đổi tên"
    MERGE = "merge", "Hợp nhất"
    ABSORB = "absorb", "Sáp nhập"
    DIVIDE = "divide", "Chia"
    SPLIT_OFF = "split_off", "Tách"
    HAND_OVER = "hand_over", "Chuyển giao"
    RAISE = "raise", "Nâng cấp"
    LOWER = "lower", "Hạ cấp"
    DISSOLVE = "dissolve", "Giải thể"
    DISBAND = "disband", "Giải tán"
    END = "end", "Kết thúc hoạt động"


#: Without a successor, for three reasons: no longer needed, as discipline, by a new arrangement from above.
ENDINGS = (ReorgKind.DISSOLVE, ReorgKind.DISBAND, ReorgKind.END)


class ReorganizationQuerySet(models.QuerySet["Reorganization"]):
    def visible_to(self, user: User) -> Self:
        """Who manages one of the organisations touched, now or before."""
        heads = user.organizations_as(Role.SECRETARY) if user.is_active else frozenset()
        mine = PartyOrganization.objects.under(heads)
        return self.filter(Q(source__in=mine) | Q(target__in=mine)).distinct()


class Reorganization(models.Model):
    """One decision carried out. `journal` is every row it wrote, so that it can be taken back exactly."""

    kind = models.CharField("hình thức", max_length=12, choices=ReorgKind.choices)
    source = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức", on_delete=models.PROTECT, related_name="reorganizations"
    )
    target = models.ForeignKey(
        PartyOrganization,
        verbose_name="nơi nhận",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    decision_number = NFCCharField("số quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    effective_on = models.DateField("hiệu lực từ ngày")
    #: Sentences: who went where, what began and what ended.
    flows = models.JSONField("ai về đâu", default=list)
    #: [{"name", "before", "after"}], members of each organisation with all below it.
    counts = models.JSONField("số đảng viên trước và sau", default=list)
    journal = models.JSONField(default=list, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người ghi", on_delete=models.PROTECT, related_name="+"
    )
    done_at = models.DateTimeField("ghi lúc", default=timezone.now)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)

    objects: ClassVar[ReorganizationQuerySet] = ReorganizationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "sắp xếp tổ chức"
        verbose_name_plural = "sắp xếp tổ chức"
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_on__gte=F("decided_on")),
                name="reorganization_after_decision",
                violation_error_message="Ngày hiệu lực sớm hơn ngày quyết định.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} theo {self.decision_number}"


class OrgSuccession(models.Model):
    """An organisation goes on in another: many to many, for merging and dividing."""

    reorganization = models.ForeignKey(Reorganization, on_delete=models.CASCADE, related_name="successions")
    predecessor = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức trước", on_delete=models.PROTECT, related_name="successors"
    )
    successor = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức sau", on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        verbose_name = "kế thừa tổ chức"
        verbose_name_plural = "kế thừa tổ chức"
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
