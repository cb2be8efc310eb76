"""One member's record: read part by part, corrected, added to; whoever opens another's leaves a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Min, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members import actions
from members.actions.record import NOT_YOURS
from members.forms import ENTRIES, MOVE, MemberForm, ReasonForm, background, entry_form
from members.history import LOOKS, MOST_DEEDS, history_of_member
from members.models import (
    DisciplinaryAction,
    FeePayment,
    MemberPhoto,
    NumberKind,
    PartyMember,
    PartyOrganization,
    RecordCorrection,
    RuleBook,
    RuleCode,
    TransferKind,
)
from members.own_fees import own_year
from members.permissions import can_change_member
from members.requests import SignedInRequest
from members.roles import Role
from members.seniority import party_age
from members.timeline import timeline
from portal import audit
from portal.models import AuditEntry

PARTS = {
    "": "Hồ sơ",
    "ly-lich": "Lý lịch",
    "qua-trinh": "Quá trình",
    "tuoi-dang": "Tuổi đảng",
    "lich-su": "Lịch sử sửa",
    "dang-phi": "Đảng phí",
    "de-nghi": "Đề nghị sửa",
    "nhat-ky": "Ai đã xem",
}
#: Shown to the person alone: managers have the registers, and the trail.
OWN_PARTS = ("dang-phi", "de-nghi", "nhat-ky")
#: Ways out of the cell, by the word in the address.
LEAVING = (MOVE, "ra-khoi-dang")
MOST_VIEWS = 100
YEAR_DIGITS = 4


@require_safe
def member(request: SignedInRequest, pk: int) -> HttpResponse:
    """One record, a part at a time."""
    user = request.user
    member = _visible(request, pk)
    is_own = user.member_id == member.pk
    part = request.GET.get("phan", "")
    if part not in PARTS or (part in OWN_PARTS and not is_own):
        raise Http404("Hồ sơ không có phần này.")
    if not is_own:
        audit.record("members.view_record", about=member, by=user, summary="Xem hồ sơ đảng viên")
    context = {
        "member": member,
        "part": part,
        "parts": [(code, name) for code, name in PARTS.items() if is_own or code not in OWN_PARTS],
        "is_own": is_own,
        "may_change": can_change_member(user, member),
        "organizations": PartyOrganization.objects.visible_to(user)
        .filter(pk__in=member.organization.path)
        .in_tree_order(),
    }
    return render(request, "members/member.html", context | _CONTENTS[part](request, member))


def _profile(request: SignedInRequest, member: PartyMember) -> dict[str, Any]:
    former = member.former_numbers.exclude(kind=NumberKind.CITIZEN)
    return {
        "age": party_age(member, member.interruptions.all(), timezone.localdate()),
        "photo": MemberPhoto.objects.visible_to(request.user).filter(member=member).first(),
        "holdings": member.holdings.filter(valid_to__isnull=True).order_by("position__rank", "pk"),
        "former_numbers": former,
    }


def _background(request: SignedInRequest, member: PartyMember) -> dict[str, Any]:
    return {"groups": background(member)}


def _story(request: SignedInRequest, member: PartyMember) -> dict[str, Any]:
    return {"events": timeline(member, request.user), "entries": _offered(member)}


def _story_of(pk: int) -> str:
    return reverse("members:member", args=[pk], query={"phan": "qua-trinh"})


def _names() -> dict[str, str]:
    # The first letter alone: the Party keeps its capital.
    named = {kind: str(capfirst(model._meta.verbose_name)) for kind, (model, _) in ENTRIES.items()}
    return {MOVE: "Chuyển sinh hoạt"} | named


def _offered(member: PartyMember) -> list[tuple[str, str]]:
    """Who has gone neither moves nor leaves once more."""
    return [(kind, name) for kind, name in _names().items() if not (member.exit_reason and kind in LEAVING)]


def _seniority(request: SignedInRequest, member: PartyMember) -> dict[str, Any]:
    return {"age": party_age(member, member.interruptions.all(), timezone.localdate())}


def _history(request: SignedInRequest, member: PartyMember) -> dict[str, Any]:
    return {"deeds": history_of_member(member, request.user), "most": MOST_DEEDS}


def _fees(request: SignedInRequest, member: PartyMember) -> dict[str, Any]:
    """What is due, paid and owed, by month of a year."""
    today = timezone.localdate()
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == YEAR_DIGITS else today.year
    earliest = FeePayment.objects.filter(member=member).aggregate(first=Min("month"))["first"]
    first = min(earliest.year if earliest else today.year, today.year)
    if not first <= year <= today.year:
        raise Http404("Không có đảng phí của năm này.")
    rules = RuleBook()
    return {
        "fees": own_year(member, year, today),
        "years": range(today.year, first - 1, -1),
        "too_many": rules.value(RuleCode.FEE_MONTHS_UNPAID, today),
        "basis": rules.basis(RuleCode.FEE_MONTHS_UNPAID, today),
    }


def _corrections(request: SignedInRequest, member: PartyMember) -> dict[str, Any]:
    rows = RecordCorrection.objects.visible_to(request.user).filter(member=member)
    return {"corrections": rows[:MOST_VIEWS]}


def _views(request: SignedInRequest, member: PartyMember) -> dict[str, Any]:
    """Who looked at one's own record: design §3, shown to the person."""
    rows = AuditEntry.objects.about(member).filter(action__in=LOOKS).exclude(actor=request.user)
    return {"views": rows[:MOST_VIEWS]}


