"""A person proposes a correction of the own record; who manages it accepts or declines with a reason."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from members.actions.addressees import addressees, to
from members.actions.people import CORRECTABLE, UNTOLD, change_member
from members.models import CorrectionState, PartyMember, RecordCorrection, User
from members.models.corrections import kept, text_of
from members.permissions import can_change_member
from portal import audit, outbox
from portal.vietnamese import nfc

PROPOSED, ANSWERED = "members.correction_proposed", "members.correction_answered"
NOT_OWN = "Chỉ đề nghị sửa hồ sơ của chính mình."
NOT_YOURS = "Đề nghị sửa hồ sơ do cấp ủy quản lý xem xét, không phải chính người đề nghị."
ANSWERED_ALREADY = "Đề nghị này đã được trả lời hoặc đã rút."
#: The secretary's note is not the person's; the citizen number is never carried by a page (P65).
PROPOSABLE = tuple(name for name in CORRECTABLE if name not in ("citizen_number", "note"))


@audit.act
def propose_correction(
    member: PartyMember, *, by: User, field: str, value: Any, reason: str
) -> RecordCorrection:
    if by.member_id != member.pk:
        raise PermissionDenied(NOT_OWN)
    if field not in PROPOSABLE:
        raise ValidationError("Mục này không đề nghị sửa ở đây được.")
    member = PartyMember.objects.select_for_update().select_related("organization").get(pk=member.pk)
    row = RecordCorrection(
        member=member,
        field=field,
        before=kept(field, member),
        value=text_of(value),
        reason=nfc(reason).strip(),
    )
    row.full_clean()
    if row.value == row.before:
        raise ValidationError("Giống như hồ sơ đang ghi, không có gì để sửa.")
    row.save()
    audit.record(
        "members.propose_correction",
        about=member,
        by=by,
        summary=f"Đề nghị sửa hồ sơ, mục {row.label}",
        changes={field: _told(row)},
    )
    cell = member.organization
    people = addressees([cell], on=timezone.localdate())[cell.pk]
    others = [one for one in people if one.user is None or one.user.pk != by.pk]
    if others:
        outbox.post(
            kind=PROPOSED,
            about=row,
            recipients=others,
            key=f"{PROPOSED}:{row.pk}",
            title=f"Đề nghị sửa hồ sơ đảng viên: {cell.name}"[:250],
            url=reverse("members:correction", args=[row.pk]),
            by=by,
        )
    return row


@audit.act
def accept_correction(row: RecordCorrection, *, by: User, answer: str = "") -> RecordCorrection:
    """The record says from now on what was proposed."""
    row = _open(row, by)
    change_member(row.member, by=by, **{row.field: row.cleaned_value()})
    return _decide(row, CorrectionState.ACCEPTED, by=by, answer=answer)


@audit.act
def decline_correction(row: RecordCorrection, *, by: User, answer: str) -> RecordCorrection:
    row = _open(row, by)
    if not answer.strip():
        raise ValidationError("Ghi lý do không sửa.")
    return _decide(row, CorrectionState.DECLINED, by=by, answer=answer)


@audit.act
def withdraw_correction(row: RecordCorrection, *, by: User) -> RecordCorrection:
    """By who proposed it, while nobody has answered."""
    row = _locked(row)
    if by.member_id != row.member_id:
        raise PermissionDenied(NOT_OWN)
    _require_waiting(row)
    return _decide(row, CorrectionState.WITHDRAWN, by=by)


def _open(row: RecordCorrection, by: User) -> RecordCorrection:
    row = _locked(row)
    if not can_change_member(by, row.member):
        raise PermissionDenied(NOT_YOURS)
    _require_waiting(row)
    return row


def _locked(row: RecordCorrection) -> RecordCorrection:
    rows = RecordCorrection.objects.select_for_update(of=("self",)).select_related("member__organization")
    return rows.get(pk=row.pk)


def _require_waiting(row: RecordCorrection) -> None:
    if row.state != CorrectionState.WAITING:
        raise ValidationError(ANSWERED_ALREADY)


def _decide(row: RecordCorrection, state: CorrectionState, *, by: User, answer: str = "") -> RecordCorrection:
    row.state, row.decided_by, row.decided_at = state, by, timezone.now()
    row.answer = nfc(answer).strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    audit.record(
        f"members.{state.value}_correction",
        about=row.member,
        by=by,
        summary=f"Đề nghị sửa hồ sơ, mục {row.label}: {state.label.lower()}",
        changes={row.field: _told(row)},
    )
    person = User.objects.active().filter(member=row.member_id).first()
    if person and person.pk != by.pk:
        outbox.post(
            kind=ANSWERED,
            about=row,
            recipients=[to(person)],
            key=f"{ANSWERED}:{row.pk}",
            title=f"Đề nghị sửa hồ sơ, mục {row.label}: {state.label.lower()}"[:250],
            url=own_corrections(row.member_id),
            by=by,
            context={"answer": row.answer},
        )
    return row


def own_corrections(member: int) -> str:
    """The part of the own record that shows them."""
    return reverse("members:member", args=[member], query={"phan": "de-nghi"})


def _told(row: RecordCorrection) -> list[str]:
    return ["***", "***"] if row.field in UNTOLD else [row.shown_before, row.shown_value]
