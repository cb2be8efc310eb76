"""Corrections of records: proposed by the person, answered by who manages the record."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions import corrections
from members.actions.corrections import NOT_OWN, NOT_YOURS, own_corrections
from members.forms import AnswerForm, CorrectionFieldForm, CorrectionForm
from members.models import CorrectionState, PartyMember, RecordCorrection
from members.models.corrections import kept, shown
from members.permissions import can_change_member, can_open_register
from members.requests import SignedInRequest

MOST_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """First which field, then what it should say."""
    member = get_object_or_404(PartyMember.objects.visible_to(request.user), pk=pk)
    if request.user.member_id != member.pk:
        raise PermissionDenied(NOT_OWN)
    choice = CorrectionFieldForm(request.GET if "muc" in request.GET else None, member=member)
    field = choice.cleaned_data["muc"] if choice.is_valid() else ""
    form = None
    if field:
        form = CorrectionForm(request.POST if request.method == "POST" else None, member=member, field=field)
        if request.method == "POST" and form.is_valid():
            try:
                corrections.propose_correction(member, by=request.user, field=field, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, "Đã gửi đề nghị; cấp ủy trả lời thì cổng báo.")
                return redirect(own_corrections(pk))
    context = {
        "member": member,
        "choice": choice,
        "form": form,
        "now": shown(field, kept(field, member)) if field else "",
    }
    return render(request, "members/corrections/propose.html", context)


@require_safe
def waiting(request: SignedInRequest) -> HttpResponse:
    """What waits for an answer, the oldest first."""
    if not can_open_register(request.user):
        raise PermissionDenied(NOT_YOURS)
    rows = RecordCorrection.objects.to_decide(request.user).select_related("member__organization")
    context = {"rows": rows.order_by("proposed_at", "pk")[:MOST_SHOWN], "total": rows.count()}
    return render(request, "members/corrections/waiting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """One proposal beside what the record says; accepted or declined."""
    row = _row(request, pk)
    if not can_change_member(request.user, row.member):
        raise PermissionDenied(NOT_YOURS)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        is_accepted = request.POST.get("viec") == "sua"
        decide = corrections.accept_correction if is_accepted else corrections.decline_correction
        try:
            decide(row, by=request.user, answer=form.cleaned_data["answer"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Đã sửa hồ sơ." if is_accepted else "Đã trả lời: không sửa.")
            return redirect("members:corrections")
    context = {"row": row, "form": form, "is_open": row.state == CorrectionState.WAITING}
    return render(request, "members/corrections/answer.html", context)


@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    try:
        corrections.withdraw_correction(row, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Đã rút đề nghị.")
    return redirect(own_corrections(row.member_id))


def _row(request: SignedInRequest, pk: int) -> RecordCorrection:
    visible = RecordCorrection.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("member__organization", "decided_by"), pk=pk)
