"""Bodies, terms, and who held what from when to when (domain §3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from members.models.dated import DatedModel, DatedQuerySet, one_at_a_time
from members.models.history import with_history
from members.models.organizations import PartyOrganization
from members.roles import Role
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User


class BodyType(models.TextChoices):
    EXECUTIVE_COMMITTEE = "executive_committee", "Ban Chấp hành"
    STANDING_COMMITTEE = "standing_committee", "Ban Thường vụ"
    PERMANENT = "permanent", "Thường trực"
    INSPECTION_COMMISSION = "inspection_commission", "Ủy ban Kiểm tra"
    ADVISORY = "advisory", "Ban tham mưu"
    OFFICE = "office", "Văn phòng"
    MASS_ORGANIZATION = "mass_organization", "Đoàn thể"
    CONGRESS = "congress", "Đại hội"
    CELL = "cell", "Chi bộ"


@with_history(of="organization")
class Body(DatedModel):
    """A body that meets and decides, or an organ that works, within an organisation."""

    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="bodies"
    )
    body_type = models.CharField("loại", max_length=24, choices=BodyType.choices)
    name = NFCCharField("tên", max_length=200, help_text="Ví dụ: Ban Chấp hành Đảng bộ Khối")
    letters = NFCCharField("chữ viết tắt trong ký hiệu", max_length=20, blank=True)

    objects: ClassVar[DatedQuerySet[Body]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "tập thể, cơ quan"
        verbose_name_plural = "tập thể, cơ quan"
        ordering = ["organization", "body_type"]

    def __str__(self) -> str:
        return self.name


@with_history(of="organization")
class Term(models.Model):
    """A term of an organisation's committees, from congress to congress."""

    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="terms"
    )
    ordinal = models.PositiveSmallIntegerField("nhiệm kỳ lần thứ")
    name = NFCCharField("tên", max_length=80, help_text="Ví dụ: nhiệm kỳ 2020–2025")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)

    objects: ClassVar[DatedQuerySet[Term]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        ordering = ["organization", "-ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "ordinal"],
                name="term_ordinal_once",
                violation_error_message="Tổ chức này đã có nhiệm kỳ mang số đó.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A kind of position, with its place in the protocol order.

    `role` is the right that comes with holding it: a secretary manages the organisation's people.
    """

    title = NFCCharField("chức vụ", max_length=120, unique=True)
    rank = models.PositiveSmallIntegerField("thứ tự lễ tân", help_text="Số nhỏ đứng trước.")
    body_type = models.CharField("thuộc", max_length=24, choices=BodyType.choices, blank=True)
    is_single_seat = models.BooleanField("mỗi nơi chỉ một người", default=False)
    is_head = models.BooleanField("người đứng đầu tổ chức", default=False)
    has_vote = models.BooleanField("có quyền biểu quyết trong tập thể", default=False)
    role = models.CharField("vai trò kèm theo", max_length=20, choices=Role.choices, blank=True)

    class Meta:
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        ordering = ["rank", "title"]

    def __str__(self) -> str:
        return self.title


class HoldingBegun(models.TextChoices):
    ELECTED = "elected", "được bầu"
    APPOINTED = "appointed", "được chỉ định, bổ nhiệm"
    CO_OPTED = "co_opted", "được bổ sung"


class HoldingEnded(models.TextChoices):
    TERM_ENDED = "term_ended", "hết nhiệm kỳ"
    RETIRED = "retired", "nghỉ hưu theo chế độ"
    TRANSFERRED = "transferred", "được điều động nhận nhiệm vụ mới"
    DISMISSED = "dismissed", "thôi giữ chức"
    REORGANIZED = "reorganized", "do sắp xếp tổ chức"
    DECEASED = "deceased", "từ trần"


class PositionHoldingQuerySet(DatedQuerySet["PositionHolding"]):
    def visible_to(self, user: User) -> Self:
        """Who holds what is in the directory for everybody with an account (permissions: P63)."""
        return self if user.is_active else self.none()

    def by_rank(self) -> Self:
        return self.order_by("position__rank", "organization__position", "member__sort_key", "pk")


@with_history(of="member", leaving_out=["is_single_seat"])
class PositionHolding(DatedModel):
    """A member held a position in an organisation or its body from a day to a day."""

    member = models.ForeignKey(
        "members.PartyMember", verbose_name="đảng viên", on_delete=models.PROTECT, related_name="holdings"
    )
    position = models.ForeignKey(
        Position, verbose_name="chức vụ", on_delete=models.PROTECT, related_name="holdings"
    )
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="holdings"
    )
    body = models.ForeignKey(
        Body,
        verbose_name="tập thể, cơ quan",
        on_delete=models.PROTECT,
        related_name="holdings",
        null=True,
        blank=True,
    )
    term = models.ForeignKey(
        Term,
        verbose_name="nhiệm kỳ",
        on_delete=models.PROTECT,
        related_name="holdings",
        null=True,
        blank=True,
    )
    title = NFCCharField(
        "chức danh đầy đủ", max_length=200, help_text="Như in trên giấy tờ: Bí thư Đảng ủy Khối"
    )
    is_single_seat = models.BooleanField(default=False, editable=False)
    begun_by = models.CharField("bắt đầu do", max_length=20, choices=HoldingBegun.choices)
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)
    ended_by = models.CharField("kết thúc do", max_length=20, choices=HoldingEnded.choices, blank=True)
    end_decision_number = NFCCharField("số quyết định kết thúc", max_length=60, blank=True)

    objects: ClassVar[PositionHoldingQuerySet] = PositionHoldingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "quá trình giữ chức vụ"
        verbose_name_plural = "quá trình giữ chức vụ"
        ordering = ["position__rank", "pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_by="") | Q(valid_to__isnull=False),
                name="holding_end_reason_has_date",
                violation_error_message="Có lý do kết thúc thì phải có ngày kết thúc.",
            ),
            one_at_a_time(
                "holding_single_seat_once",
                "position",
                "organization",
                condition=Q(is_single_seat=True),
                sentence="Chức vụ này đã có người giữ trong thời gian đó.",
            ),
        ]
        indexes = [models.Index(F("body"), F("valid_from"), name="holding_body_from")]

    def __str__(self) -> str:
        return f"{self.member}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.is_single_seat = self.position.is_single_seat
        super().save(*args, **kwargs)
