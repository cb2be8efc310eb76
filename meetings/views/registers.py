"""The registers of documents at the office's desk: look up, enter, make void, take away as a workbook."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions.documents import enter_document, void_document
from meetings.forms.documents import EnterForm, RegisterFilter, VoidForm
from meetings.models import PartyDocument
from meetings.models.documents import PartyDocumentQuerySet
from meetings.permissions import can_open_registers
from meetings.registers import documents_for, gaps_for
from meetings.views.office import form_page, posted
from members.owning_committee import owning_committee
from members.requests import SignedInRequest
from portal import audit, files, workbooks
from portal.filters import filters_of

PAGE = 50
#: More rows than a term ever has; a workbook beyond it would hold the worker for too long.
EXPORTED = 20_000
NOT_YOURS = "Sổ văn bản dành cho Văn phòng và người phụ trách tổ chức."
COLUMNS = (
    ("Số, ký hiệu", 18),
    ("Ngày", 12),
    ("Loại", 16),
    ("Trích yếu", 60),
    ("Người ký", 24),
    ("Nơi nhận", 36),
    ("Ghi chú", 28),
)


@require_safe
def registers(request: SignedInRequest) -> HttpResponse:
    form, found = _asked(request)
    before = form.cleaned_data.get("before") if form.is_valid() else None
    if before and (last := found.filter(pk=before).first()):
        found = found.earlier_than(last)
    rows = list(found.select_related("kind", "register__term", "meeting")[: PAGE + 1])
    context = {
        "form": form,
        "documents": rows[:PAGE],
        "next": _query(request, before=rows[PAGE - 1].pk) if len(rows) > PAGE else "",
        "export": _query(request),
        "gaps": gaps_for(request.user),
    }
    return render(request, "meetings/registers.html", context)


@require_safe
def registers_file(request: SignedInRequest) -> HttpResponse:
    _, found = _asked(request)
    rows = list(found.select_related("kind")[:EXPORTED])
    owning = owning_committee()
    content = workbooks.write(
        title="Sổ văn bản đi",
        issuer=(owning.parent_name, owning.name),
        columns=COLUMNS,
        rows=[_row(document) for document in rows],
    )
    about = rows[0] if rows else request.user
    audit.record(
        "meetings.registers_export",
        about=about,
        by=request.user,
        summary=f"Xuất sổ văn bản: {len(rows)} dòng",
    )
    name = f"Sổ văn bản {timezone.localdate():%d-%m-%Y}.xlsx"
    return files.attach(content, name=name, content_type=workbooks.CONTENT_TYPE)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: SignedInRequest) -> HttpResponse:
    if not can_open_registers(request.user):
        raise PermissionDenied(NOT_YOURS)
    initial = {"issued_on": timezone.localdate()}
    return form_page(
        request,
        meeting=None,
        form=EnterForm(posted(request), user=request.user, initial=initial),
        title="Vào sổ văn bản",
        button="Lấy số và vào sổ",
        act=lambda given: enter_document(by=request.user, **given),
        done="Đã vào sổ.",
        then=reverse("meetings:registers"),
        back=reverse("meetings:registers"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def void(request: SignedInRequest, pk: int) -> HttpResponse:
    if not can_open_registers(request.user):
        raise PermissionDenied(NOT_YOURS)
    document = get_object_or_404(PartyDocument.objects.visible_to(request.user), pk=pk)
    return form_page(
        request,
        meeting=None,
        form=VoidForm(posted(request)),
        title=f"Hủy số {document.symbol}",
        button="Hủy số này",
        act=lambda given: void_document(document, reason=given["reason"], by=request.user),
        done="Đã hủy số. Không văn bản nào khác mang số này.",
        then=reverse("meetings:registers"),
        back=reverse("meetings:registers"),
        is_stop=True,
    )


def _asked(request: SignedInRequest) -> tuple[RegisterFilter, PartyDocumentQuerySet]:
    if not can_open_registers(request.user):
        raise PermissionDenied(NOT_YOURS)
    form = RegisterFilter(request.GET, user=request.user)
    asked = form.cleaned_data if form.is_valid() else {}
    words, kind, term = asked.get("q") or "", asked.get("kind"), asked.get("term")
    return form, documents_for(request.user, words=words, kind=kind, term=term)


def _query(request: SignedInRequest, **more: int) -> str:
    kept = filters_of(request, ("q", "kind", "term"))
    return "?" + urlencode(kept | more)


def _row(document: PartyDocument) -> list[workbooks.Value]:
    notes = [
        "Lưu ngoài hệ thống" if document.is_external else "",
        f"Đã hủy: {document.void_reason}" if document.voided_at else "",
        f"Số đặt riêng: {document.number_reason}" if document.number_reason else "",
    ]
    return [
        document.symbol,
        document.issued_on,
        document.kind.name,
        document.abstract,
        document.signer_name,
        document.recipients,
        "; ".join(filter(None, notes)),
    ]
