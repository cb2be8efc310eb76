"""The minutes of a conference: a desk for the minute-taker, a paper for everybody else who may read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from meetings import minutes_record
from meetings.actions import conclusions, minutes, tasks
from meetings.forms.desk import BlockForm, ConclusionForm, OpinionForm, TaskForm
from meetings.models import (
    AgendaItem,
    Conclusion,
    Meeting,
    Minutes,
    MinutesBlock,
    MinutesState,
    Opinion,
    Task,
)
from meetings.permissions import can_approve_minutes, can_write_minutes, is_chair, is_minute_taker
from meetings.roll import roll_of
from meetings.views.office import refuse_administrator
from members.requests import SignedInRequest
from portal.richtext import editor_page

CONFLICT = 409
NOT_THE_WRITER = "Chỉ thư ký được phân công ghi biên bản của hội nghị này."
WRITES = (
    "start",
    "block",
    "opinion",
    "opinion_remove",
    "conclusion",
    "conclusion_remove",
    "task",
    "task_remove",
)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_page(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Meeting.objects.visible_to(request.user).select_related("kind", "body", "chair", "organization")
    meeting = seen.filter(pk=pk).first()
    if meeting is None:
        if request.method == "POST":
            refuse_administrator(request, NOT_THE_WRITER)
        raise Http404
    found = Minutes.objects.visible_to(request.user).filter(meeting=meeting).first()
    if found is None and not is_minute_taker(request.user, meeting):
        raise Http404
    if found:
        found.meeting = meeting
    if request.method == "POST":
        return _post(request, meeting, found)
    return _show(request, meeting, found)


def _post(request: SignedInRequest, meeting: Meeting, found: Minutes | None) -> HttpResponse:
    act = request.POST.get("act", "")
    _permit(request, meeting, act)
    try:
        invalid = _act(request, meeting, found, act)
    except minutes.BlockChanged as changed:
        return _show_both(request, meeting, changed)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        found = Minutes.objects.filter(meeting=meeting).select_related("meeting").first()
        return _show(request, meeting, found, status=CONFLICT)
    if invalid:
        return _show(request, meeting, found, forms_=invalid)
    return redirect(_address(meeting, request.POST.get("item", "")))


def _permit(request: SignedInRequest, meeting: Meeting, act: str) -> None:
    if act in ("approve", "return") and not is_chair(request.user, meeting):
        raise PermissionDenied("Chỉ người chủ trì hội nghị duyệt hoặc trả lại biên bản.")
    if act not in ("approve", "return") and not is_minute_taker(request.user, meeting):
        raise PermissionDenied(NOT_THE_WRITER)


def _act(
    request: SignedInRequest, meeting: Meeting, found: Minutes | None, act: str
) -> dict[str, forms.Form] | None:
    """Do what was pressed; the form to show again when it has errors."""
    if act == "start":
        minutes.start_minutes(meeting, by=request.user)
        return None
    if found is None:
        raise ValidationError("Chưa bắt đầu ghi biên bản.")
    if act in WRITES:
        return _write(request, found, act)
    match act:
        case "sign":
            minutes.sign_minutes(found, by=request.user)
            messages.success(request, "Đã ký và trình người chủ trì.")
        case "return":
            minutes.return_minutes(found, reason=request.POST.get("reason", ""), by=request.user)
            messages.success(request, "Đã trả lại biên bản.")
        case "approve":
            approved = minutes.approve_minutes(found, by=request.user)
            messages.success(request, f"Đã duyệt. Biên bản mang số {approved.symbol}.")
        case _:
            raise ValidationError("Chưa hiểu nút vừa bấm.")
    return None


def _write(request: SignedInRequest, found: Minutes, act: str) -> dict[str, forms.Form] | None:
    """One thing written down under one item."""
    meeting, by = found.meeting, request.user
    if act == "task":
        form: forms.Form = TaskForm(request.POST, meeting=meeting)
        if not form.is_valid():
            return {"task": form}
        given = form.cleaned_data
        tasks.add_task(given.pop("conclusion"), by=by, **given)
        return None
    if act.endswith("_remove"):
        _remove(request, meeting, act)
        return None
    item = _item(request, meeting)
    if act == "block":
        form = BlockForm(request.POST)
    elif act == "opinion":
        form = OpinionForm(request.POST, meeting=meeting)
    else:
        form = ConclusionForm(request.POST)
    if not form.is_valid():
        return {act: form}
    if act == "block":
        minutes.save_block(found, item, by=by, **form.cleaned_data)
        messages.success(request, f"Đã lưu mục {item.position}.")
    elif act == "opinion":
        minutes.record_opinion(found, item, by=by, **form.cleaned_data)
    else:
        conclusions.add_conclusion(meeting, agenda_item=item, by=by, **form.cleaned_data)
    return None


def _remove(request: SignedInRequest, meeting: Meeting, act: str) -> None:
    key = request.POST.get("row", "")
    row = int(key) if key.isdecimal() else 0
    if act == "opinion_remove":
        minutes.remove_opinion(
            get_object_or_404(Opinion, pk=row, agenda_item__meeting=meeting), by=request.user
        )
    elif act == "conclusion_remove":
        conclusions.remove_conclusion(get_object_or_404(Conclusion, pk=row, meeting=meeting), by=request.user)
    else:
        tasks.remove_task(get_object_or_404(Task, pk=row, conclusion__meeting=meeting), by=request.user)


def _show(
    request: SignedInRequest,
    meeting: Meeting,
    found: Minutes | None,
    *,
    forms_: dict[str, forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    writes = can_write_minutes(request.user, meeting)
    if found is None or (writes and found.state == MinutesState.DRAFTING):
        return _show_desk(request, meeting, found, forms_ or {}, status)
    return _show_paper(request, meeting, found, status)


def _show_paper(request: SignedInRequest, meeting: Meeting, found: Minutes, status: int) -> HttpResponse:
    record = minutes_record.record_of(found)
    seen = set(
        AgendaItem.objects.visible_to(request.user).filter(meeting=meeting).values_list("pk", flat=True)
    )
    context = {
        "meeting": meeting,
        "minutes": found,
        "record": record | {"items": [item for item in record["items"] if item["item"] in seen]},
        "can_approve": can_approve_minutes(request.user, found),
    }
    return render(request, "meetings/minutes.html", context, status=status)


@editor_page
def _show_desk(
    request: SignedInRequest,
    meeting: Meeting,
    found: Minutes | None,
    bound: dict[str, forms.Form],
    status: int,
) -> HttpResponse:
    items = list(AgendaItem.objects.visible_to(request.user).filter(meeting=meeting))
    item = _chosen(items, request.POST.get("item") or request.GET.get("muc", ""))
    block = MinutesBlock.objects.visible_to(request.user).filter(agenda_item=item).first() if item else None
    opened_at = {"body": block.body if block else "", "revision": block.revision if block else 0}
    context: dict[str, Any] = {
        "meeting": meeting,
        "minutes": found,
        "items": items,
        "item": item,
        "saved": block,
        "block_form": bound.get("block") or BlockForm(initial=opened_at),
        "opinions": item.opinions.select_related("participant") if item else [],
        "opinion_form": bound.get("opinion") or OpinionForm(meeting=meeting),
        "conclusions": item.conclusions.prefetch_related("tasks__lead_organization") if item else [],
        "conclusion_form": bound.get("conclusion") or ConclusionForm(),
        "task_form": bound.get("task") or TaskForm(meeting=meeting),
        "roll": roll_of(meeting),
        "lacking": minutes_record.get_lacking(found) if found else [],
    }
    return render(request, "meetings/minutes_desk.html", context, status=status)


@editor_page
def _show_both(request: SignedInRequest, meeting: Meeting, changed: minutes.BlockChanged) -> HttpResponse:
    """Both texts: what stands now, and what was typed, ready to be saved on top of it."""
    context = {
        "meeting": meeting,
        "item": changed.block.agenda_item,
        "saved": changed.block,
        "form": BlockForm(initial={"body": changed.mine, "revision": changed.block.revision}),
        "sentence": " ".join(changed.messages),
    }
    return render(request, "meetings/minutes_conflict.html", context, status=CONFLICT)


def _item(request: SignedInRequest, meeting: Meeting) -> AgendaItem:
    key = request.POST.get("item", "")
    return get_object_or_404(AgendaItem, pk=int(key) if key.isdecimal() else 0, meeting=meeting)


def _chosen(items: list[AgendaItem], key: str) -> AgendaItem | None:
    return next((item for item in items if str(item.pk) == key), items[0] if items else None)


def _address(meeting: Meeting, item: str) -> str:
    address = reverse("meetings:minutes", args=[meeting.pk])
    return f"{address}?muc={item}" if item.isdecimal() else address
