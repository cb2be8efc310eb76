"""Who helps at the desk of one conference."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.actions.meetings import lock
from meetings.models import DeskHelper, Meeting, MeetingState
from members.models import User
from portal import audit


def get_helper_refusal(meeting: Meeting) -> str | None:
    """Why nobody can be named any more (or yet); None while they can."""
    if meeting.state in (MeetingState.CONVENED, MeetingState.IN_SESSION):
        return None
    return "Chỉ cử người giúp điểm danh cho hội nghị đã triệu tập và chưa bế mạc."


@transaction.atomic
def name_helper(meeting: Meeting, *, helper: User, by: User) -> DeskHelper:
    """`helper` may check people in at this conference until it is closed, and do nothing else here."""
    meeting = lock(meeting)
    if refusal := get_helper_refusal(meeting):
        raise ValidationError(refusal)
    if not helper.is_active:
        raise ValidationError("Tài khoản này đã khóa.")
    if DeskHelper.objects.filter(meeting=meeting, user=helper, ended_at=None).exists():
        raise ValidationError("Đồng chí này đã được cử giúp điểm danh.")
    named = DeskHelper.objects.create(meeting=meeting, user=helper, named_by=by)
    audit.record(
        "meetings.name_desk_helper",
        about=meeting,
        by=by,
        summary="Cử người giúp điểm danh",
        changes={"user": [None, helper.pk]},
    )
    return named


@transaction.atomic
def end_helper(helper: DeskHelper, *, by: User) -> None:
    if DeskHelper.objects.filter(pk=helper.pk, ended_at=None).update(ended_at=timezone.now()):
        audit.record(
            "meetings.end_desk_helper",
            about=helper.meeting,
            by=by,
            summary="Thôi cử người giúp điểm danh",
            changes={"user": [helper.user_id, None]},
        )
