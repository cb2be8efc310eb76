"""The papers of a conference: which there are, their numbers, and each of them as a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetings import minutes_record
from meetings.actions.documents import get_number_refusal, number_document
from meetings.documents.agenda import agenda
from meetings.documents.attendance_list import attendance_book, attendance_list
from meetings.documents.conclusion_notice import addressees_of, conclusion_notice
from meetings.documents.heads import document_of
from meetings.documents.invitation import invitations
from meetings.documents.minutes import minutes_paper
from meetings.documents.task_sheet import task_sheet
from meetings.forms.documents import NumberForm
from meetings.models import (
    AgendaItem,
    AttendeeRole,
    Conclusion,
    Mark,
    Meeting,
    Minutes,
    Participant,
    Task,
)
from meetings.permissions import can_prepare, can_take_documents, can_take_invitation, can_take_notice_to
from meetings.signing import proposal
from meetings.views.office import form_page, posted, prepared_by, refused
from members.requests import SignedInRequest
from portal import audit, docx, files, workbooks
from portal.models import DocumentLayout

NOT_YOURS = "Văn bản của hội nghị do Văn phòng, người chủ trì và thư ký lấy."
NUMBERED = (Mark.INVITATION, Mark.NOTICE)


@require_safe
def papers(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    people = Participant.objects.visible_to(request.user).filter(meeting=meeting).taking_part()
    numbers = [
        {
            "mark": mark,
            "document": document_of(meeting, mark),
            "refusal": get_number_refusal(meeting, mark),
        }
        for mark in NUMBERED
    ]
    context = {
        "meeting": meeting,
        "numbers": numbers,
        "minutes": Minutes.objects.visible_to(request.user).filter(meeting=meeting).first(),
        "people": people.in_protocol_order(),
        "addressees": addressees_of(meeting),
        "tasks": Task.objects.visible_to(request.user).filter(conclusion__meeting=meeting).by_deadline(),
        "has_conclusions": Conclusion.objects.visible_to(request.user).filter(meeting=meeting).exists(),
        "can_number": can_prepare(request.user, meeting),
    }
    return render(request, "meetings/documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_number(request: SignedInRequest, pk: int, mark: str) -> HttpResponse:
    meeting = prepared_by(request, pk)
    if mark not in NUMBERED:
        raise Http404
    mark = Mark(mark)
    if request.method == "POST" and (refusal := get_number_refusal(meeting, mark)):
        return refused(request, meeting, refusal)
    today = timezone.localdate()
    form = NumberForm(posted(request), initial={"issued_on": today} | proposal(meeting, mark, today))
    return form_page(
        request,
        meeting=meeting,
        form=form,
        title=f"Lấy số {mark.label.lower()}",
        button="Lấy số",
        act=lambda given: number_document(meeting, mark, by=request.user, **given),
        done="Đã lấy số. Văn bản tải về từ nay mang số này.",
        then=reverse("meetings:documents", args=[meeting.pk]),
        warning=get_number_refusal(meeting, mark) or "",
    )


@require_safe
def invitation_file(request: SignedInRequest, pk: int, participant_id: int) -> HttpResponse:
    seen = Participant.objects.visible_to(request.user).filter(meeting=pk).taking_part()
    person = get_object_or_404(seen.select_related("meeting"), pk=participant_id)
    if not can_take_invitation(request.user, person):
        raise PermissionDenied(NOT_YOURS)
    meeting = _whole(request, pk)
    [paper] = invitations(meeting, [person])
    return _file(request, meeting, [paper], f"{paper.type_name} - {person.full_name}")


@require_safe
def invitation_files(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    people = Participant.objects.visible_to(request.user).filter(meeting=meeting).taking_part()
    sheets = invitations(meeting, people.in_protocol_order())
    if not sheets:
        raise Http404("Hội nghị chưa có ai trong danh sách dự.")
    return _file(request, meeting, sheets, f"Giấy mời - {meeting}")


@require_safe
def agenda_file(request: SignedInRequest, pk: int, role: str) -> HttpResponse:
    meeting = _meeting(request, pk)
    roles = {"dai-bieu": AttendeeRole.OFFICIAL, "khach-moi": AttendeeRole.INVITED}
    if role not in roles:
        raise Http404
    return _file(request, meeting, [agenda(meeting, roles[role])], f"Chương trình - {meeting}")


@require_safe
def attendance_file(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    return _file(request, meeting, [attendance_list(meeting)], f"Danh sách điểm danh - {meeting}")


@require_safe
def attendance_book_file(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    content = attendance_book(meeting)
    audit.record(
        "meetings.document_take", about=meeting, by=request.user, summary="Tải danh sách điểm danh (.xlsx)"
    )
    name = f"{f'Danh sách điểm danh - {meeting}'[:140]}.xlsx"
    return files.attach(content, name=name, content_type=workbooks.CONTENT_TYPE)


@require_safe
def minutes_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the page of the minutes shows this reader, and no more."""
    meeting = _whole(request, pk)
    minutes = get_object_or_404(Minutes.objects.visible_to(request.user), meeting=meeting)
    minutes.meeting = meeting
    items = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting)
    kept = minutes_record.kept_instead(minutes, request.user)
    paper = minutes_paper(minutes, set(items.values_list("pk", flat=True)), kept)
    return _file(request, meeting, [paper], f"{paper.type_name} - {meeting}")


