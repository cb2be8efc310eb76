"""Participants check themselves in with the code shown in the room, while the desk holds it open."""

from __future__ import annotations

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.actions.meetings import lock
from meetings.actions.roll_call.marks import mark_present
from meetings.check_in_code import CodeState, state_of
from meetings.models import Attendance, AttendanceOrigin, Meeting, MeetingState, Participant, SelfCheckIn
from members.models import User
from portal import audit, dates

CLOSED = "Bàn điểm danh chưa mở hoặc đã đóng tự điểm danh. Đến bàn điểm danh để được ghi có mặt."
OLD = "Mã này đã cũ: mã trên màn hình đổi sau mỗi nửa phút. Quét mã đang hiện trong phòng họp."
WRONG = "Mã không đúng. Quét mã đang hiện trên màn hình trong phòng họp."
USED = "Đồng chí đã dùng mã này rồi. Quét mã đang hiện trên màn hình trong phòng họp."
NOT_LISTED = "Đồng chí không có trong danh sách của hội nghị này. Đến bàn điểm danh để được hướng dẫn."


def get_opening_refusal(meeting: Meeting) -> str | None:
    """Why the self check-in can't be opened; None when it can."""
    if meeting.state in (MeetingState.CONVENED, MeetingState.IN_SESSION):
        return None
    return "Chỉ mở tự điểm danh cho hội nghị đã triệu tập và chưa bế mạc."


@transaction.atomic
def open_self_check_in(meeting: Meeting, *, by: User) -> SelfCheckIn:
    meeting = lock(meeting)
    if refusal := get_opening_refusal(meeting):
        raise ValidationError(refusal)
    if already := SelfCheckIn.objects.filter(meeting=meeting, closed_at=None).first():
        return already
    check_in = SelfCheckIn.objects.create(meeting=meeting, opened_by=by)
    audit.record("meetings.open_self_check_in", about=meeting, by=by, summary="Mở tự điểm danh")
    return check_in


@transaction.atomic
def close_self_check_in(meeting: Meeting, *, by: User) -> None:
    """Every code given out so far is worth nothing from now on."""
    meeting = lock(meeting)
    if SelfCheckIn.objects.filter(meeting=meeting, closed_at=None).update(closed_at=timezone.now()):
        audit.record("meetings.close_self_check_in", about=meeting, by=by, summary="Đóng tự điểm danh")


def get_code_refusal(meeting: Meeting, code: str, now: datetime.datetime) -> str | None:
    """Why this code checks nobody in now; None while it does."""
    check_in = SelfCheckIn.objects.filter(meeting=meeting, closed_at=None).first()
    if check_in is None or get_opening_refusal(meeting):
        return CLOSED
    return {CodeState.OLD: OLD, CodeState.WRONG: WRONG}.get(state_of(code, check_in, now))


@transaction.atomic
def check_in_self(
    meeting: Meeting, *, by: User, code: str, at: datetime.datetime | None = None
) -> Attendance:
    """The person signed in is here. A code counts once for each person, also when it is still good:
    who was marked as gone afterwards does not come back by it."""
    now = at or timezone.now()
    if refusal := get_code_refusal(meeting, code, now):
        raise ValidationError(refusal)
    mine = Participant.objects.filter(meeting=meeting).taking_part().of(by)
    person = mine.select_for_update(of=("self",), no_key=True).first()
    if person is None:
        raise ValidationError(NOT_LISTED)
    key = uuid.uuid5(uuid.NAMESPACE_URL, f"{person.pk}:{code}")
    attendance = mark_present(person, by=by, at=now, key=key, origin=AttendanceOrigin.SELF)
    if not attendance.is_in_room:
        # The key was spent, or the desk has written something later than this press.
        raise ValidationError(USED)
    return attendance


def welcome(attendance: Attendance) -> str:
    arrived = f" lúc {dates.hour(attendance.arrived_at)}" if attendance.arrived_at else ""
    return f"Đã ghi đồng chí có mặt{arrived}."
