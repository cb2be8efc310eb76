"""A report is sent once, with its figures as they stand; a correction is a further one with its reason."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max
from django.utils import timezone

from members.models import PartyOrganization, PeriodicReport, ReportedFigure, ReportPeriod, User
from members.permissions import can_send_report
from members.places import Names
from members.report_figures import Told, told_today
from members.statistics import INDICATORS
from portal import audit

NOT_YOURS = "Báo cáo do cấp ủy quản lý tổ chức gửi."


def send_refusal(period: ReportPeriod, year: int, until: datetime.date) -> str | None:
    """Why figures up to this day can't be sent as the period's; shared by form and action."""
    if until > timezone.localdate():
        return "Chưa đến ngày chốt số liệu; gửi khi ngày ấy đã qua hoặc chốt sớm hơn."
    if until.year != year or until > period.last_day(year):
        return f"Ngày chốt số liệu phải nằm trong kỳ {period.of(year)}."
    return None


@audit.act
def send_report(
    organization: PartyOrganization,
    *,
    by: User,
    period: ReportPeriod,
    year: int,
    until: datetime.date,
    recipient: str,
    number: str = "",
    reason: str = "",
    version: int | None = None,
    estimates: Mapping[str, int] | None = None,
) -> PeriodicReport:
    """Freeze the figures of a period; `estimates` are what is expected for its end, by indicator.

    `version` is which report of the period the sender had before him: the same press comes once.
    """
    if not can_send_report(by, organization):
        raise PermissionDenied(NOT_YOURS)
    # A second press of the button waits here, and finds the report of the first.
    PartyOrganization.objects.select_for_update().get(pk=organization.pk)
    if refusal := send_refusal(period, year, until):
        raise ValidationError(refusal)
    sent = PeriodicReport.objects.filter(organization=organization, period=period, year=year)
    last = sent.aggregate(last=Max("version"))["last"] or 0
    if version not in (None, last + 1):
        raise ValidationError("Báo cáo kỳ này vừa được gửi; xem ở Báo cáo đã gửi.")
    if last and not reason.strip():
        raise ValidationError("Báo cáo kỳ này đã gửi; ghi lý do gửi lại.")
    report = PeriodicReport(
        organization=organization,
        organization_name=Names([organization]).on(until, organization),
        period=period,
        year=year,
        version=last + 1,
        until=until,
        recipient=recipient,
        number=number,
        reason=reason if last else "",
        sent_by=by,
    )
    report.full_clean()
    report.save()
    told = told_today(organization, until, INDICATORS)
    ReportedFigure.objects.bulk_create(line for one in told for line in _lines(report, one, estimates or {}))
    audit.record(
        "members.send_report",
        about=report,
        by=by,
        summary=f"Gửi {str(report).lower()}, số liệu đến {until:%d/%m/%Y}",
        changes={"until": [None, until.isoformat()], "version": [None, report.version]},
    )
    return report


def _lines(report: PeriodicReport, told: Told, estimates: Mapping[str, int]) -> list[ReportedFigure]:
    """The whole, each part that has something or was to have, and the estimate where there is one."""
    same = {"report": report, "indicator": told.code, "label": told.label}
    lines = [ReportedFigure(**same, value=told.value, target=told.target, last_year=told.last_year)]
    found = told.figure.by_organization() if told.figure and told.figure.definition.is_split else []
    shares = [share for share in found if share.value or share.target]
    called = Names(share.organization for share in shares)
    for share in shares:
        part = {"part": share.organization, "part_name": share.name(called)}
        lines.append(ReportedFigure(**same, **part, value=share.value, target=share.target))
    if (estimate := estimates.get(told.code)) is not None:
        lines.append(ReportedFigure(**same, value=estimate, is_estimate=True))
    return lines
