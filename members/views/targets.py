"""The targets of a year: looked at and given on one page, an indicator at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BoundField
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from members.actions.targets import Overtaken, set_targets
from members.documents import target_book
from members.forms import TargetFilter, TargetsForm
from members.models import Indicator, PartyOrganization, Target
from members.permissions import can_see_statistics
from members.requests import SignedInRequest
from members.targets import Line, Share, amount_of, target_board
from portal import audit
from portal.files import attach
from portal.filters import filters_of
from portal.numbers import number
from portal.workbooks import CONTENT_TYPE

FILTERS = ("year", "indicator", "organization")


@dataclass(frozen=True)
class Row:
    line: Line
    field: BoundField
    #: What a share in the field comes to, or what is written now where somebody else was quicker.
    hint: str


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: SignedInRequest) -> HttpResponse:
    """Empty is "given none"; a percent only fills the fields in, what is saved is read before."""
    asked, head, year = _asked(request)
    indicator = Indicator(asked["indicator"])
    board = target_board(head, indicator, year)
    suggested = asked["percent"] if request.method != "POST" and indicator.is_of_people else None
    form = TargetsForm(request.POST if request.method == "POST" else None, board=board, suggested=suggested)
    is_overtaken = False
    if form.is_valid():
        given = form.cleaned_data
        try:
            changed = set_targets(
                head,
                form.amounts,
                by=request.user,
                indicator=indicator,
                year=year,
                basis=given["basis"],
                seen=given["seen"],
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
            if is_overtaken := isinstance(error, Overtaken):
                board = target_board(head, indicator, year)
                form.look_again(board.seen)
        else:
            messages.success(request, f"Đã ghi {number(changed)} thay đổi.")
            query = filters_of(request, FILTERS)
            return redirect(reverse("members:targets", query=query))
    rows = [_row(line, form, is_overtaken=is_overtaken) for line in board.lines]
    context = {
        "filter": asked["form"],
        "form": form,
        "board": board,
        "own": next((row for row in rows if row.line.organization.pk == head.pk), None),
        "rows": [row for row in rows if row.line.organization.pk != head.pk],
        "is_suggested": suggested is not None,
        "is_overtaken": is_overtaken,
        "wrong": [row for row in rows if row.field.errors],
    }
    return render(request, "members/targets.html", context)


@require_POST
def export(request: SignedInRequest) -> HttpResponse:
    """Whatever the head and those below it were given for the year, indicator by indicator (P67)."""
    _, head, year = _asked(request)
    rows = (
        Target.objects.visible_to(request.user)
        .filter(organization__in=[head.pk, *head.children.values_list("pk", flat=True)], year=year)
        .select_related("organization")
    )
    found = list(rows.order_by("organization__tree_order", "pk"))
    audit.record(
        "members.export_targets",
        about=head,
        by=request.user,
        summary=f"Xuất chỉ tiêu năm {year} (.xlsx)",
        changes={"filter": [None, filters_of(request, FILTERS)], "count": [None, len(found)]},
    )
    content = target_book(f"Chỉ tiêu năm {year}: {head.name}", found)
    return attach(content, name=f"Chi tieu {head.code} {year}.xlsx", content_type=CONTENT_TYPE)


def _row(line: Line, form: TargetsForm, *, is_overtaken: bool) -> Row:
    field = form.amount_of(line.organization.pk)
    if is_overtaken:
        is_same = form.amounts[line.organization.pk] == amount_of(line.now)
        return Row(line, field, "" if is_same else f"đang ghi: {line.now.words if line.now else 'chưa giao'}")
    shown = None if form.is_bound else field.initial
    if not isinstance(shown, Share):
        return Row(line, field, "")
    value, members = shown.of(line.members or 0), line.members
    if line.now and shown == amount_of(line.now):
        value, members = line.now.value, line.now.members
    return Row(line, field, f"là {number(value)}, trên {number(members)} đảng viên")


def _asked(request: SignedInRequest) -> tuple[dict[str, Any], PartyOrganization, int]:
    """Without an organisation the highest one the reader manages; a cell gives nobody targets."""
    user = request.user
    if not can_see_statistics(user):
        raise PermissionDenied("Chỉ tiêu chỉ mở cho cấp ủy quản lý tổ chức.")
    mine = PartyOrganization.objects.visible_to(user).managed_by(user)
    heads = mine.filter(children__isnull=False).distinct().in_tree_order()
    usual = {"year": str(timezone.localdate().year), "indicator": Indicator.ADMISSIONS}
    form = TargetFilter(
        usual | {name: value for name, value in request.GET.items() if value}, organizations=heads
    )
    if not form.is_valid():
        # What lies outside the own part of the tree answers like what is none.
        if {"organization", "indicator", "year"} & form.errors.keys():
            raise Http404
        form.cleaned_data["percent"] = None
    head = form.cleaned_data["organization"] or heads.first()
    if head is None:
        raise PermissionDenied("Đồng chí không quản lý tổ chức nào có tổ chức trực thuộc để giao chỉ tiêu.")
    return form.cleaned_data | {"form": form}, head, form.cleaned_data["year"]