@require_safe
def notice_file(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = _meeting(request, pk)
    if not Conclusion.objects.visible_to(request.user).filter(meeting=meeting).exists():
        raise Http404("Hội nghị chưa ghi kết luận.")
    return _file(request, meeting, [conclusion_notice(meeting)], f"Thông báo kết luận - {meeting}")


@require_safe
def notice_to_file(request: SignedInRequest, pk: int, organization_id: int) -> HttpResponse:
    """To one organisation: its secretary reads it once it is issued, though he took no part (P27)."""
    seen = Conclusion.objects.visible_to(request.user).select_related("meeting__body__organization")
    first = seen.filter(meeting=pk).first()
    meeting = first.meeting if first else None
    addressees = {one.pk: one for one in addressees_of(meeting)} if meeting else {}
    addressee = addressees.get(organization_id)
    if meeting is None or addressee is None:
        raise Http404
    is_issued = seen.filter(meeting=meeting, issued_at__isnull=False).exists()
    may_as_addressee = is_issued and can_take_notice_to(request.user, addressee)
    if not (can_take_documents(request.user, meeting) or may_as_addressee):
        raise Http404
    paper = conclusion_notice(meeting, addressee)
    return _file(request, meeting, [paper], f"Thông báo kết luận - {addressee} - {meeting}")


@require_safe
def task_file(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Task.objects.visible_to(request.user).select_related(
        "lead_organization", "assignee", "conclusion__meeting__body__organization"
    )
    task = get_object_or_404(seen, pk=pk)
    return _file(request, task, [task_sheet(task)], f"Phiếu giao nhiệm vụ - {task}")


def _meeting(request: SignedInRequest, pk: int) -> Meeting:
    meeting = _whole(request, pk)
    if not can_take_documents(request.user, meeting):
        raise PermissionDenied(NOT_YOURS)
    return meeting


def _whole(request: SignedInRequest, pk: int) -> Meeting:
    """The conference with all that its papers name."""
    related = (
        "body__organization",
        "organization",
        "chair",
        "convener",
        "minute_taker",
        "program_item__program",
    )
    return get_object_or_404(Meeting.objects.visible_to(request.user).select_related(*related), pk=pk)


def _file(request: SignedInRequest, about: Any, papers: Sequence[docx.Paper], name: str) -> HttpResponse:
    """The file, and the line that says who took it."""
    content = docx.write(papers, DocumentLayout.objects.on(papers[0].day))
    kinds = papers[0].type_name.lower()
    audit.record("meetings.document_take", about=about, by=request.user, summary=f"Tải {kinds} (.docx)")
    return files.attach(content, name=f"{name[:140]}.docx", content_type=docx.CONTENT_TYPE)
