"""The targets of a year: looked at and given on one page, an indicator at a time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members.actions.targets import set_targets, share_of_members
from members.forms import TargetFilter, TargetsForm
from members.models import Indicator, PartyOrganization, Target, User
from members.permissions import can_see_statistics
from members.requests import SignedInRequest
from members.tree import OrganizationTree
from portal.filters import filters_of
from portal.numbers import number

FILTERS = ("year", "indicator", "organization")


@dataclass(frozen=True)
class Line:
    organization: PartyOrganization
    #: With all below it, at the end of the year before; None where it was not there.
    members: int | None
    last_year: int | None
    now: int | None
    field: Any = None


@require_http_methods(["GET", "HEAD", "POST"])
def targets(request: SignedInRequest) -> HttpResponse:
    """Empty is "given none"; a percent only fills the fields in, what is saved is read before."""
    user = request.user
    asked, head, year = _asked(request)
    indicator = Indicator(asked["indicator"])
    lines = _lines(user, head, indicator, year)
    form = TargetsForm(
        request.POST if request.method == "POST" else None,
        organizations=[line.organization.pk for line in lines],
        initial=_initial(user, lines, asked["percent"], indicator, year),
    )
    if form.is_valid():
        try:
            changed = set_targets(
                head,
                form.numbers,
                by=user,
                indicator=indicator,
                year=year,
                basis=form.cleaned_data["basis"],
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, f"Đã ghi {number(changed)} thay đổi.")
            query = filters_of(request, FILTERS)
            return redirect(reverse("members:targets", query=query))
    rows = [replace(line, field=form.number_of(line.organization.pk)) for line in lines]
    parts = [row for row in rows if row.organization.pk != head.pk]
    own = next((row for row in rows if row.organization.pk == head.pk), None)
    whole = Target.objects.visible_to(user).filter(organization=head, indicator=indicator, year=year).first()
    given = sum(row.now or 0 for row in parts)
    context = {
        "filter": asked["form"],
        "form": form,
        "head": head,
        "year": year,
        "indicator": indicator,
        "own": own,
        "rows": parts,
        "given": given,
        "whole": whole,
        "missing": whole.value - given if whole else None,
        "is_suggested": asked["percent"] is not None and request.method != "POST",
        "wrong": [row for row in rows if row.field.errors],
    }
    return render(request, "members/targets.html", context)


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


def _lines(user: User, head: PartyOrganization, indicator: Indicator, year: int) -> list[Line]:
    """Those directly below today that were not over before the year, and the head of the house itself."""
    first = datetime.date(year, 1, 1)
    there = OrganizationTree(user, first - datetime.timedelta(days=1)).branches
    below = head.children.exclude(valid_to__lt=first).order_by("position", "pk")
    shown = [*([head] if head.parent_id is None else []), *below]
    found = {
        (target.organization_id, target.year): target.value
        for target in Target.objects.visible_to(user).filter(
            organization__in=shown, indicator=indicator, year__in=(year, year - 1)
        )
    }
    return [
        Line(
            one,
            there[one.pk].members if one.pk in there else None,
            found.get((one.pk, year - 1)),
            found.get((one.pk, year)),
        )
        for one in shown
    ]


def _initial(
    user: User, lines: list[Line], percent: Decimal | None, indicator: Indicator, year: int
) -> dict[str, Any]:
    suggested = {
        f"o{line.organization.pk}": line.now
        if percent is None or line.members is None
        else share_of_members(line.members, percent)
        for line in lines
    }
    last = Target.objects.visible_to(user).filter(
        organization__in=[line.organization for line in lines], indicator=indicator, year=year
    )
    return suggested | {"basis": last.values_list("basis", flat=True).first() or ""}
