"""Ratings beyond the single member: the scale and the cap by their day, an organisation's own rating, and
the title "bốn tốt" (domain §4.6)."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from members.models.dated import DatedModel, DatedQuerySet
from members.models.organizations import PartyOrganization
from members.models.record import FULL_POINTS, RATING_QUARTERS, RatingLevel
from members.models.work import ScopedQuerySet
from portal.vietnamese.fields import NFCCharField


class CapBase(models.TextChoices):
    """Of which number the cap is a share."""

    GOOD = "good", "số được xếp loại hoàn thành tốt nhiệm vụ"
    GOOD_OR_BETTER = "good_or_better", "số được xếp loại hoàn thành tốt nhiệm vụ trở lên"


class RatingRule(DatedModel):
    """The scale of points, where it has one, and how many may be rated excellent."""

    excellent_from = models.PositiveSmallIntegerField(
        "xuất sắc từ (điểm)", null=True, blank=True, help_text="Để trống cả ba mức nếu không chấm điểm"
    )
    good_from = models.PositiveSmallIntegerField("tốt từ (điểm)", null=True, blank=True)
    completed_from = models.PositiveSmallIntegerField("hoàn thành từ (điểm)", null=True, blank=True)
    cap_percent = models.PositiveSmallIntegerField(
        "xuất sắc nhiều nhất (%)", validators=[MaxValueValidator(FULL_POINTS)]
    )
    cap_base = models.CharField("tính trên", max_length=16, choices=CapBase.choices)
    basis = NFCCharField("căn cứ", max_length=200)

    objects: ClassVar[DatedQuerySet[RatingRule]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "quy định xếp loại"
        verbose_name_plural = "quy định xếp loại"
        ordering = ["-valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["valid_from"],
                name="rating_rule_once_a_day",
                violation_error_message="Đã có quy định xếp loại áp dụng từ ngày đó.",
            ),
            models.CheckConstraint(
                condition=Q(excellent_from__isnull=True, good_from__isnull=True, completed_from__isnull=True)
                | Q(
                    completed_from__gt=0,
                    good_from__gt=F("completed_from"),
                    excellent_from__gt=F("good_from"),
                    excellent_from__lte=FULL_POINTS,
                ),
                name="rating_rule_scale_rises",
                violation_error_message="Điểm các mức phải tăng dần, không quá 100; hoặc để trống cả ba.",
            ),
            models.CheckConstraint(
                condition=Q(cap_percent__lte=FULL_POINTS),
                name="rating_rule_cap_is_a_share",
                violation_error_message="Tỷ lệ không quá 100%.",
            ),
        ]

    def __str__(self) -> str:
        return self.basis

    def level_of(self, points: int) -> RatingLevel | None:
        """The highest level so many points allow; None where this rule has no points."""
        if self.excellent_from is None or self.good_from is None or self.completed_from is None:
            return None
        if points >= self.excellent_from:
            return RatingLevel.EXCELLENT
        if points >= self.good_from:
            return RatingLevel.GOOD
        return RatingLevel.COMPLETED if points >= self.completed_from else RatingLevel.NOT_COMPLETED


class OrganizationRating(models.Model):
    """An organisation's own rating for a quarter or a year, given by its superior."""

    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="own_ratings"
    )
    year = models.PositiveSmallIntegerField("năm")
    quarter = models.PositiveSmallIntegerField("quý", choices=RATING_QUARTERS, default=0)
    level = models.CharField("mức", max_length=16, choices=RatingLevel.choices)
    points = models.PositiveSmallIntegerField("điểm", null=True, blank=True)
    rated_on = models.DateField("ngày xếp loại")
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)

    objects: ClassVar[ScopedQuerySet[OrganizationRating]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "xếp loại tổ chức đảng"
        verbose_name_plural = "xếp loại tổ chức đảng"
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "quarter"],
                name="organization_rating_once_a_period",
                violation_error_message="Kỳ này tổ chức đã được xếp loại.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100, quarter__lte=4),
                name="organization_rating_period",
                violation_error_message="Kỳ xếp loại chưa đúng.",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=FULL_POINTS),
                name="organization_rating_points",
                violation_error_message="Điểm từ 0 đến 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_quarter_display()} {self.year}"


class FourGoodsAssessment(models.Model):
    """“Chi bộ bốn tốt”, “đảng bộ cơ sở bốn tốt”: the title needs all four."""

    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="four_goods"
    )
    year = models.PositiveSmallIntegerField("năm")
    has_good_tasks = models.BooleanField("hoàn thành tốt nhiệm vụ chính trị", default=False)
    has_good_activity = models.BooleanField("chất lượng sinh hoạt tốt", default=False)
    has_good_unity = models.BooleanField("đoàn kết, kỷ luật tốt", default=False)
    has_good_people = models.BooleanField("cán bộ, đảng viên tốt", default=False)
    assessed_on = models.DateField("ngày xét")
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)

    objects: ClassVar[ScopedQuerySet[FourGoodsAssessment]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "xét danh hiệu bốn tốt"
        verbose_name_plural = "xét danh hiệu bốn tốt"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year"],
                name="four_goods_once_a_year",
                violation_error_message="Năm này tổ chức đã được xét bốn tốt.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100),
                name="four_goods_year",
                violation_error_message="Năm xét chưa đúng.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def goods(self) -> int:
        return sum((self.has_good_tasks, self.has_good_activity, self.has_good_unity, self.has_good_people))

    @property
    def is_awarded(self) -> bool:
        return self.goods == len(GOODS)


GOODS = ("has_good_tasks", "has_good_activity", "has_good_unity", "has_good_people")
