"""The register of members, for those who manage an organisation."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from members.forms import RegisterFilter
from members.models import PartyMember, PartyOrganization
from members.permissions import can_open_register
from members.register import page_after, search
from members.requests import SignedInRequest
from members.roles import Role


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
