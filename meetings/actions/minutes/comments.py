"""The draft sent to the official delegates: they agree or say what should read otherwise."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import minutes_record
from meetings.actions import desk_letters
from meetings.models import Minutes, MinutesComment, MinutesState, Participant
from meetings.models.participants import ParticipantQuerySet
from members.models import User
from portal import audit, dates


@transaction.atomic
def ask_for_comments(minutes: Minutes, *, until: datetime.datetime, by: User) -> Minutes:
    """Closed for writing until the window ends, so that all speak of the same words."""
    minutes = _lock(minutes)
    if by.pk != minutes.meeting.minute_taker_id:
        raise ValidationError("Chỉ thư ký của hội nghị này gửi lấy ý kiến.")
    if refusal := minutes.get_write_refusal():
        raise ValidationError(refusal)
    if until <= timezone.now():
        raise ValidationError({"until": "Hạn góp ý phải ở phía trước."})
    if lacking := minutes_record.get_lacking(minutes):
        raise ValidationError([f"Chưa gửi được: {sentence}" for sentence in lacking])
    minutes.state = MinutesState.FOR_COMMENT
    minutes.comment_round += 1
    minutes.comments_until = until
    minutes.save(update_fields=["state", "comment_round", "comments_until"])
    entry = audit.record(
        "meetings.minutes_for_comment",
        about=minutes,
        by=by,
        summary=f"Gửi dự thảo biên bản lấy ý kiến đến {dates.moment(until)}",
    )
    desk_letters.post_for_comment(minutes, by=by, key=entry.pk)
    return minutes


@transaction.atomic
def comment_on_minutes(minutes: Minutes, *, agrees: bool, text: str = "", by: User) -> MinutesComment:
    """One word a delegate and round; saying it again replaces it while the window is open."""
    minutes = _lock(minutes)
    if refusal := get_comment_refusal(minutes):
        raise ValidationError(refusal)
    participant = asked(minutes).filter(member__isnull=False, member=by.member_id).first()
    if participant is None:
        raise ValidationError("Chỉ đại biểu chính thức của hội nghị góp ý vào biên bản.")
    comment = minutes.comments.filter(round=minutes.comment_round, participant=participant).first()
    comment = comment or MinutesComment(minutes=minutes, round=minutes.comment_round, participant=participant)
    comment.agrees, comment.text, comment.commented_at = agrees, text, timezone.now()
    comment.full_clean()
    comment.save()
    audit.record(
        "meetings.minutes_comment",
        about=minutes,
        by=by,
        summary="Nhất trí với dự thảo biên bản" if agrees else "Góp ý dự thảo biên bản",
    )
    return comment


@transaction.atomic
def end_comments(minutes: Minutes, *, by: User) -> Minutes:
    """Open for writing again: when the window is over, or everybody asked has spoken."""
    minutes = _lock(minutes)
    if by.pk != minutes.meeting.minute_taker_id:
        raise ValidationError("Chỉ thư ký của hội nghị này kết thúc lấy ý kiến.")
    if refusal := get_end_refusal(minutes):
        raise ValidationError(refusal)
    minutes.state = MinutesState.DRAFTING
    minutes.save(update_fields=["state"])
    audit.record("meetings.minutes_comments_end", about=minutes, by=by, summary="Kết thúc lấy ý kiến")
    return minutes


@transaction.atomic
def reply_to_comment(comment: MinutesComment, *, reply: str, by: User) -> MinutesComment:
    """What was done with an objection; the minutes can't be signed before each has its answer."""
    minutes = _lock(comment.minutes)
    if minutes.state != MinutesState.DRAFTING:
        raise ValidationError("Trả lời góp ý sau khi kết thúc lấy ý kiến, trước khi ký.")
    if not reply.strip():
        raise ValidationError({"reply": "Ghi đã tiếp thu hay giải trình thế nào."})
    comment.reply = reply
    comment.save(update_fields=["reply"])
    audit.record("meetings.minutes_reply", about=minutes, by=by, summary="Trả lời một góp ý biên bản")
    return comment


def asked(minutes: Minutes) -> ParticipantQuerySet:
    """The official delegates: the minutes are of what their body did."""
    return Participant.objects.filter(meeting=minutes.meeting_id).taking_part().official()


def get_comment_refusal(minutes: Minutes) -> str | None:
    """Why no comment is taken now; None while the window is open."""
    if minutes.state != MinutesState.FOR_COMMENT or minutes.comments_until is None:
        return "Biên bản không còn lấy ý kiến."
    if timezone.now() > minutes.comments_until:
        return f"Đã hết hạn góp ý ({dates.moment(minutes.comments_until)}). Xin gọi thư ký của hội nghị."
    return None


def get_end_refusal(minutes: Minutes) -> str | None:
    """Why the round can't be ended yet; None when it can."""
    if minutes.state != MinutesState.FOR_COMMENT:
        return "Biên bản không đang lấy ý kiến."
    spoken = minutes.comments.filter(round=minutes.comment_round).count()
    left = asked(minutes).count() - spoken
    if left and get_comment_refusal(minutes) is None and minutes.comments_until:
        return f"Còn {left} đại biểu chưa góp ý và hạn góp ý đến {dates.moment(minutes.comments_until)}."
    return None


def _lock(minutes: Minutes) -> Minutes:
    return Minutes.objects.select_for_update(of=("self",)).select_related("meeting__body").get(pk=minutes.pk)
