"""Minutes: written block by block, signed by the minute-taker, approved by the chair, then final.

The database refuses every change of approved minutes on its own (see the triggers of the models);
these functions refuse first, in words.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import minutes_record
from meetings.actions import desk_letters, documents
from meetings.actions.meetings import lock
from meetings.models import (
    AgendaItem,
    Mark,
    Meeting,
    MeetingState,
    Minutes,
    MinutesBlock,
    MinutesState,
    Opinion,
    Participant,
)
from members.models import User
from portal import audit, richtext


class BlockChanged(ValidationError):
    """Somebody saved the block meanwhile. Carries both texts: nothing typed is lost."""

    def __init__(self, block: MinutesBlock, mine: str) -> None:
        super().__init__(
            "Phần này vừa được người khác lưu trong lúc đồng chí đang ghi. Cả hai bản đều còn dưới đây."
        )
        self.block = block
        self.mine = mine


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
def save_block(minutes: Minutes, item: AgendaItem, *, body: str, revision: int, by: User) -> MinutesBlock:
    """Save one item's text on top of `revision`; a newer text is never overwritten.

    Two people in different blocks never meet. In the same block the second one gets `BlockChanged`
    with both texts, unless both have written the same.
    """
    minutes = _lock_for_writing(minutes, item)
    block = MinutesBlock.objects.filter(agenda_item=item).first() or MinutesBlock(
        minutes=minutes, agenda_item=item
    )
    body = richtext.clean(body)
    if block.pk and body == block.body:
        return block
    if revision != block.revision:
        raise BlockChanged(block, body)
    block.body = body
    block.revision += 1
    block.updated_by = by
    block.updated_at = timezone.now()
    block.save()
    audit.record(
        "meetings.minutes_write",
        about=minutes,
        by=by,
        summary=f"Ghi mục {item.position}",
        changes={"revision": [revision, block.revision]},
    )
    return block


@transaction.atomic
def record_opinion(
    minutes: Minutes, item: AgendaItem, *, participant: Participant, text: str, response: str = "", by: User
) -> Opinion:
    """A delegate's opinion under an item, in the order spoken."""
    minutes = _lock_for_writing(minutes, item)
    if participant.meeting_id != minutes.meeting_id or participant.removed_at:
        raise ValidationError("Người phát biểu không có trong danh sách của hội nghị này.")
    opinion = Opinion(agenda_item=item, participant=participant, text=text, response=response)
    opinion.full_clean()
    opinion.save()
    _audit_opinion("add", minutes, opinion, by=by)
    return opinion


@transaction.atomic
def change_opinion(opinion: Opinion, *, text: str, response: str, by: User) -> Opinion:
    minutes = _lock_for_writing(opinion.agenda_item.meeting.minutes, opinion.agenda_item)
    opinion.text = text
    opinion.response = response
    opinion.full_clean()
    opinion.save(update_fields=["text", "response"])
    _audit_opinion("change", minutes, opinion, by=by)
    return opinion


@transaction.atomic
def remove_opinion(opinion: Opinion, *, by: User) -> None:
    minutes = _lock_for_writing(opinion.agenda_item.meeting.minutes, opinion.agenda_item)
    _audit_opinion("remove", minutes, opinion, by=by)
    opinion.delete()


@transaction.atomic
def sign_minutes(minutes: Minutes, *, by: User) -> Minutes:
    """The minute-taker signs and hands over to the chair. Refused while anything is lacking."""
    minutes = _lock(minutes)
    if by.pk != minutes.meeting.minute_taker_id:
        raise ValidationError("Chỉ thư ký của hội nghị này ký biên bản.")
    if minutes.state != MinutesState.DRAFTING:
        raise ValidationError("Biên bản đã ký rồi.")
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


def _lock(minutes: Minutes) -> Minutes:
    return (
        Minutes.objects.select_for_update(of=("self", "meeting"))
        .select_related("meeting__body", "meeting__chair", "meeting__minute_taker")
        .get(pk=minutes.pk)
    )


def _lock_for_writing(minutes: Minutes, item: AgendaItem) -> Minutes:
    """Under lock, so that a signature can't slip between the check and the write."""
    minutes = _lock(minutes)
    if item.meeting_id != minutes.meeting_id:
        raise ValidationError("Mục này không thuộc chương trình của hội nghị.")
    if minutes.state != MinutesState.DRAFTING:
        raise ValidationError("Biên bản đã ký, không sửa được nữa.")
    return minutes


def _check_chair(minutes: Minutes, by: User) -> None:
    if by.member_id is None or by.member_id != minutes.meeting.chair_id:
        raise ValidationError("Chỉ người chủ trì hội nghị duyệt hoặc trả lại biên bản.")


def _audit_opinion(verb: str, minutes: Minutes, opinion: Opinion, *, by: User) -> None:
    words = {"add": "Ghi ý kiến", "change": "Sửa ý kiến", "remove": "Bỏ ý kiến"}
    audit.record(
        f"meetings.opinion_{verb}",
        about=minutes,
        by=by,
        summary=f"{words[verb]} ở mục {opinion.agenda_item.position}",
    )
