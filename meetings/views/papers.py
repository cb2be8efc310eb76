"""Papers: handed over after the door of their item has been asked; put in, replaced, owed, handed in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import papers as actions
from meetings.forms.papers import FileForm, PaperForm, PaperRequestForm, ReturnForm
from meetings.models import AgendaItem, Meeting, Paper, PaperReading, PaperRequest
from meetings.permissions import can_hand_in
from meetings.views.agenda import item_of
from meetings.views.office import attempt, form_page, posted, prepared_by, refused, run
from members.requests import SignedInRequest
from portal import files, offline

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def paper(request: SignedInRequest, pk: int) -> FileResponse:
    paper = get_object_or_404(Paper.objects.visible_to(request.user), pk=pk)
    response = files.serve(request, paper.file, name=paper.name, inline=True)
    if request.method == "GET" and not _is_brought(request, paper):
        actions.record_reading(paper, by=request.user)
    return response


def _is_brought(request: SignedInRequest, paper: Paper) -> bool:
    """Fetched by the browser for today's conference before anybody has opened it: no reading yet."""
    today = Paper.objects.at_hand_on(timezone.localdate())
    return offline.is_fetched_ahead(request) and today.filter(pk=paper.pk).exists()


@get_or_post
def hand_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page of one paper owed: what is asked, what was handed in, and the way to hand it in (P31)."""
    asked = get_object_or_404(
        PaperRequest.objects.visible_to(request.user).select_related("organization", "agenda_item__meeting"),
        pk=pk,
    )
    may, refusal = can_hand_in(request.user, asked), actions.get_hand_in_refusal(asked)
    form = FileForm(posted(request), request.FILES or None)
    if form.is_bound:
        if not may:
            raise PermissionDenied("Chỉ người phụ trách đơn vị được giao nộp tài liệu này.")
        if form.is_valid() and run(form, lambda given: actions.hand_in(asked, by=request.user, **given)):
            messages.success(request, "Đã nộp. Văn phòng xem rồi nhận, hoặc trả lại kèm lý do.")
            return redirect(asked)
    context = {
        "asked": asked,
        "meeting": asked.agenda_item.meeting,
        "versions": asked.papers.select_related("uploaded_by").order_by("-number"),
        "sees_item": AgendaItem.objects.visible_to(request.user).filter(pk=asked.agenda_item_id).exists(),
        "may_hand_in": may,
        "refusal": refusal,
        "form": form,
    }
    return render(request, "meetings/hand_in.html", context)


@get_or_post
def add(request: SignedInRequest, pk: int, item_id: int) -> HttpResponse:
    meeting, item = item_of(request, pk, item_id)
    if refusal := actions.get_paper_refusal(item):
        return refused(request, meeting, refusal)
    return form_page(
        request,
        meeting=meeting,
        form=PaperForm(posted(request), request.FILES),
        title=f"Thêm tài liệu cho mục {item.position}",
        button="Tải lên",
        act=lambda given: actions.add_paper(item, by=request.user, **given),
        done="Đã thêm tài liệu.",
        then=_page(meeting),
    )


@get_or_post
def replace(request: SignedInRequest, pk: int, paper_id: int) -> HttpResponse:
    meeting, paper = _paper(request, pk, paper_id)
    if refusal := actions.get_paper_refusal(paper.agenda_item):
        return refused(request, meeting, refusal)
    return form_page(
        request,
        meeting=meeting,
        form=FileForm(posted(request), request.FILES),
        title=f"Thay bản mới: {paper}",
        button="Thay bản mới",
        act=lambda given: actions.replace_paper(paper, by=request.user, **given),
        done="Đã thay bản mới. Bản cũ còn trong danh sách phiên bản.",
        then=_page(meeting),
    )


@require_POST
def remove(request: SignedInRequest, pk: int, paper_id: int) -> HttpResponse:
    meeting, paper = _paper(request, pk, paper_id)
    attempt(request, lambda: actions.remove_paper(paper, by=request.user), "Đã gỡ tài liệu.")
    return redirect(_page(meeting))


@require_safe
def versions(request: SignedInRequest, pk: int, paper_id: int) -> HttpResponse:
    """All versions of a paper, and who opened which."""
    meeting, paper = _paper(request, pk, paper_id)
    rows = list(Paper.objects.visible_to(request.user).versions_of(paper).select_related("uploaded_by"))
    readings = PaperReading.objects.visible_to(request.user).filter(paper__in=[row.pk for row in rows])
    by_paper: dict[int, list[PaperReading]] = {row.pk: [] for row in rows}
    for reading in readings.select_related("reader").order_by("-last_at"):
        by_paper[reading.paper_id].append(reading)
    context = {
        "meeting": meeting,
        "paper": paper,
        "versions": [(row, by_paper[row.pk]) for row in rows],
    }
    return render(request, "meetings/office/versions.html", context)


@require_POST
def accept(request: SignedInRequest, pk: int, paper_id: int) -> HttpResponse:
    meeting, paper = _paper(request, pk, paper_id)
    attempt(request, lambda: actions.accept_paper(paper, by=request.user), "Đã nhận tài liệu.")
    return redirect(_page(meeting))


@get_or_post
def send_back(request: SignedInRequest, pk: int, paper_id: int) -> HttpResponse:
    meeting, paper = _paper(request, pk, paper_id)
    return form_page(
        request,
        meeting=meeting,
        form=ReturnForm(posted(request)),
        title=f"Trả lại: {paper}",
        button="Trả lại và báo đơn vị",
        act=lambda given: actions.return_paper(paper, by=request.user, **given),
        done="Đã trả lại, đơn vị được báo.",
        then=_page(meeting),
        is_stop=True,
    )


@get_or_post
def ask(request: SignedInRequest, pk: int, item_id: int) -> HttpResponse:
    """Owe a paper of this item to an organisation, by a day."""
    meeting, item = item_of(request, pk, item_id)
    if refusal := actions.get_paper_refusal(item):
        return refused(request, meeting, refusal)
    return form_page(
        request,
        meeting=meeting,
        form=PaperRequestForm(posted(request), meeting=meeting, initial={"title": item.title[:200]}),
        title=f"Giao đơn vị chuẩn bị tài liệu mục {item.position}",
        button="Giao và báo đơn vị",
        act=lambda given: actions.request_paper(item, by=request.user, **given),
        done="Đã giao, đơn vị được báo.",
        then=_page(meeting),
    )


@require_POST
def ask_no_more(request: SignedInRequest, pk: int, request_id: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    asked = get_object_or_404(
        PaperRequest.objects.visible_to(request.user), pk=request_id, agenda_item__meeting=meeting
    )
    attempt(request, lambda: actions.withdraw_request(asked, by=request.user), "Đã bỏ yêu cầu.")
    return redirect(_page(meeting))


def _paper(request: SignedInRequest, pk: int, paper_id: int) -> tuple[Meeting, Paper]:
    meeting = prepared_by(request, pk)
    found = Paper.objects.visible_to(request.user).select_related("agenda_item__meeting", "request", "first")
    return meeting, get_object_or_404(found, pk=paper_id, agenda_item__meeting=meeting)


def _page(meeting: Meeting) -> str:
    return reverse("meetings:agenda", args=[meeting.pk])
