"""Lasting pages: who answers for one, and by which day it has to be looked through again."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.models import PartyOrganization
from members.roles import Role
from news.models.articles import Article, ArticleState

if TYPE_CHECKING:
    from members.models import User

MOST_MONTHS = 36


class UpkeepQuerySet(models.QuerySet["Upkeep"]):
    def visible_to(self, user: User) -> Self:
        """The editors see all, everybody else what he answers for himself."""
        if not user.is_active:
            return self.none()
        return self if user.has_role(Role.EDITOR) else self.filter(owner=user)

    def before_readers(self) -> Self:
        """Of items that are read; the day that comes first on top."""
        return self.filter(article__state=ArticleState.PUBLISHED).order_by("review_on", "pk")


class Upkeep(models.Model):
    """An item that is read for years, such as a regulation or an instruction: somebody answers for it and
    looks it through every so many months."""

    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="upkeep")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người phụ trách", on_delete=models.PROTECT, related_name="+"
    )
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="đơn vị phụ trách", on_delete=models.PROTECT, related_name="+"
    )
    months = models.PositiveSmallIntegerField(
        "rà soát lại sau mỗi (tháng)",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
    )
    review_on = models.DateField("rà soát trước hết ngày")
    reviewed_on = models.DateField("rà soát ngày", null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người rà soát",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )

    objects: ClassVar[UpkeepQuerySet] = UpkeepQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "bài dùng lâu dài"
        verbose_name_plural = "bài dùng lâu dài"
        ordering = ["review_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=MOST_MONTHS),
                name="upkeep_months_are_few",
                violation_error_message=f"Rà soát lại sau 1 đến {MOST_MONTHS} tháng.",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_on__isnull=False, reviewed_by__isnull=False),
                name="upkeep_reviewed_on_and_by_together",
            ),
        ]

    def __str__(self) -> str:
        return str(self.article)

    @property
    def is_stale(self) -> bool:
        """Its day has gone by, and nobody has looked it through."""
        return self.review_on < timezone.localdate()

    def is_due(self, today: datetime.date, *, days: int) -> bool:
        """So many days before its day, or later."""
        return self.review_on <= today + datetime.timedelta(days=days)
