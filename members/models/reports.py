"""Periodic reports as they were sent: who, when, and each figure by organisation (domain §5.2)."""

from __future__ import annotations

import datetime
from calendar import monthrange
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from members.models.organizations import PartyOrganization
from members.roles import Role
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User


class ReportPeriod(models.IntegerChoices):
    """Cumulative from 1 January: how many months."""

    QUARTER = 3, "3 tháng"
    HALF_YEAR = 6, "6 tháng"
    NINE_MONTHS = 9, "9 tháng"
    YEAR = 12, "Cả năm"

    def last_day(self, year: int) -> datetime.date:
        return datetime.date(year, self.value, monthrange(year, self.value)[1])

    def of(self, year: int) -> str:
        """9 tháng năm 2024, năm 2024"""
        return f"năm {year}" if self == ReportPeriod.YEAR else f"{self.label} năm {year}"


class PeriodicReportQuerySet(models.QuerySet["PeriodicReport"]):
    def visible_to(self, user: User) -> Self:
        """Those of the organisations one manages (permissions: P76)."""
        heads = user.organizations_as(Role.SECRETARY) if user.is_active else frozenset()
        return self.filter(organization__in=PartyOrganization.objects.under(heads))

    def newest_first(self) -> Self:
        return self.order_by("-sent_at", "-pk")


class PeriodicReport(models.Model):
    """A report of one period as it was sent. The database refuses every change: a mistake is told in a
    corrected report, a further `version` with its reason."""

    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="reports"
    )
    #: As it was called on the last day counted.
    organization_name = NFCCharField("tên tổ chức", max_length=200)
    period = models.PositiveSmallIntegerField("kỳ báo cáo", choices=ReportPeriod.choices)
    year = models.PositiveSmallIntegerField("năm")
    version = models.PositiveSmallIntegerField("lần gửi", default=1)
    until = models.DateField("số liệu chốt đến hết ngày")
    recipient = NFCCharField("nơi nhận", max_length=200)
    number = NFCCharField("số, ký hiệu", max_length=60, blank=True)
    reason = NFCCharField("lý do gửi lại", max_length=300, blank=True)
    sent_at = models.DateTimeField("gửi lúc", default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người gửi", on_delete=models.PROTECT, related_name="+"
    )

    objects: ClassVar[PeriodicReportQuerySet] = PeriodicReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "báo cáo đã gửi"
        verbose_name_plural = "báo cáo đã gửi"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "year", "period", "version"],
                name="report_sent_once",
                violation_error_message="Báo cáo kỳ này đã được gửi.",
            ),
            models.CheckConstraint(
                condition=Q(version=1) | ~Q(reason=""),
                name="corrected_report_has_reason",
                violation_error_message="Ghi lý do gửi lại.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="sent_report_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        again = f", gửi lần {self.version}" if self.version > 1 else ""
        return f"Báo cáo {self.told_period}{again}"

    def get_absolute_url(self) -> str:
        return reverse("members:report", args=[self.pk])

    @property
    def told_period(self) -> str:
        return ReportPeriod(self.period).of(self.year)


class ReportedFigure(models.Model):
    """One number of a report: of the whole (`part` empty), of one organisation directly below, or what
    the office expected for the end of the period (`is_estimate`, "ước")."""

    report = models.ForeignKey(PeriodicReport, on_delete=models.PROTECT, related_name="figures")
    indicator = models.CharField("chỉ tiêu", max_length=40)
    #: As the report said: an indicator may be called otherwise later.
    label = NFCCharField("tên chỉ tiêu", max_length=120)
    part = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức", on_delete=models.PROTECT, related_name="+", null=True
    )
    part_name = NFCCharField("tên tổ chức", max_length=200, blank=True)
    is_estimate = models.BooleanField("ước", default=False)
    value = models.PositiveIntegerField("số báo cáo")
    target = models.PositiveIntegerField("chỉ tiêu năm", null=True)
    last_year = models.PositiveIntegerField("cùng kỳ năm trước", null=True)

    class Meta:
        verbose_name = "số liệu đã báo cáo"
        verbose_name_plural = "số liệu đã báo cáo"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "indicator", "part", "is_estimate"],
                nulls_distinct=False,
                name="figure_reported_once",
            ),
            models.CheckConstraint(
                condition=Q(is_estimate=False) | Q(part__isnull=True), name="estimate_is_of_the_whole"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="reported_figure_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.value}"
