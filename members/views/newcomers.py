"""A member entered by hand."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members import actions
from members.actions.newcomers import Arrival, check_new
from members.forms import NewMemberForm
from members.models import PartyMember, PartyOrganization
from members.permissions import can_open_register
from members.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    """The register is searched first; what needs a look is shown, and accepted by a tick."""
    user = request.user
    if not can_open_register(user):
        raise PermissionDenied("Thêm đảng viên chỉ mở cho cấp ủy quản lý tổ chức.")
    mine = PartyOrganization.objects.visible_to(user).managed_by(user)
    # Members belong to the cells: an organisation with others below it has none of its own.
    today = timezone.localdate()
    cells = mine.on(today).exclude(pk__in=mine.on(today).values("parent")).in_tree_order()
    form = NewMemberForm(request.POST or None, organizations=cells)
    found = None
    if request.method == "POST" and form.is_valid():
        verdict = check_new(form.values(), form.cleaned_data["organization"], by=user)
        if verdict.member is not None:
            found = PartyMember.objects.visible_to(user).filter(pk=verdict.member).first()
        if found is None and (member := _added(form, request)):
            messages.success(request, "Đã thêm vào sổ.")
            return redirect("members:member", member.pk)
        warnings = [one for one in verdict.remarks if not one.is_error]
        if warnings and found is None:
            form.ask_to_accept()
    return render(request, "members/new.html", {"form": form, "found": found})


def _added(form: NewMemberForm, request: SignedInRequest) -> PartyMember | None:
    asked = form.cleaned_data
    try:
        return actions.add_member(
            asked["organization"],
            by=request.user,
            arrival=Arrival(asked["arrival"]),
            since=asked["since"],
            values=form.values(),
            place=asked["place"],
            decision_number=asked["decision_number"],
            accepts_warnings=asked["accepts_warnings"],
        )
    except ValidationError as error:
        form.add_error(None, error)
    return None
