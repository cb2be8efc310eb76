"""Periodic reports: sent with the figures as they stand, kept so, and compared with today's."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions.reports import NOT_YOURS, send_refusal, send_report
from members.figure_papers import Account, figures_book, period_words, report_paper
from members.forms import PeriodForm, ReportForm
from members.models import PartyOrganization, PeriodicReport
from members.permissions import can_see_statistics
from members.places import Names
from members.report_figures import told_in, told_today
from members.reported import compare
from members.requests import SignedInRequest
from members.statistics import INDICATORS, figures
from portal import audit, docx, workbooks
from portal.dates import day
from portal.files import attach
from portal.models import DocumentLayout

PAGE_SIZE = 50


@require_safe
def sent(request: SignedInRequest) -> HttpResponse:
    """The reports sent by the organisations one manages, newest first."""
    if not can_see_statistics(request.user):
        raise PermissionDenied(NOT_YOURS)
    reports = PeriodicReport.objects.visible_to(request.user).select_related("sent_by").newest_first()
    after = request.GET.get("after", "")
    if after.isdecimal():
        last = reports.filter(pk=int(after[:18])).first()
        reports = reports.filter(sent_at__lt=last.sent_at) if last else reports
    found = list(reports[: PAGE_SIZE + 1])
    context = {
        "reports": found[:PAGE_SIZE],
        "after": found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else "",
    }
    return render(request, "members/reports/sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: SignedInRequest) -> HttpResponse:
    """What is going to be sent, and sending it."""
    asked = _asked(request)
    organization = asked.cleaned_data["organization"]
    period, year, until = asked.period(), asked.cleaned_data["year"] or asked.day().year, asked.day()
    visible = PeriodicReport.objects.visible_to(request.user)
    of_period = visible.filter(organization=organization, period=period, year=year)
    earlier = of_period.order_by("-version").first()
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        period=period,
        year=year,
        until=until,
        version=earlier.version + 1 if earlier else 1,
        initial={"recipient": earlier.recipient if earlier else ""},
    )
    if request.method == "POST" and form.is_valid():
        try:
            report = send_report(
                organization, by=request.user, period=period, year=year, until=until, **form.asked()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Đã ghi báo cáo; số liệu của báo cáo được giữ nguyên.")
            return redirect(report)
    context = {
        "form": form,
        "name": Names([organization]).on(until, organization),
        "told_period": period.of(year),
        "until": until,
        "figures": figures(organization, until, INDICATORS),
        "earlier": earlier,
        "refusal": send_refusal(period, year, until),
        "period_end": period.last_day(year),
        "query": asked.query(organization),
    }
    return render(request, "members/reports/send.html", context)


@require_safe
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """A report as it was sent, beside the same figures counted today."""
    visible = PeriodicReport.objects.visible_to(request.user)
    row = get_object_or_404(visible.select_related("organization", "sent_by"), pk=pk)
    compared = compare(row)
    context = {
        "report": row,
        "compared": compared,
        "has_estimates": any(one.estimate is not None for one in compared),
        "changed": [one for one in compared if one.whole.difference or one.changed_parts],
        "others": visible.filter(organization=row.organization, period=row.period, year=row.year).exclude(
            pk=row.pk
        ),
    }
    return render(request, "members/reports/report.html", context)


@require_POST
def take(request: SignedInRequest, pk: int) -> HttpResponse:
    """A report as it was sent, as a paper."""
    visible = PeriodicReport.objects.visible_to(request.user).select_related("organization__parent")
    row = get_object_or_404(visible, pk=pk)
    account = Account(
        organization=row.organization,
        name=row.organization_name,
        period=row.told_period,
        until=row.until,
        told=told_in(row),
        recipient=row.recipient,
        number=row.number,
    )
    audit.record("members.take_report", about=row, by=request.user, summary="Tải báo cáo đã gửi (.docx)")
    return _paper(account)


@require_POST
def export(request: SignedInRequest) -> HttpResponse:
    """The figures of the screen as a report in words or as a workbook; which ones is logged (P67)."""
    asked = _asked(request)
    organization, until = asked.cleaned_data["organization"], asked.day()
    account = Account(
        organization=organization,
        name=Names([organization]).on(until, organization),
        period=period_words(until),
        until=until,
        told=told_today(organization, until, INDICATORS),
    )
    is_workbook = request.POST.get("dang") == "xlsx"
    audit.record(
        "members.export_figures",
        about=organization,
        by=request.user,
        summary=f"Xuất số liệu đến {day(until)} ({'.xlsx' if is_workbook else '.docx'})",
        changes={"filter": [None, asked.query(organization)], "count": [None, len(account.told)]},
    )
    if not is_workbook:
        return _paper(account)
    name = f"Chi tieu va ket qua {until:%Y-%m-%d}.xlsx"
    return attach(figures_book(account), name=name, content_type=workbooks.CONTENT_TYPE)


def _paper(account: Account) -> HttpResponse:
    content = docx.write([report_paper(account)], DocumentLayout.objects.on(account.until))
    return attach(content, name=f"Bao cao {account.until:%Y-%m-%d}.docx", content_type=docx.CONTENT_TYPE)


def _asked(request: SignedInRequest) -> PeriodForm:
    """Whose report of which period; an organisation outside one's scope is none."""
    if not can_see_statistics(request.user):
        raise PermissionDenied(NOT_YOURS)
    managed = PartyOrganization.objects.visible_to(request.user).managed_by(request.user)
    form = PeriodForm(request.GET, organizations=managed)
    if not form.is_valid() or not form.cleaned_data["organization"]:
        raise Http404
    return form