_CONTENTS: dict[str, Callable[[SignedInRequest, PartyMember], dict[str, Any]]] = {
    "": _profile,
    "ly-lich": _background,
    "qua-trinh": _story,
    "tuoi-dang": _seniority,
    "lich-su": _history,
    "dang-phi": _fees,
    "de-nghi": _corrections,
    "nhat-ky": _views,
}


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """The secretary corrects a record; what it was stays in the trail (P70)."""
    member = changeable(request, pk)
    form = MemberForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        actions.change_member(member, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lưu hồ sơ.")
        return redirect("members:member", pk=pk)
    return render(request, "members/change.html", {"form": form, "member": member})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def citizen_number(request: SignedInRequest, pk: int) -> HttpResponse:
    """The number in full: one's own after a click, another's after a reason; always logged (P65)."""
    user = request.user
    member = _visible(request, pk)
    is_own = user.member_id == member.pk
    form = ReasonForm(request.POST if request.method == "POST" and not is_own else None)
    shown = ""
    if request.method == "POST" and (is_own or form.is_valid()):
        reason = "" if is_own else form.cleaned_data["reason"]
        shown = actions.show_citizen_number(member, by=user, reason=reason)
    context = {"member": member, "form": form, "is_own": is_own, "shown": shown}
    return render(request, "members/citizen_number.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    """Add one row to the story of a member: an award, a rating, a transfer …"""
    member = changeable(request, pk)
    if kind != MOVE and kind not in ENTRIES:
        raise Http404("Không có loại ghi này.")
    if kind in LEAVING and member.gone_sentence:
        raise PermissionDenied(member.gone_sentence)
    mine = PartyOrganization.objects.visible_to(request.user).under(
        request.user.organizations_as(Role.SECRETARY)
    )
    form = entry_form(
        kind,
        request.POST if request.method == "POST" else None,
        member=member,
        organizations=mine.on(timezone.localdate()).in_tree_order(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, kind, member, form)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Đã ghi vào hồ sơ.")
            # Who has moved out of the reader's part of the tree is no longer his to read.
            if PartyMember.objects.visible_to(request.user).filter(pk=pk).exists():
                return redirect(_story_of(pk))
            return redirect("members:list")
    context = {"form": form, "member": member, "title": _names()[kind], "row": None}
    return render(request, "members/enter.html", context)


def _write(request: SignedInRequest, kind: str, member: PartyMember, form: Any) -> None:
    if kind != MOVE:
        actions.enter(form.save(commit=False), by=request.user)
        return
    asked = form.cleaned_data
    actions.transfer_member(member, by=request.user, **asked | {"kind": TransferKind(asked["kind"])})


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int, kind: str, entry: int) -> HttpResponse:
    """Take out a row entered by mistake, with a reason that stays in the trail."""
    member = changeable(request, pk)
    if kind not in ENTRIES:
        raise Http404("Không có loại ghi này.")
    row = get_object_or_404(_rows(request, kind, member), pk=entry)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(row, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, "Đã bỏ dòng ghi nhầm.")
            return redirect(_story_of(pk))
    title = f"Bỏ dòng ghi nhầm: {row._meta.verbose_name}"
    context = {"form": form, "member": member, "title": title, "row": row}
    return render(request, "members/enter.html", context)


def _rows(request: SignedInRequest, kind: str, member: PartyMember) -> QuerySet[Any]:
    model = ENTRIES[kind][0]
    if model is DisciplinaryAction:
        return DisciplinaryAction.objects.visible_to(request.user).filter(member=member)
    return model._default_manager.filter(member=member)


def _visible(request: SignedInRequest, pk: int) -> PartyMember:
    visible = PartyMember.objects.visible_to(request.user).select_related(
        "organization", "admission__organization"
    )
    return get_object_or_404(visible, pk=pk)


def changeable(request: SignedInRequest, pk: int) -> PartyMember:
    """The record, for a page that changes it; 404 to whom it is hidden, 403 to who may only read it."""
    member = _visible(request, pk)
    if not can_change_member(request.user, member):
        raise PermissionDenied(NOT_YOURS)
    return member
