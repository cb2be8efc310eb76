"""Party fees: the year by organisation, a cell's register of a month, by what each pays, who owes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from members import actions
from members.actions.fees import NOT_YOURS, Standing
from members.documents import arrears_book
from members.fees import FeeLine, FeeMonth, fee_board, fee_lines, in_arrears, payments_in
from members.forms import FeeFilter, FeeLineForm, FeeRoundForm, FeeSinceForm, FeeStandingForm
from members.forms.fees import FIRST_YEAR, LAST_YEAR, Blank
from members.models import FeeGroup, FeePayment, PartyMember, PartyOrganization, RuleBook, RuleCode
from members.permissions import can_change_member, can_open_register, manages
from members.requests import SignedInRequest
from members.views.exports import Export, ask_and_export
from portal.filters import filters_of
from portal.numbers import number

NOT_OPEN = "Đảng phí chỉ mở cho cấp ủy quản lý tổ chức."
MOST_SHOWN = 200
MONTHS = 12
FILTERS = ("year", "organization")


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """One organisation and those right below it, in a year so far."""
    form, head, year = _asked(request)
    today = timezone.localdate()
    board = fee_board(head, year, today)
    context = {
        "form": form,
        "head": head,
        "board": board,
        "month": FeeMonth(year, today.month if year == today.year else MONTHS),
        "owing": in_arrears(board.payments, today).count(),
        "filters": urlencode(filters_of(request, FILTERS)),
    }
    return render(request, "members/fees/overview.html", context)


@require_safe
def arrears(request: SignedInRequest) -> HttpResponse:
    """Who owes for a month that is over."""
    form, head, year = _asked(request)
    today = timezone.localdate()
    rows = in_arrears(payments_in(head, year), today)
    shown = list(rows[:MOST_SHOWN])
    context = {
        "form": form,
        "head": head,
        "year": year,
        "rows": shown,
        "total": rows.count(),
        "visible": PartyMember.objects.keys_for(request.user, [row.member for row in shown]),
        # Every line counted is shown; who it is, only to whom manages the organisation today.
        "mine": _managed_among(request, {row.organization for row in shown}),
        "too_many": RuleBook().value(RuleCode.FEE_MONTHS_UNPAID, today),
        "basis": RuleBook().basis(RuleCode.FEE_MONTHS_UNPAID, today),
        "filters": urlencode(filters_of(request, FILTERS)),
    }
    return render(request, "members/fees/arrears.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest) -> HttpResponse:
    _, head, year = _asked(request)
    seen = FeePayment.objects.visible_to(request.user)
    rows = in_arrears(payments_in(head, year).filter(pk__in=seen.values("pk")), timezone.localdate())
    total = rows.count()
    export = Export(
        action="members.export_arrears",
        title=f"danh sách còn nợ đảng phí năm {year}",
        counted=f"{number(total)} đồng chí",
        count=total,
        name=f"No dang phi {head.code} {year}.xlsx",
        back=reverse("members:fees_arrears", query=filters_of(request, FILTERS)),
        write=lambda: arrears_book(f"Danh sách còn nợ đảng phí năm {year}", rows),
        filters=filters_of(request, FILTERS),
        about=head,
    )
    return ask_and_export(request, export)


@dataclass(frozen=True)
class Row:
    line: FeeLine
    form: Any


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedInRequest, pk: int, year: int, month: int) -> HttpResponse:
    """A cell's register of a month, written on one page."""
    organization, asked = _managed(request, pk), _month(year, month)
    lines, data = fee_lines(organization, asked), request.POST if request.method == "POST" else None
    rows = [
        Row(
            line,
            None
            if line.due is None
            else FeeLineForm(data, prefix=f"m{line.member.pk}", payment=line.payment),
        )
        for line in lines
    ]
    form = FeeRoundForm(data, initial={"paid_on": timezone.localdate(), "blank": Blank.UNPAID})
    if data is not None and all([form.is_valid(), *(row.form.is_valid() for row in rows if row.form)]):
        given = form.cleaned_data
        blank_is_full = given.pop("blank") == Blank.FULL
        try:
            changed = actions.record_fees(
                organization, asked, _paid(rows, blank_is_full=blank_is_full), by=request.user, **given
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Đã ghi {number(changed)} dòng vào sổ.")
            return redirect("members:fee_register", pk, year, month)
    payments = [line.payment for line in lines if line.payment]
    context = {
        "organization": organization,
        "month": asked,
        "months": [FeeMonth(year, one) for one in range(1, MONTHS + 1)],
        "rows": rows,
        "form": form,
        "wrong": [row for row in rows if row.form and row.form.errors],
        "due": sum(line.due or 0 for line in lines),
        "paid": sum(one.paid for one in payments),
        "owed": sum(one.owed for one in payments),
        "unwritten": sum(1 for line in lines if line.payment is None),
    }
    return render(request, "members/fees/register.html", context)


def _paid(rows: list[Row], *, blank_is_full: bool) -> dict[int, int]:
    found = {}
    for row in rows:
        if row.form:
            typed = row.form.cleaned_data["paid"]
            found[row.line.member.pk] = (
                typed if typed is not None else row.line.due or 0 if blank_is_full else 0
            )
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def standings(request: SignedInRequest, pk: int) -> HttpResponse:
    """By which group and income each member of a cell pays, from a month on."""
    organization, month = _managed(request, pk), FeeMonth.of(timezone.localdate())
    data = request.POST if request.method == "POST" else None
    rows = [
        Row(line, _standing_form(request, line, data))
        for line in fee_lines(organization, month)
        if line.member.organization_id == organization.pk
    ]
    form = FeeSinceForm(data, initial={"since": month.first})
    if data is not None and all([form.is_valid(), *(row.form.is_valid() for row in rows if row.form)]):
        given = [
            Standing(
                row.line.member, FeeGroup(row.form.cleaned_data["group"]), row.form.cleaned_data["income"]
            )
            for row in rows
            if row.form and row.form.cleaned_data["group"]
        ]
        try:
            changed = actions.set_fee_standings(organization, given, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Đã ghi diện đóng của {number(changed)} đồng chí.")
            return redirect("members:fee_standings", pk)
    context = {
        "organization": organization,
        "month": month,
        "rows": rows,
        "form": form,
        "wrong": [row for row in rows if row.form and row.form.errors],
    }
    return render(request, "members/fees/standings.html", context)


def _standing_form(request: SignedInRequest, line: FeeLine, data: Any) -> FeeStandingForm | None:
    if not can_change_member(request.user, line.member):
        return None
    return FeeStandingForm(data, prefix=f"m{line.member.pk}", standing=line.standing)


def _managed(request: SignedInRequest, pk: int) -> PartyOrganization:
    organization = get_object_or_404(PartyOrganization.objects.visible_to(request.user), pk=pk)
    if not manages(request.user, organization):
        raise PermissionDenied(NOT_YOURS)
    return organization


def _managed_among(request: SignedInRequest, keys: set[int]) -> set[int]:
    mine = PartyOrganization.objects.visible_to(request.user).managed_by(request.user)
    return set(mine.filter(pk__in=keys).values_list("pk", flat=True))


def _month(year: int, month: int) -> FeeMonth:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS):
        raise Http404("Không có tháng này.")
    return FeeMonth(year, month)


def _asked(request: SignedInRequest) -> tuple[FeeFilter, PartyOrganization, int]:
    """Of which organisation and year; without them, the highest the reader manages and this year."""
    user = request.user
    if not can_open_register(user):
        raise PermissionDenied(NOT_OPEN)
    mine = PartyOrganization.objects.visible_to(user).managed_by(user).in_tree_order()
    usual = timezone.localdate().year
    form = FeeFilter({"year": str(usual)} | request.GET.dict(), organizations=mine)
    asked = form.cleaned_data if form.is_valid() else {}
    head = asked.get("organization") or mine.first()
    if head is None:
        raise PermissionDenied(NOT_OPEN)
    return form, head, asked.get("year") or usual
