"""The register of members, for those who manage an organisation, and one's own record."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members import actions
from members.forms import MemberForm, RegisterFilter
from members.models import PartyMember, PartyOrganization
from members.permissions import can_change_member, can_open_register
from members.register import page_after, search
from members.requests import SignedInRequest
from members.roles import Role
from portal import audit


@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    user = request.user
    if not can_open_register(user):
        raise PermissionDenied("Danh sách đảng viên chỉ mở cho cấp ủy quản lý tổ chức.")
    mine = PartyOrganization.objects.visible_to(user).under(user.organizations_as(Role.SECRETARY))
    form = RegisterFilter(request.GET, organizations=mine.in_tree_order())
    members = PartyMember.objects.visible_to(user).current().filter(organization__in=mine)
    asked = form.cleaned_data if form.is_valid() else {}
    if organization := asked.get("organization"):
        members = members.filter(organization__path__contains=[organization.pk])
    if status := asked.get("status"):
        members = members.filter(status=status)
    words = asked.get("q") or ""
    page = search(members, words) if words else page_after(members, asked.get("after"))
    return render(
        request, "members/list.html", {"form": form, "page": page, "next": _next_page(request, page.after)}
    )


def _next_page(request: SignedInRequest, after: int | None) -> str:
    if after is None:
        return ""
    kept = {name: request.GET[name] for name in ("organization", "status") if request.GET.get(name)}
    return "?" + urlencode(kept | {"after": after})


@require_safe
def member(request: SignedInRequest, pk: int) -> HttpResponse:
    """One record. Whoever opens another's leaves a line that he can be asked about (domain §7)."""
    user = request.user
    visible = PartyMember.objects.visible_to(user).select_related("organization", "admission")
    member = get_object_or_404(visible, pk=pk)
    if user.member_id != member.pk:
        audit.record("members.view_record", about=member, by=user, summary="Xem hồ sơ đảng viên")
    context = {
        "member": member,
        "organizations": PartyOrganization.objects.visible_to(user)
        .filter(pk__in=member.organization.path)
        .in_tree_order(),
        "holdings": member.holdings.select_related("organization").order_by("-valid_from", "-pk"),
        "memberships": member.memberships.select_related("organization").order_by("-valid_from", "-pk"),
        "badges": member.badge_awards.order_by("-awarded_on"),
        "enrollments": member.enrollments.select_related("course").order_by("-course__ends_on"),
        "may_change": can_change_member(user, member),
    }
    return render(request, "members/member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """The secretary corrects a record; what it was stays in the trail (P70)."""
    user = request.user
    member = get_object_or_404(PartyMember.objects.visible_to(user), pk=pk)
    if not can_change_member(user, member):
        raise PermissionDenied("Hồ sơ của chính mình do cấp ủy quản lý sửa.")
    form = MemberForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        actions.change_member(member, by=user, **form.cleaned_data)
        messages.success(request, "Đã lưu hồ sơ.")
        return redirect("members:member", pk=pk)
    return render(request, "members/change.html", {"form": form, "member": member})
