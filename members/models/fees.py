"""Party fees: the rates by their day, what each member pays by, who pays less, and what was paid
(01-QĐ/TW of 03/02/2026; domain §4.8). Money is whole đồng, a month is its first day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q

from members.models.dated import DatedModel, DatedQuerySet, one_at_a_time
from members.models.history import with_history
from members.models.organizations import PartyOrganization
from members.models.people import PartyMember
from members.models.work import ScopedQuerySet
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User


class FeeGroup(models.TextChoices):
    INSURED = "insured", "Đóng bảo hiểm xã hội bắt buộc"
    BENEFIT = "benefit", "Hưởng chế độ ốm đau, thai sản"
    PENSIONER = "pensioner", "Hưởng lương hưu"
    STUDENT = "student", "Học sinh, sinh viên"
    OTHER = "other", "Diện khác"


class FeeRule(DatedModel):
    """What a group pays a month: a share of its income, or a fixed sum."""

    group = models.CharField("diện", max_length=12, choices=FeeGroup.choices)
    percent = models.DecimalField(
        "phần trăm thu nhập",
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    amount = models.PositiveIntegerField("mức cố định (đồng)", null=True, blank=True)
    rounding = models.PositiveIntegerField(
        "làm tròn đến (đồng)", default=1, validators=[MinValueValidator(1)], help_text="1 là không làm tròn"
    )
    basis = NFCCharField("căn cứ", max_length=200)

    objects: ClassVar[DatedQuerySet[FeeRule]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "mức đóng đảng phí"
        verbose_name_plural = "mức đóng đảng phí"
        ordering = ["group", "-valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["group", "valid_from"],
                name="fee_rule_once_a_day",
                violation_error_message="Diện này đã có một mức áp dụng từ ngày đó.",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=False, amount__isnull=True)
                | Q(percent__isnull=True, amount__isnull=False),
                name="fee_rule_is_share_or_sum",
                violation_error_message="Ghi phần trăm hoặc mức cố định, một trong hai.",
            ),
            models.CheckConstraint(
                condition=Q(rounding__gte=1),
                name="fee_rule_rounding",
                violation_error_message="Làm tròn ít nhất đến 1 đồng.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_group_display()


@with_history(of="member")
class FeeStanding(DatedModel):
    """By which group, and of which monthly income, a member pays from a day on."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="fee_standings"
    )
    group = models.CharField("diện", max_length=12, choices=FeeGroup.choices)
    income = models.PositiveIntegerField("thu nhập làm căn cứ (đồng)", null=True, blank=True)

    objects: ClassVar[DatedQuerySet[FeeStanding]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "diện đóng đảng phí"
        verbose_name_plural = "diện đóng đảng phí"
        ordering = ["-valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            one_at_a_time(
                "fee_standing_once_at_a_time", "member", sentence="Thời gian này đã ghi một diện khác."
            ),
        ]

    def __str__(self) -> str:
        return self.get_group_display()


@with_history(of="member")
class FeeRelief(DatedModel):
    """A member pays less, or nothing, on request: 30%, 50% or 70% off, at most twelve months at a time."""

    LESS: ClassVar[list[tuple[int, str]]] = [
        (30, "giảm 30%"),
        (50, "giảm 50%"),
        (70, "giảm 70%"),
        (100, "miễn"),
    ]

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="fee_reliefs"
    )
    percent = models.PositiveSmallIntegerField("mức", choices=LESS)
    reason = NFCCharField("lý do", max_length=200)
    decision_number = NFCCharField("số văn bản", max_length=60, blank=True)

    objects: ClassVar[DatedQuerySet[FeeRelief]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "miễn, giảm đảng phí"
        verbose_name_plural = "miễn, giảm đảng phí"
        ordering = ["-valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            one_at_a_time(
                "fee_relief_once_at_a_time", "member", sentence="Thời gian này đã được miễn, giảm."
            ),
            models.CheckConstraint(
                condition=Q(percent__in=[30, 50, 70, 100]),
                name="fee_relief_percent",
                violation_error_message="Chỉ giảm 30%, 50%, 70% hoặc miễn.",
            ),
            models.CheckConstraint(
                condition=Q(percent=100)
                | Q(
                    valid_to__isnull=False,
                    valid_to__lt=Func(
                        F("valid_from"),
                        template="(%(expressions)s + interval '12 months')::date",
                        output_field=models.DateField(),
                    ),
                ),
                name="fee_relief_is_short",
                violation_error_message="Giảm đảng phí mỗi lần không quá 12 tháng và phải có ngày hết hạn.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_percent_display()


class FeePaymentQuerySet(ScopedQuerySet["FeePayment"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those of the registers one keeps."""
        own = Q(member=user.member_id) if user.is_active and user.member_id else Q(pk__in=[])
        return self.filter(own | Q(pk__in=super().visible_to(user).values("pk")))


class FeePayment(models.Model):
    """One line of a cell's register: what was due for a month and what has been paid of it. The sum due
    stays as it was reckoned when it was entered; the line stays with the cell of that month."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="fee_payments"
    )
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="chi bộ", on_delete=models.PROTECT, related_name="fee_payments"
    )
    month = models.DateField("tháng")
    due = models.PositiveIntegerField("phải nộp (đồng)")
    paid = models.PositiveIntegerField("đã nộp (đồng)", default=0)
    paid_on = models.DateField("ngày nộp", null=True, blank=True)

    objects: ClassVar[FeePaymentQuerySet] = FeePaymentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "nộp đảng phí"
        verbose_name_plural = "nộp đảng phí"
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "month"],
                name="fee_once_a_month",
                violation_error_message="Tháng này đã có trong sổ.",
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="fee_month_is_its_first_day",
                violation_error_message="Tháng ghi bằng ngày đầu tháng.",
            ),
            models.CheckConstraint(
                condition=Q(paid=0, paid_on__isnull=True) | Q(paid__gt=0, paid_on__isnull=False),
                name="fee_paid_has_its_day",
                violation_error_message="Đã nộp thì có ngày nộp.",
            ),
        ]
        indexes = [models.Index("organization", "month", name="fee_by_organization")]

    def __str__(self) -> str:
        return f"đảng phí tháng {self.month.month}/{self.month.year}"

    @property
    def owed(self) -> int:
        """More than due is a gift, not a credit."""
        return max(self.due - self.paid, 0)
