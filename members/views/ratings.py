"""Ratings: how an organisation stands in a period, its members on one page, its own rating, the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from members import actions
from members.actions.ratings import NOT_BY_YOU, NOT_YOURS, Given
from members.documents import rating_book
from members.forms import (
    FourGoodsForm,
    MemberRatingForm,
    OrganizationRatingForm,
    RatingFilter,
    RatingListFilter,
    RoundForm,
    period_of,
)
from members.forms.ratings import FIRST_YEAR, LAST_YEAR
from members.models import (
    FourGoodsAssessment,
    OrganizationRating,
    OrgLevel,
    PartyMember,
    PartyOrganization,
    QualityRating,
    RatingLevel,
)
from members.permissions import can_change_member, can_open_register, is_superior_of, manages
from members.places import Places
from members.queues.reviews import Reviews
from members.ratings import (
    QUARTERS,
    SHORT,
    WHOLE_YEAR,
    RatingPeriod,
    board,
    by_name,
    member_cap,
    organization_cap,
    ratings_in,
    rule_of,
    to_be_rated,
)
from members.requests import SignedInRequest
from members.views.exports import Export, ask_and_export
from portal.filters import filters_of
from portal.numbers import number

NOT_OPEN = "Xếp loại chỉ mở cho cấp ủy quản lý tổ chức."
PAGE_SIZE = 50
FILTERS = ("year", "quarter", "organization", "level")
RATED = ("level", "points", "rated_on", "decision_number")
FOUR_GOODS_LEVELS = (OrgLevel.CELL, OrgLevel.GRASSROOTS_CELL, OrgLevel.GRASSROOTS_COMMITTEE)


@require_safe
def overview(request: SignedInRequest) -> HttpResponse:
    """One organisation and those right below it, by level."""
    form = RatingFilter(_asking(request), organizations=_mine(request).in_tree_order())
    asked, head = _head(request, form)
    period = period_of(asked, _usual())
    context = {
        "form": form,
        "head": head,
        "period": period,
        "board": board(head, period),
        "levels": list(SHORT.values()),
        "has_four_goods": period.quarter == WHOLE_YEAR,
        "may_rate_head": is_superior_of(request.user, head),
    }
    return render(request, "members/ratings/overview.html", context)


@require_safe
def listing(request: SignedInRequest) -> HttpResponse:
    """The rows behind a number of the overview."""
    form, asked, head, period, rows = _listed(request)
    total = rows.count()
    if (after := asked.get("after")) and (last := rows.filter(pk=after).first()):
        key = (last.member.sort_key, last.pk)
        rows = rows.filter(member__sort_key__gte=key[0]).filter(
            Q(member__sort_key__gt=key[0]) | Q(member__sort_key=key[0], pk__gt=key[1])
        )
    found = list(
        rows.select_related("member", "organization").order_by("member__sort_key", "pk")[: PAGE_SIZE + 1]
    )
    shown = found[:PAGE_SIZE]
    more = filters_of(request, FILTERS) | {"after": str(shown[-1].pk)} if len(found) > PAGE_SIZE else {}
    context = {
        "form": form,
        "head": head,
        "period": period,
        "rows": shown,
        "total": total,
        "visible": PartyMember.objects.keys_for(request.user, [row.member_id for row in shown]),
        "filters": urlencode(filters_of(request, FILTERS)),
        "next": f"?{urlencode(more)}" if more else "",
    }
    return render(request, "members/ratings/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest) -> HttpResponse:
    _, _, head, period, every_row = _listed(request)
    rows = every_row.filter(pk__in=QualityRating.objects.visible_to(request.user).values("pk"))
    total = rows.count()
    export = Export(
        action="members.export_ratings",
        title=f"danh sách xếp loại đảng viên {period.label}",
        counted=f"{number(total)} đồng chí",
        count=total,
        name=f"Xep loai {head.code} {period.year}-{period.quarter}.xlsx",
        back=reverse("members:ratings_list", query=filters_of(request, FILTERS)),
        write=lambda: rating_book(f"Danh sách xếp loại đảng viên {period.label}", by_name(rows)),
        filters=filters_of(request, FILTERS),
        about=head,
    )
    return ask_and_export(request, export)


@dataclass(frozen=True)
class Row:
    member: PartyMember
    form: MemberRatingForm | None
    present: QualityRating | None
    is_own: bool


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: SignedInRequest, pk: int, year: int, quarter: int) -> HttpResponse:
    """The members of one organisation on one page."""
    user, period = request.user, _period(year, quarter)
    organization = get_object_or_404(PartyOrganization.objects.visible_to(user), pk=pk)
    if not manages(user, organization):
        raise PermissionDenied(NOT_YOURS)
    data = request.POST if request.method == "POST" else None
    rows = _rows(request, organization, period, data)
    form = RoundForm(data, initial={"rated_on": timezone.localdate()})
    lines = [row.form for row in rows if row.form]
    if data is not None and all([form.is_valid(), *(line.is_valid() for line in lines)]):
        given = [
            Given(row.member, RatingLevel(row.form.cleaned_data["level"]), row.form.cleaned_data["points"])
            for row in rows
            if row.form and row.form.cleaned_data["level"]
        ]
        try:
            changed = actions.rate_members(organization, period, given, by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"Đã ghi xếp loại {number(changed)} đồng chí.")
            return redirect("members:rate", pk, year, quarter)
    context = {
        "organization": organization,
        "period": period,
        "rows": rows,
        "form": form,
        "wrong": [row for row in rows if row.form and row.form.errors],
        "rated": sum(1 for row in rows if row.present),
        "cap": member_cap(organization, period),
        "rule": rule_of(period),
    }
    return render(request, "members/ratings/rate.html", context)


def _rows(
    request: SignedInRequest, organization: PartyOrganization, period: RatingPeriod, data: Any
) -> list[Row]:
    here = PartyOrganization.objects.filter(pk=organization.pk)
    expected = to_be_rated(here, period).select_related("member__organization").order_by("member__sort_key")
    present = {row.member_id: row for row in ratings_in(here, period)}
    rule, found = rule_of(period), []
    for member in (row.member for row in expected):
        form = None
        if can_change_member(request.user, member):
            form = MemberRatingForm(data, prefix=f"m{member.pk}", present=present.get(member.pk), rule=rule)
        found.append(Row(member, form, present.get(member.pk), member.pk == request.user.member_id))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def rate_organization(request: SignedInRequest, pk: int, year: int, quarter: int) -> HttpResponse:
    """An organisation's own rating, and in a year's its "bốn tốt": for its superior."""
    user, period, today = request.user, _period(year, quarter), timezone.localdate()
    organization = get_object_or_404(PartyOrganization.objects.visible_to(user), pk=pk)
    if not is_superior_of(user, organization):
        raise PermissionDenied(NOT_BY_YOU)
    rating = OrganizationRating.objects.filter(organization=organization, year=year, quarter=quarter).first()
    goods = FourGoodsAssessment.objects.filter(organization=organization, year=year).first()
    asks_goods = period.quarter == WHOLE_YEAR and organization.level in FOUR_GOODS_LEVELS
    data, act = (request.POST, request.POST.get("act")) if request.method == "POST" else (None, None)
    form = OrganizationRatingForm(
        data if act != "goods" else None,
        initial={"rated_on": today} | ({name: getattr(rating, name) for name in RATED} if rating else {}),
    )
    goods_form = FourGoodsForm(
        data if act == "goods" else None,
        instance=goods or FourGoodsAssessment(organization=organization, year=year),
        initial={"assessed_on": today},
    )
    bound = goods_form if act == "goods" and asks_goods else form
    if bound.is_bound and bound.is_valid():
        try:
            if bound is goods_form:
                actions.assess_four_goods(organization, year, by=user, **goods_form.cleaned_data)
            else:
                values = form.cleaned_data | {"level": RatingLevel(form.cleaned_data["level"])}
                actions.rate_organization(organization, period, by=user, **values)
        except ValidationError as error:
            bound.add_error(None, error)
        else:
            messages.success(request, f"Đã ghi cho {organization.name}.")
            return redirect(_overview_of(organization, period))
    context = {
        "organization": organization,
        "period": period,
        "form": form,
        "goods_form": goods_form if asks_goods else None,
        "rating": rating,
        "cap": organization_cap(organization, period),
        "rule": rule_of(period),
        "back": _overview_of(organization, period),
    }
    return render(request, "members/ratings/organization.html", context)


def _overview_of(organization: PartyOrganization, period: RatingPeriod) -> str:
    query = {
        "year": str(period.year),
        "quarter": str(period.quarter),
        "organization": str(organization.parent_id or organization.pk),
    }
    return reverse("members:ratings", query=query)


def _period(year: int, quarter: int) -> RatingPeriod:
    if not FIRST_YEAR <= year <= LAST_YEAR or quarter > QUARTERS:
        raise Http404("Không có kỳ xếp loại này.")
    return RatingPeriod(year, quarter)


def _usual() -> RatingPeriod:
    """The year that is being rated now, or was last."""
    return RatingPeriod(Reviews().year(timezone.localdate())[0])


def _asking(request: SignedInRequest) -> dict[str, str]:
    return {"year": str(_usual().year)} | request.GET.dict()


def _listed(
    request: SignedInRequest,
) -> tuple[RatingListFilter, dict[str, Any], PartyOrganization, RatingPeriod, QuerySet[QualityRating]]:
    form = RatingListFilter(_asking(request), organizations=_mine(request).in_tree_order())
    asked, head = _head(request, form)
    period = period_of(asked, _usual())
    below = Places(period.last, period.last).organizations(head, period.last)
    # Every row counted is shown; who it is, only to whom manages the organisation today.
    open_to_me = QualityRating.objects.visible_to(request.user).filter(pk=OuterRef("pk"))
    rows = ratings_in(below, period).annotate(is_open=Exists(open_to_me))
    if level := asked.get("level"):
        rows = rows.filter(level=level)
    return form, asked, head, period, rows


def _mine(request: SignedInRequest) -> Any:
    if not can_open_register(request.user):
        raise PermissionDenied(NOT_OPEN)
    return PartyOrganization.objects.visible_to(request.user).managed_by(request.user)


def _head(request: SignedInRequest, form: RatingFilter) -> tuple[dict[str, Any], PartyOrganization]:
    """What was asked, and of which organisation; without one, the highest the reader manages."""
    asked = form.cleaned_data if form.is_valid() else {}
    head = asked.get("organization") or _mine(request).in_tree_order().first()
    if head is None:
        raise PermissionDenied(NOT_OPEN)
    return asked, head
