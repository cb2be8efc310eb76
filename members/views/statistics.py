"""The figures, and for each number the rows behind it (docs/decisions/0007)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.balance import CODES, Balance
from members.chart import cumulative
from members.figure_rows import page_of
from members.forms import FigureForm, PeriodForm
from members.models import OrgLevel, PartyOrganization, User
from members.owning_committee import owning_committee
from members.permissions import can_see_statistics, can_send_report, manages
from members.places import Names
from members.report_figures import Told, by_code, told_today, year_before
from members.requests import SignedInRequest
from members.roles import Role
from members.statistics import INDICATORS, PUBLIC, Group, figure, of_groups
from members.statistics.inspection import FINDINGS, WHAT, WHO, WHOM, code_of

#: Each is counted when it is opened.
PARTS = {
    "": "Chỉ tiêu và kết quả",
    "bien-dong": "Biến động",
    "co-cau": "Cơ cấu",
    "kiem-tra": "Kiểm tra, kỷ luật",
}


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """Targets and results of an organisation with all below it, as far as one's own scope goes."""
    user = request.user
    if not can_see_statistics(user):
        raise PermissionDenied("Thống kê chỉ mở cho cấp ủy quản lý tổ chức.")
    heads = user.organizations_as(Role.SECRETARY)
    offered = (
        PartyOrganization.objects.visible_to(user)
        .under(heads)
        .filter(Q(pk__in=heads) | ~Q(level__in=[OrgLevel.CELL, OrgLevel.GROUP]))
        .in_tree_order()
    )
    form = PeriodForm(request.GET, organizations=offered)
    if not form.is_valid():
        # An organisation outside one's scope answers like one that is none.
        if "organization" in form.errors:
            raise Http404
        return render(request, "members/statistics.html", {"form": form})
    part = request.GET.get("phan", "")
    if part not in PARTS:
        raise Http404
    organization = form.cleaned_data["organization"] or offered[0]
    until = form.day()
    called = Names([organization])
    context = {
        "form": form,
        "organization": organization,
        "until": until,
        "year_before": year_before(until),
        "name": called.on(until, organization),
        "part": part,
        "parts": PARTS,
        "query": form.query(organization),
        "may_send": can_send_report(user, organization),
        # A cell gives nobody targets.
        "may_give_targets": organization.children.exists(),
    }
    return render(request, "members/statistics.html", context | _CONTENTS[part](form, organization, user))


def _results(form: PeriodForm, organization: PartyOrganization, user: User) -> dict[str, Any]:
    """The targets and what came of them; of one indicator the months and the organisations too."""
    until, code = form.day(), form.indicator_code()
    lines = by_code(told_today(organization, until, dict.fromkeys((*PUBLIC, code))))
    chosen = lines[code]
    shares = chosen.figure.by_organization() if chosen.figure else []
    called = Names(share.organization for share in shares)
    return {
        "told": [lines[code] for code in PUBLIC],
        "chosen": chosen,
        "chart": cumulative(chosen),
        "shares": [(share.name(called), share) for share in shares],
    }


def _balance(form: PeriodForm, organization: PartyOrganization, user: User) -> dict[str, Any]:
    lines = by_code(told_today(organization, form.day(), CODES))
    balance = Balance([lines[code] for code in CODES])
    unexplained, more = balance.unexplained(user)
    return {"balance": balance, "unexplained": unexplained, "unexplained_more": more}


def _structure(form: PeriodForm, organization: PartyOrganization, user: User) -> dict[str, Any]:
    return {"structure": told_today(organization, form.day(), of_groups(Group.STRUCTURE))}


def _inspection(form: PeriodForm, organization: PartyOrganization, user: User) -> dict[str, Any]:
    codes = of_groups(Group.INSPECTION, Group.DISCIPLINE)
    lines = by_code(told_today(organization, form.day(), codes))
    return {
        "inspections": _by_who_inspects(lines),
        "findings": [lines[code] for code in (*FINDINGS, *of_groups(Group.DISCIPLINE))],
    }


_CONTENTS: dict[str, Callable[[PeriodForm, PartyOrganization, User], dict[str, Any]]] = {
    "": _results,
    "bien-dong": _balance,
    "co-cau": _structure,
    "kiem-tra": _inspection,
}


def _by_who_inspects(lines: dict[str, Told]) -> list[tuple[str, list[tuple[str, Told]]]]:
    """Who, then each kind of subject under what was done: "Tổ chức đảng được kiểm tra"."""
    return [
        (
            who.label,
            [
                (f"{whom.label.capitalize()} được {what.label}", lines[code_of(who, what, whom)])
                for what, whom in product(WHAT, WHOM)
            ],
        )
        for who in WHO
    ]


@require_safe
def rows(request: SignedInRequest, code: str) -> HttpResponse:
    """The rows one number counts; the committee's own results are for the whole house, without names."""
    user = request.user
    form = FigureForm(request.GET, organizations=PartyOrganization.objects.visible_to(user))
    if code not in INDICATORS or not form.is_valid():
        raise Http404
    organization = form.cleaned_data["organization"]
    is_open = INDICATORS[code].is_public and organization.pk == owning_committee().organization_id
    if not is_open and not manages(user, organization):
        if can_see_statistics(user):
            raise Http404
        raise PermissionDenied("Số liệu của tổ chức này chỉ mở cho cấp ủy quản lý tổ chức.")
    part = form.cleaned_data["part"]
    if part and not manages(user, organization):
        # The rows of a small part would name it to those who may not know (P76).
        raise Http404
    counted = figure(code, organization, form.cleaned_data["until"], part=part)
    called = Names([organization, *([part] if part else [])])
    context = {
        "figure": counted,
        "name": called.on(counted.until, organization),
        "part_name": called.on(counted.until, part) if part else "",
        "page": page_of(counted, user, after=form.cleaned_data["after"]),
    }
    return render(request, "members/figure.html", context)
