"""Numbers of documents: given out one after another, reserved, made void, never given back."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings.actions.meetings import lock, refuse
from meetings.issuers import CONGRESS, issuer_of
from meetings.models import DocumentKind, DocumentRegister, Mark, Meeting, MeetingState, PartyDocument
from members.models import Body, BodyType, Term, User
from portal import audit
from portal.docx import symbol_of
from portal.files.names import refuse_secrecy_mark
from portal.vietnamese import nfc

_ABSTRACTS = {
    Mark.INVITATION: "Triệu tập, mời dự {}",
    Mark.MINUTES: "Biên bản {}",
    Mark.NOTICE: "Kết luận tại {}",
}


@transaction.atomic
def enter_document(
    *,
    body: Body,
    kind: DocumentKind,
    issued_on: datetime.date,
    by: User,
    abstract: str = "",
    number: int | None = None,
    number_reason: str = "",
    is_external: bool = False,
    meeting: Meeting | None = None,
    **signing: str,
) -> PartyDocument:
    """The next number of the register of this body, mark and term, or another one with a reason.

    `signing` is what stands below the text: signing_authority, signed_for, signer_title, signer_name
    and recipients, as they are on the day.
    """
    refuse_secrecy_mark(abstract)
    issuer = issuer_of(body, issued_on)
    register = _lock_register(body, letters=issuer.letters, mark=kind.mark, day=issued_on)
    given = _number(register, asked=number, reason=number_reason)
    document = PartyDocument(
        register=register,
        kind=kind,
        number=given,
        symbol=symbol_of(given, kind.mark, issuer.letters),
        abstract="" if is_external else abstract,
        issued_on=issued_on,
        number_reason=number_reason,
        is_external=is_external,
        meeting=meeting,
        meeting_version=meeting.version if meeting else None,
        entered_by=by,
        **signing,
    )
    document.full_clean()
    document.save()
    audit.record("meetings.document_number", about=document, by=by, summary=f"Vào sổ số {document.symbol}")
    return document


def get_number_refusal(meeting: Meeting, mark: Mark) -> str | None:
    """Why a paper of this conference can't get a number now; None while it can."""
    if meeting.is_stopped:
        return f"Hội nghị đã {meeting.get_state_display().lower()} nên không lấy số nữa."
    if mark == Mark.NOTICE and meeting.state not in (MeetingState.MINUTES, MeetingState.FINAL):
        return "Hội nghị chưa bế mạc nên chưa có kết luận để thông báo."
    if meeting.documents.valid().filter(kind__mark=mark, meeting_version=meeting.version).exists():
        return "Văn bản này đã có số."
    return None


@transaction.atomic
def number_document(
    meeting: Meeting, mark: Mark, *, issued_on: datetime.date, by: User, **given: Any
) -> PartyDocument:
    """Give a paper of the conference its number and freeze who signs it."""
    meeting = lock(meeting)
    refuse(get_number_refusal(meeting, mark))
    return enter_document(
        body=meeting.body,
        kind=_kind_of(mark, issued_on),
        issued_on=issued_on,
        abstract=_ABSTRACTS[mark].format(meeting.title),
        meeting=meeting,
        by=by,
        **given,
    )


@transaction.atomic
def void_document(document: PartyDocument, *, reason: str, by: User) -> PartyDocument:
    """The number stays taken: no other document ever bears it."""
    document = PartyDocument.objects.select_for_update().get(pk=document.pk)
    refuse(document.get_void_refusal())
    if not nfc(reason):
        raise ValidationError({"reason": "Hủy số phải ghi lý do."})
    document.voided_at, document.void_reason = timezone.now(), reason
    document.save(update_fields=["voided_at", "void_reason"])
    audit.record("meetings.document_void", about=document, by=by, summary=f"Hủy số {document.symbol}")
    return document


def _kind_of(mark: Mark, day: datetime.date) -> DocumentKind:
    """The type in force on the day; a mark the conference needs is never missing."""
    kinds = DocumentKind.objects.filter(mark=mark)
    found = kinds.on(day).first() or kinds.order_by("-valid_from").first()
    return found or DocumentKind.objects.create(name=mark.label, mark=mark, valid_from=day)


def _lock_register(body: Body, *, letters: str, mark: str, day: datetime.date) -> DocumentRegister:
    """Opened when first asked for; its row is held until the transaction ends, so that two documents
    can't take one number."""
    if body.body_type == BodyType.CONGRESS:
        # One sequence for all its types, from the preparatory session to its close (36-HD/VPTW 1.3.1);
        # the term it opened in keeps the sequence of one congress from that of the next.
        mark, day = CONGRESS, body.valid_from
    term = Term.objects.on(day).filter(organization=body.organization_id).first()
    register, is_new = DocumentRegister.objects.get_or_create(
        organization=body.organization, letters=letters, mark=mark, term=term
    )
    if is_new:
        register.full_clean()
    return DocumentRegister.objects.select_for_update().get(pk=register.pk)


def _number(register: DocumentRegister, *, asked: int | None, reason: str) -> int:
    last = register.documents.aggregate(last=Max("number"))["last"] or 0
    if asked is None or asked == last + 1:
        return last + 1
    if not nfc(reason):
        raise ValidationError(
            {"number_reason": f"Số tiếp theo là {last + 1:02d}. Đặt số khác thì phải ghi lý do."}
        )
    return asked
