"""From the first line to the final paper: begun, signed by the minute-taker, approved by the chair."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import minutes_record
from meetings.actions import desk_letters, documents
from meetings.actions.meetings import lock
from meetings.models import Mark, Meeting, MeetingState, Minutes, MinutesState, MinutesVersion
from members.models import User
from portal import audit


@transaction.atomic
def start_minutes(meeting: Meeting, *, by: User) -> Minutes:
    """The minutes of a conference, begun now or before; safe to ask twice."""
    meeting = lock(meeting)
    if meeting.state not in (MeetingState.IN_SESSION, MeetingState.MINUTES):
        raise ValidationError("Chỉ ghi biên bản từ khi hội nghị khai mạc đến khi biên bản được duyệt.")
    minutes, is_new = Minutes.objects.get_or_create(meeting=meeting)
    if is_new:
        audit.record("meetings.minutes_start", about=minutes, by=by, summary="Bắt đầu ghi biên bản")
    return minutes


@transaction.atomic
def sign_minutes(minutes: Minutes, *, by: User) -> Minutes:
    """The minute-taker signs and hands over to the chair. Refused while anything is lacking."""
    minutes = _lock(minutes)
    if by.pk != minutes.meeting.minute_taker_id:
        raise ValidationError("Chỉ thư ký của hội nghị này ký biên bản.")
    if refusal := minutes.get_write_refusal():
        raise ValidationError(refusal)
    if lacking := minutes_record.get_lacking(minutes):
        raise ValidationError([f"Chưa trình được: {sentence}" for sentence in lacking])
    minutes.signed_by = by
    minutes.signed_at = timezone.now()
    minutes.state = MinutesState.FOR_APPROVAL
    minutes.return_reason = ""
    minutes.save(update_fields=["signed_by", "signed_at", "state", "return_reason"])
    entry = audit.record(
        "meetings.minutes_sign", about=minutes, by=by, summary="Thư ký ký, trình người chủ trì"
    )
    desk_letters.post_for_approval(minutes, by=by, key=entry.pk)
    return minutes


@transaction.atomic
def return_minutes(minutes: Minutes, *, by: User, reason: str) -> Minutes:
    """The chair sends them back; the signature goes, the reason stays to be read."""
    minutes = _lock(minutes)
    _check_chair(minutes, by)
    if minutes.state != MinutesState.FOR_APPROVAL:
        raise ValidationError("Chỉ trả lại được biên bản đang chờ duyệt.")
    if not reason.strip():
        raise ValidationError("Trả lại biên bản phải ghi lý do.")
    minutes.signed_by = None
    minutes.signed_at = None
    minutes.state = MinutesState.DRAFTING
    minutes.return_reason = reason
    minutes.save(update_fields=["signed_by", "signed_at", "state", "return_reason"])
    entry = audit.record(
        "meetings.minutes_return", about=minutes, by=by, summary="Người chủ trì trả lại biên bản"
    )
    desk_letters.post_returned(minutes, by=by, key=entry.pk)
    return minutes


@transaction.atomic
def approve_minutes(minutes: Minutes, *, by: User) -> Minutes:
    """The chair approves: number, frozen text and hash in one step; after it nothing changes."""
    minutes = _lock(minutes)
    _check_chair(minutes, by)
    if minutes.state == MinutesState.APPROVED:
        raise ValidationError("Biên bản đã duyệt rồi.")
    if minutes.state != MinutesState.FOR_APPROVAL:
        raise ValidationError("Biên bản chưa được thư ký ký.")
    if lacking := minutes_record.get_lacking(minutes):
        raise ValidationError([f"Chưa duyệt được: {sentence}" for sentence in lacking])
    if not minutes.symbol:
        # Reopened and approved again it is the same paper, under the number it has.
        meeting = minutes.meeting
        document = documents.number_document(
            meeting, Mark.MINUTES, issued_on=meeting.held_on, signer_name=by.full_name, by=by
        )
        minutes.number, minutes.symbol = document.number, document.symbol
    minutes.content = minutes_record.compose(minutes) | {"symbol": minutes.symbol}
    minutes.content_hash = minutes_record.content_hash(minutes.content)
    minutes.approved_by = by
    minutes.approved_at = timezone.now()
    minutes.state = MinutesState.APPROVED
    minutes.save()
    _keep_version(minutes)
    minutes.meeting.state = MeetingState.FINAL
    minutes.meeting.save(update_fields=["state"])
    audit.record(
        "meetings.minutes_approve",
        about=minutes,
        by=by,
        summary=f"Duyệt biên bản số {minutes.symbol}",
        changes={"content_hash": [None, minutes.content_hash]},
    )
    return minutes


@transaction.atomic
def reopen_minutes(minutes: Minutes, *, by: User, reason: str) -> Minutes:
    """A draft again, one version on. What was approved stays as it was, and is read until the new
    version is approved; number and symbol stay, the signatures go."""
    minutes = _lock(minutes)
    if by.member_id is None or by.member_id != minutes.meeting.chair_id:
        raise ValidationError("Chỉ người chủ trì hội nghị mở lại biên bản đã duyệt.")
    if minutes.state != MinutesState.APPROVED:
        raise ValidationError("Chỉ mở lại được biên bản đã duyệt.")
    if not reason.strip():
        raise ValidationError("Mở lại biên bản phải ghi lý do.")
    minutes.state = MinutesState.DRAFTING
    minutes.version += 1
    minutes.reopen_reason = reason
    minutes.content, minutes.content_hash = {}, ""
    minutes.signed_by = minutes.signed_at = minutes.approved_by = minutes.approved_at = None
    minutes.save()
    minutes.meeting.state = MeetingState.MINUTES
    minutes.meeting.save(update_fields=["state"])
    entry = audit.record(
        "meetings.minutes_reopen",
        about=minutes,
        by=by,
        summary=f"Mở lại biên bản số {minutes.symbol}, bản {minutes.version}",
        changes={"version": [minutes.version - 1, minutes.version], "reason": [None, minutes.reopen_reason]},
    )
    desk_letters.post_reopened(minutes, by=by, key=entry.pk)
    return minutes


#: What a copy of approved minutes carries.
_KEPT = (
    "version",
    "symbol",
    "content",
    "content_hash",
    "signed_by",
    "signed_at",
    "approved_by",
    "approved_at",
)


def _keep_version(minutes: Minutes) -> None:
    MinutesVersion.objects.create(minutes=minutes, **{name: getattr(minutes, name) for name in _KEPT})


def _lock(minutes: Minutes) -> Minutes:
    return (
        Minutes.objects.select_for_update(of=("self", "meeting"))
        .select_related("meeting__body", "meeting__chair", "meeting__minute_taker")
        .get(pk=minutes.pk)
    )


def _check_chair(minutes: Minutes, by: User) -> None:
    if by.member_id is None or by.member_id != minutes.meeting.chair_id:
        raise ValidationError("Chỉ người chủ trì hội nghị duyệt hoặc trả lại biên bản.")
