"""Party badges: who comes to one on which day, proposals, awards, and one member's badges."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import actions
from members.actions.badges import NOT_BY_YOU, NOT_YOURS
from members.badges import Coming, by_organization, coming_days, forecast, next_badge
from members.documents import badge_book
from members.forms import AwardDayFilter, DecisionForm, ProposalForm, ReasonForm, ReissueForm
from members.models import BadgeKind, BadgeProposal, PartyMember, PartyOrganization, ProposalState
from members.permissions import can_award_badge, can_change_member, can_open_register
from members.requests import SignedInRequest
from members.views.exports import Export, ask_and_export
from portal.dates import day
from portal.filters import filters_of
from portal.numbers import number

FILTERS = ("award_on", "organization")
NOT_OPEN = "Danh sách Huy hiệu Đảng chỉ mở cho cấp ủy quản lý tổ chức."


@require_safe
def coming(request: SignedInRequest) -> HttpResponse:
    """The forecast for one award day, and the proposals for it."""
    form, found, proposals, award_on = _asked(request)
    context = {
        "form": form,
        "award_on": award_on,
        "found": found,
        "open": sum(one.is_open for one in found),
        "by_organization": by_organization(found),
        "proposals": proposals,
        "decision": DecisionForm(initial={"awarded_on": award_on}),
        "may_award": any(can_award_badge(request.user, one.member) for one in proposals),
        "filters": urlencode(filters_of(request, FILTERS)),
    }
    return render(request, "members/badges/coming.html", context)


@require_POST
def propose(request: SignedInRequest) -> HttpResponse:
    """The members marked in the forecast, each on its own: one that can't be stops no other."""
    _, found, _, award_on = _asked(request)
    marked = set(request.POST.getlist("chon"))
    chosen = [one for one in found if one.is_open and str(one.member.pk) in marked]
    proposed = 0
    for one in chosen:
        try:
            actions.propose_badge(
                one.member, badge_years=one.badge_years, award_on=one.award_on, by=request.user
            )
            proposed += 1
        except (ValidationError, PermissionDenied) as error:
            words = error.messages[0] if isinstance(error, ValidationError) else str(error)
            messages.error(request, f"{one.member.full_name}: {words}")
    if proposed:
        messages.success(request, f"Đã đề nghị {proposed} đồng chí.")
    elif not chosen:
        messages.error(request, "Chưa chọn đồng chí nào.")
    return _back(request)


@require_POST
def award(request: SignedInRequest) -> HttpResponse:
    """The proposals marked, by one decision: all of them or none."""
    _, _, proposals, _ = _asked(request)
    marked = set(request.POST.getlist("chon"))
    chosen = [one for one in proposals if str(one.pk) in marked]
    form = DecisionForm(request.POST)
    if not chosen:
        messages.error(request, "Chưa chọn đồng chí nào.")
    elif not form.is_valid():
        messages.error(request, "Ghi số quyết định và ngày trao, ví dụ 02/9/2026.")
    else:
        try:
            given = actions.award_badges(chosen, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            messages.success(request, f"Đã ghi trao Huy hiệu cho {len(given)} đồng chí.")
    return _back(request)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest) -> HttpResponse:
    """The list of the day."""
    _, found, _, award_on = _asked(request)
    award_day = f" đợt {day(award_on)}" if award_on else ""
    title = f"danh sách đủ điều kiện tặng Huy hiệu Đảng{award_day}"
    export = Export(
        action="members.export_badges",
        title=title,
        counted=f"{number(len(found))} đồng chí",
        count=len(found),
        name=f"Huy hieu Dang {award_on}.xlsx",
        back=reverse("members:badges", query=filters_of(request, FILTERS)),
        write=lambda: badge_book(title, found),
        filters=filters_of(request, FILTERS),
    )
    return ask_and_export(request, export)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request: SignedInRequest, pk: int) -> HttpResponse:
    """One member's badges: given, proposed, and one put forward out of turn."""
    user, today = request.user, timezone.localdate()
    visible = PartyMember.objects.visible_to(user).select_related("organization")
    member = get_object_or_404(visible, pk=pk)
    if not can_change_member(user, member):
        raise PermissionDenied(NOT_YOURS)
    days = coming_days(today)
    form = ProposalForm(
        request.POST if request.method == "POST" else None,
        on=today,
        initial={"kind": BadgeKind.EARLY, "award_on": days[0] if days else today},
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            actions.propose_badge(member, by=user, **asked | {"kind": BadgeKind(asked["kind"])})
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Đã ghi đề nghị.")
            return redirect("members:badges_of", pk)
    context = {
        "member": member,
        "form": form,
        "next": next_badge(member, today),
        "awards": member.badge_awards.prefetch_related("reissues").order_by("badge_years"),
        "proposals": member.badge_proposals.filter(state=ProposalState.PROPOSED),
        "may_award": can_award_badge(user, member),
    }
    return render(request, "members/badges/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reissue(request: SignedInRequest, pk: int) -> HttpResponse:
    """A lost badge given anew."""
    visible = PartyMember.objects.visible_to(request.user).select_related("organization")
    member = get_object_or_404(visible, pk=pk)
    if not can_award_badge(request.user, member):
        raise PermissionDenied(NOT_BY_YOU)
    form = ReissueForm(
        request.POST if request.method == "POST" else None,
        awards=member.badge_awards.select_related("member__organization"),
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.reissue_badge(by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Đã ghi cấp lại Huy hiệu.")
            return redirect("members:badges_of", pk)
    return render(request, "members/badges/reissue.html", {"member": member, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """A proposal is taken back, with a reason."""
    visible = BadgeProposal.objects.visible_to(request.user).select_related("member__organization")
    proposal = get_object_or_404(visible, pk=pk)
    if not can_change_member(request.user, proposal.member):
        raise PermissionDenied(NOT_YOURS)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_proposal(proposal, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Đã rút đề nghị.")
            return redirect("members:badges_of", proposal.member_id)
    return render(request, "members/badges/withdraw.html", {"proposal": proposal, "form": form})


def _asked(
    request: SignedInRequest,
) -> tuple[AwardDayFilter, list[Coming], list[BadgeProposal], Any]:
    """The day asked for, else the next one; who comes to a badge then, and who is proposed for it."""
    user = request.user
    if not can_open_register(user):
        raise PermissionDenied(NOT_OPEN)
    mine = PartyOrganization.objects.visible_to(user).managed_by(user)
    days = coming_days(timezone.localdate())
    form = AwardDayFilter(request.GET, days=days, organizations=mine.in_tree_order())
    asked = form.cleaned_data if form.is_valid() else {}
    award_on = asked.get("award_on") or (days[0] if days else None)
    if organization := asked.get("organization"):
        mine = mine.filter(path__contains=[organization.pk])
    if award_on is None:
        return form, [], [], None
    proposals = BadgeProposal.objects.visible_to(user).filter(
        state=ProposalState.PROPOSED, award_on__lte=award_on, organization__in=mine
    )
    ordered = proposals.select_related("member__organization", "organization").order_by(
        "-badge_years", "member__sort_key", "pk"
    )
    return form, forecast(mine, award_on), list(ordered), award_on


def _back(request: SignedInRequest) -> HttpResponse:
    return redirect(reverse("members:badges", query=filters_of(request, FILTERS)))
