"""Party badges: the rules by their day, who is proposed, what was given, and a lost one given anew."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models.dated import DatedModel, DatedQuerySet
from members.models.history import with_history
from members.models.organizations import PartyOrganization
from members.models.people import PartyMember
from members.models.work import ScopedQuerySet
from portal.dates import day_short
from portal.vietnamese.fields import NFCCharField

MONTHS_IN_A_YEAR, DAYS_IN_A_MONTH = 12, 31


class BadgeRule(DatedModel):
    """A number of years for which there is a badge, and how much sooner it may be given."""

    badge_years = models.PositiveSmallIntegerField("huy hiệu (năm)")
    early_months = models.PositiveSmallIntegerField(
        "tặng sớm khi bệnh nặng (tháng)", help_text="Sớm nhất trước bao nhiêu tháng; 0 là không tặng sớm"
    )
    posthumous_months = models.PositiveSmallIntegerField("truy tặng sớm (tháng)")
    basis = NFCCharField("căn cứ", max_length=200)

    objects: ClassVar[DatedQuerySet[BadgeRule]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "mốc Huy hiệu Đảng"
        verbose_name_plural = "mốc Huy hiệu Đảng"
        ordering = ["badge_years", "-valid_from"]
        constraints = [
            *DatedModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["badge_years", "valid_from"],
                name="badge_rule_once_a_day",
                violation_error_message="Mốc này đã có một dòng áp dụng từ ngày đó.",
            ),
        ]

    def __str__(self) -> str:
        return f"Huy hiệu {self.badge_years} năm tuổi Đảng"


class AwardDay(DatedModel):
    """A day of each year on which badges are given."""

    day = models.PositiveSmallIntegerField(
        "ngày", validators=[MinValueValidator(1), MaxValueValidator(DAYS_IN_A_MONTH)]
    )
    month = models.PositiveSmallIntegerField(
        "tháng", validators=[MinValueValidator(1), MaxValueValidator(MONTHS_IN_A_YEAR)]
    )
    basis = NFCCharField("căn cứ", max_length=200)

    objects: ClassVar[DatedQuerySet[AwardDay]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "đợt trao Huy hiệu Đảng"
        verbose_name_plural = "đợt trao Huy hiệu Đảng"
        ordering = ["month", "day"]

    def __str__(self) -> str:
        return day_short(datetime.date(2000, self.month, self.day))


class BadgeKind(models.TextChoices):
    REGULAR = "regular", "Đúng hạn"
    EARLY = "early", "Tặng sớm vì bệnh nặng"
    POSTHUMOUS = "posthumous", "Truy tặng"


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", "Đã đề nghị"
    AWARDED = "awarded", "Đã trao"
    WITHDRAWN = "withdrawn", "Đã rút"


class BadgeProposal(models.Model):
    """A member put forward for a badge on a day."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="badge_proposals"
    )
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="+"
    )
    badge_years = models.PositiveSmallIntegerField("huy hiệu (năm)")
    kind = models.CharField("loại", max_length=12, choices=BadgeKind.choices)
    award_on = models.DateField("đợt trao")
    reason = NFCCharField("lý do", max_length=200, blank=True)
    state = models.CharField(
        "trạng thái", max_length=12, choices=ProposalState.choices, default=ProposalState.PROPOSED
    )
    proposed_at = models.DateTimeField("đề nghị lúc", default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người đề nghị", on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[ScopedQuerySet[BadgeProposal]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "đề nghị tặng Huy hiệu Đảng"
        verbose_name_plural = "đề nghị tặng Huy hiệu Đảng"
        ordering = ["award_on", "badge_years", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "badge_years"],
                condition=~Q(state=ProposalState.WITHDRAWN),
                name="badge_proposed_once",
                violation_error_message="Đảng viên này đã được đề nghị ở mốc năm đó.",
            ),
            models.CheckConstraint(
                condition=Q(kind=BadgeKind.REGULAR) | ~Q(reason=""),
                name="badge_out_of_turn_has_reason",
                violation_error_message="Tặng sớm hoặc truy tặng thì ghi lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.badge_years} năm"


@with_history(of="member")
class BadgeAward(models.Model):
    """A Party badge given for years of Party age (01-HD/TW 2021, item 18)."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="badge_awards"
    )
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="badge_awards"
    )
    badge_years = models.PositiveSmallIntegerField("huy hiệu (năm)")
    awarded_on = models.DateField("ngày trao")
    decision_number = NFCCharField("số quyết định", max_length=60)
    is_posthumous = models.BooleanField("truy tặng", default=False)

    objects: ClassVar[ScopedQuerySet[BadgeAward]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "trao Huy hiệu Đảng"
        verbose_name_plural = "trao Huy hiệu Đảng"
        ordering = ["-awarded_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "badge_years"],
                name="badge_once_per_years",
                violation_error_message="Đảng viên này đã được trao Huy hiệu ở mốc năm đó.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.badge_years} năm"


class BadgeReissue(models.Model):
    """A lost badge given anew (01-HD/TW 2021, item 18): no second award, and not counted as one."""

    award = models.ForeignKey(
        BadgeAward, verbose_name="lần trao", on_delete=models.PROTECT, related_name="reissues"
    )
    reason = NFCCharField("mất trong trường hợp nào", max_length=200)
    decided_on = models.DateField("ngày cấp lại")
    decision_number = NFCCharField("số quyết định", max_length=60)

    class Meta:
        verbose_name = "cấp lại Huy hiệu Đảng"
        verbose_name_plural = "cấp lại Huy hiệu Đảng"
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.decision_number
