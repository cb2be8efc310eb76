"""The tree of organisations as of a day, and each one with its offices, its people and its history."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.forms import DayForm
from members.history import MOST_DEEDS, history_of_organization
from members.models import (
    FourGoodsAssessment,
    Indicator,
    OrganizationRating,
    PartyOrganization,
    PositionHolding,
    Target,
    Term,
    User,
)
from members.permissions import can_reorganize, can_set_up_below, manages
from members.requests import SignedInRequest
from members.sizes import size_remarks
from members.statistics import Figure, figures
from members.tree import OrganizationTree, official_members

MOST_HOLDINGS = 200
MOST_RATINGS = 10


@dataclass(frozen=True)
class Given:
    """A target, and the figure measured against it."""

    target: Target
    figure: Figure


@require_safe
def tree(request: SignedInRequest) -> HttpResponse:
    """All organisations of a day, each below its superior of that day."""
    form, day = _day(request)
    whole = OrganizationTree(request.user, day)
    is_today = day == timezone.localdate()
    context = {
        "form": form,
        "day": day,
        "is_today": is_today,
        "asked": "" if is_today else f"?ngay={day:%d/%m/%Y}",
        "lines": whole.in_order(),
        "total": len(whole.branches),
    }
    return render(request, "members/organizations.html", context)


@require_safe
def organization(request: SignedInRequest, pk: int) -> HttpResponse:
    """Names, offices and who holds them are the directory; people are for those who manage them."""
    user = request.user
    organization = get_object_or_404(PartyOrganization.objects.visible_to(user), pk=pk)
    form, day = _day(request)
    branch = OrganizationTree(user, day).branches.get(organization.pk)
    official = official_members(branch, day) if branch else None
    context = {
        "form": form,
        "day": day,
        "is_today": day == timezone.localdate(),
        "organization": organization,
        "branch": branch,
        "official": official,
        "holdings": PositionHolding.objects.visible_to(user)
        .on(day)
        .filter(organization=organization)
        .select_related("member", "body", "term")
        .by_rank()[:MOST_HOLDINGS],
        "terms": Term.objects.filter(organization=organization),
        "names": organization.names.order_by("-valid_from"),
        "levels": organization.levels.order_by("-valid_from"),
        "parents": organization.parents.select_related("parent").order_by("-valid_from"),
        "is_manager": manages(user, organization),
        # A cell gives nobody targets.
        "may_give_targets": manages(user, organization) and organization.children.exists(),
        "may_reorganize": organization.valid_to is None
        and (can_reorganize(user, organization) or can_set_up_below(user, organization)),
        "predecessors": organization.predecessors.select_related("predecessor", "reorganization"),
        "successors": organization.successors.select_related("successor", "reorganization"),
        "ratings": OrganizationRating.objects.visible_to(user).filter(organization=organization)[
            :MOST_RATINGS
        ],
        "four_goods": FourGoodsAssessment.objects.visible_to(user).filter(organization=organization)[
            :MOST_RATINGS
        ],
        "given": _given(user, organization, day),
        "year": day.year,
        "remarks": size_remarks(branch, official, day) if branch else [],
    }
    return render(request, "members/organization.html", context)


@require_safe
def history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who changed what of an organisation, for those who manage it: the directory tells what holds."""
    organization = get_object_or_404(PartyOrganization.objects.visible_to(request.user), pk=pk)
    if not manages(request.user, organization):
        raise PermissionDenied("Lịch sử sửa do cấp ủy quản lý tổ chức xem.")
    context = {
        "organization": organization,
        "deeds": history_of_organization(organization),
        "most": MOST_DEEDS,
    }
    return render(request, "members/organization_history.html", context)


def _given(user: User, organization: PartyOrganization, day: datetime.date) -> list[Given]:
    """The targets of the year of the day looked at, each with what came of it by then."""
    targets = Target.objects.visible_to(user).filter(organization=organization, year=day.year)
    by_code = {target.indicator: target for target in targets}
    if not by_code:
        return []
    until = max(day.replace(month=1, day=1), min(day, timezone.localdate()))
    codes = [code for code in Indicator.values if code in by_code]
    return [Given(by_code[one.code], one) for one in figures(organization, until, codes)]


def _day(request: SignedInRequest) -> tuple[DayForm, datetime.date]:
    """The day asked for, else today."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return form, timezone.localdate()
    return form, form.cleaned_data["ngay"] or timezone.localdate()
