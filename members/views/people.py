"""The register of members, for those who manage an organisation: as a list, and as the form of the Party."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from members.documents import register_book
from members.forms import ReasonForm, RegisterFilter
from members.models import MemberStatus, PartyMember, PartyOrganization
from members.models.people import PartyMemberQuerySet
from members.permissions import can_open_register
from members.register import matching, page_after, search
from members.requests import SignedInRequest
from portal import audit
from portal.files import attach
from portal.filters import filters_of
from portal.workbooks import CONTENT_TYPE

FILTERS = ("q", "organization", "status")


@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    form, members = _filtered(request)
    asked = form.cleaned_data if form.is_valid() else {}
    words = asked.get("q") or ""
    page = search(members, words) if words else page_after(members, asked.get("after"))
    context = {
        "form": form,
        "page": page,
        "next": _next_page(request, page.after),
        "filters": urlencode(filters_of(request, FILTERS)),
    }
    return render(request, "members/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest) -> HttpResponse:
    """The members of a filter as mẫu 7-HSĐV; why, which filter and how many are logged (P67)."""
    register, members = _filtered(request)
    asked = register.cleaned_data if register.is_valid() else {}
    if words := asked.get("q"):
        members = matching(members, words)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    total = members.count()
    if request.method == "POST" and form.is_valid():
        content = register_book(members)
        audit.record(
            "members.export",
            about=asked.get("organization") or request.user,
            by=request.user,
            summary=f"Xuất sổ danh sách {total} đảng viên: {form.cleaned_data['reason']}",
            changes={"filter": [None, _told(asked)], "count": [None, total]},
        )
        name = f"So-danh-sach-dang-vien-{timezone.localdate():%Y-%m-%d}.xlsx"
        return attach(content, name=name, content_type=CONTENT_TYPE)
    context = {
        "form": form,
        "total": total,
        "asked": asked,
        "status": MemberStatus(asked["status"]).label if asked.get("status") else "",
        "filters": urlencode(filters_of(request, FILTERS)),
    }
    return render(request, "members/export.html", context)


def _filtered(request: SignedInRequest) -> tuple[RegisterFilter, PartyMemberQuerySet]:
    """What was asked, and the current members it leaves; the words of a search are for the caller."""
    user = request.user
    if not can_open_register(user):
        raise PermissionDenied("Danh sách đảng viên chỉ mở cho cấp ủy quản lý tổ chức.")
    mine = PartyOrganization.objects.visible_to(user).managed_by(user)
    form = RegisterFilter(request.GET, organizations=mine.in_tree_order())
    members = PartyMember.objects.visible_to(user).current().filter(organization__in=mine)
    asked = form.cleaned_data if form.is_valid() else {}
    if organization := asked.get("organization"):
        members = members.filter(organization__path__contains=[organization.pk])
    if status := asked.get("status"):
        members = members.filter(status=status)
    return form, members


def _told(asked: dict[str, Any]) -> dict[str, Any]:
    """The filter for the trail; a number searched for is told as such, never itself (P85)."""
    words = asked.get("q") or ""
    has_number = any(sign.isdecimal() for sign in words)
    return {
        "q": "***" if has_number else words,
        "organization": asked["organization"].pk if asked.get("organization") else None,
        "status": asked.get("status") or "",
    }


def _next_page(request: SignedInRequest, after: int | None) -> str:
    if after is None:
        return ""
    return "?" + urlencode(filters_of(request, ("organization", "status")) | {"after": after})
