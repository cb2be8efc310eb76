"""Reorganisation: choose what is done, look at who goes where, carry it out, take it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions import reorganization
from members.actions.reorganization import Outcome
from members.actions.reorganization.decisions import NOT_YOURS
from members.actions.reorganization.undoing import may_undo
from members.forms import ReasonForm, ReorganizationForm, ShapeForm, levels_for
from members.handover import handover_refusal, handovers
from members.handover_minutes import handover_minutes
from members.models import PartyOrganization, Reorganization, ReorgKind
from members.permissions import can_reorganize, can_set_up_below
from members.requests import SignedInRequest
from portal import audit, docx
from portal.files import attach
from portal.models import DocumentLayout

SLUGS = {
    "thanh-lap": ReorgKind.SET_UP,
    "doi-ten": ReorgKind.RENAME,
    "hop-nhat": ReorgKind.MERGE,
    "sap-nhap": ReorgKind.ABSORB,
    "chia": ReorgKind.DIVIDE,
    "tach": ReorgKind.SPLIT_OFF,
    "chuyen-giao": ReorgKind.HAND_OVER,
    "nang-cap": ReorgKind.RAISE,
    "ha-cap": ReorgKind.LOWER,
    "giai-the": ReorgKind.DISSOLVE,
    "giai-tan": ReorgKind.DISBAND,
    "ket-thuc-hoat-dong": ReorgKind.END,
}
MOST_SHOWN = 50
WHAT = {
    ReorgKind.SET_UP: "Lập một tổ chức mới trực thuộc tổ chức này.",
    ReorgKind.RENAME: "Tên, mã mới từ ngày hiệu lực; giấy tờ trước ngày ấy giữ tên cũ.",
    ReorgKind.MERGE: "Cùng các tổ chức khác thành một tổ chức mới; các tổ chức cũ kết thúc.",
    ReorgKind.ABSORB: "Vào một tổ chức đang có; tổ chức này kết thúc.",
    ReorgKind.DIVIDE: "Thành hai hay nhiều tổ chức mới; tổ chức này kết thúc.",
    ReorgKind.SPLIT_OFF: "Một phần thành tổ chức mới; tổ chức này còn lại.",
    ReorgKind.HAND_OVER: "Về trực thuộc cấp trên khác, cùng mọi tổ chức bên dưới.",
    ReorgKind.RAISE: "Lên cấp cao hơn; chi bộ thành đảng bộ thì đảng viên về các chi bộ mới.",
    ReorgKind.LOWER: "Xuống cấp thấp hơn; đảng bộ thành chi bộ thì các chi bộ bên trong kết thúc.",
    ReorgKind.DISSOLVE: "Tổ chức kết thúc, không có tổ chức kế thừa; đảng viên về nơi khác.",
    ReorgKind.DISBAND: "Hình thức kỷ luật với tổ chức: tổ chức kết thúc, đảng viên về nơi khác.",
    ReorgKind.END: "Tổ chức thôi hoạt động theo quyết định sắp xếp của cấp trên; đảng viên về nơi khác.",
}


@require_safe
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """What can be decided on this organisation, and what was."""
    organization = _organization(request, pk)
    offered = [(slug, kind, WHAT[kind]) for slug, kind in SLUGS.items() if _may(request, kind, organization)]
    if not offered:
        raise PermissionDenied(NOT_YOURS)
    visible = Reorganization.objects.visible_to(request.user).select_related("source")
    done = visible.filter(source__path__contains=[organization.pk])[:MOST_SHOWN]
    context = {"organization": organization, "offered": offered, "done": done}
    return render(request, "members/reorganization/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: SignedInRequest, pk: int, slug: str) -> HttpResponse:
    """First a look at who goes where; only what was looked at is carried out."""
    organization = _organization(request, pk)
    if slug not in SLUGS:
        raise Http404("Không có hình thức sắp xếp này.")
    kind = SLUGS[slug]
    if not _may(request, kind, organization):
        raise PermissionDenied(NOT_YOURS)
    managed = _managed(request)
    levels = levels_for(kind, organization, managed)
    shape = ShapeForm(request.GET.dict(), kind=kind, source=organization, levels=levels)
    form = ReorganizationForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        source=organization,
        managed=managed,
        level=shape.level(),
        parts=shape.parts(),
    )
    outcome: Outcome | None = None
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("da-xem") == form.mark():
                row = reorganization.reorganize(form.plan(), by=request.user)
                messages.success(request, "Đã ghi quyết định.")
                return redirect("members:reorganization", row.pk)
            outcome = reorganization.preview(form.plan(), by=request.user)
        except ValidationError as error:
            _show(form, error)
    context = {
        "organization": organization,
        "kind": kind,
        "what": WHAT[kind],
        "shape": shape,
        "form": form,
        "outcome": outcome,
        "mark": form.mark() if outcome else "",
    }
    return render(request, "members/reorganization/decide.html", context)


@require_safe
def decision(request: SignedInRequest, pk: int) -> HttpResponse:
    """One decision that was carried out."""
    row = _row(request, pk)
    context = {
        "row": row,
        "may_undo": may_undo(request.user, row),
        "refusal": reorganization.undo_refusal(row),
        "has_minutes": handover_refusal(row) is None,
        "successions": row.successions.select_related("predecessor", "successor"),
        "form": ReasonForm(),
    }
    return render(request, "members/reorganization/decision.html", context)


@require_POST
def minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    """The minutes of the handover as a paper; that they left the house is logged (P67)."""
    row = _row(request, pk)
    if refusal := handover_refusal(row):
        raise PermissionDenied(refusal)
    handed = handovers(row, request.user)
    named = sum(len(one.people) for one in handed)
    audit.record(
        "members.take_handover_minutes",
        about=row.source,
        by=request.user,
        summary=f"Tải biên bản bàn giao theo {row.decision_number}, {named} đồng chí có tên",
        changes={"count": [None, named]},
    )
    content = docx.write([handover_minutes(row, handed)], DocumentLayout.objects.on(row.effective_on))
    name = f"Bien ban ban giao {row.effective_on:%Y-%m-%d}.docx"
    return attach(content, name=name, content_type=docx.CONTENT_TYPE)


@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    if not may_undo(request.user, row):
        raise PermissionDenied(NOT_YOURS)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ghi lý do hoàn tác.")
        return redirect("members:reorganization", pk)
    try:
        reorganization.undo(row, by=request.user, reason=form.cleaned_data["reason"])
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Đã hoàn tác: tổ chức và đảng viên trở lại như trước quyết định.")
    return redirect("members:reorganization", pk)


def _show(form: ReorganizationForm, error: ValidationError) -> None:
    """Beside its field where the form has it, else on top."""
    said: dict[str, Any] = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in said.items():
        form.add_error(name if name in form.fields else None, sentences)


def _may(request: SignedInRequest, kind: ReorgKind, organization: PartyOrganization) -> bool:
    if organization.valid_to is not None:
        return False
    if kind == ReorgKind.SET_UP:
        return can_set_up_below(request.user, organization)
    if not can_reorganize(request.user, organization):
        return False
    is_of_level = kind in (ReorgKind.RAISE, ReorgKind.LOWER)
    return not is_of_level or bool(levels_for(kind, organization, _managed(request)))


def _managed(request: SignedInRequest) -> QuerySet[PartyOrganization]:
    return PartyOrganization.objects.visible_to(request.user).managed_by(request.user)


def _organization(request: SignedInRequest, pk: int) -> PartyOrganization:
    visible = PartyOrganization.objects.visible_to(request.user).select_related("parent")
    return get_object_or_404(visible, pk=pk)


def _row(request: SignedInRequest, pk: int) -> Reorganization:
    visible = Reorganization.objects.visible_to(request.user).select_related("source", "target", "by")
    return get_object_or_404(visible, pk=pk)
