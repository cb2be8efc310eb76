"""Convening: what must be there first, what is frozen then, who is told, and reminding the silent."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.actions import gate, letters, participants
from meetings.actions.meetings import lock, refuse
from meetings.models import Meeting, MeetingState, Participant
from members.models import User
from portal import audit, dates, outbox
from portal.models import Notice
from portal.vietnamese import nfc

#: Nobody is reminded twice within this time, however often the button is pressed.
BETWEEN_REMINDERS = datetime.timedelta(hours=12)


def without_address(meeting: Meeting) -> list[Participant]:
    """Those no letter can reach: the office tells them by telephone or on paper."""
    return list(
        meeting.participants.taking_part()
        .filter(address="")
        .select_related("member__user")
        .in_protocol_order()
    )


@transaction.atomic
def convene_meeting(meeting: Meeting, *, by: User, others_told: bool = False, reason: str = "") -> Meeting:
    """Freeze the list as of the day, tell everybody once, and open for answers.

    A second click finds the conference convened and is refused. Letters wait a while; until they
    leave, convening can be taken back.
    `others_told` says the office tells those without an address in another way; `reason` answers for
    the warnings of the gate, and both are kept.
    """
    meeting = lock(meeting)
    now = timezone.now()
    checks = gate.checklist(meeting, now, by=by)
    refuse(gate.get_convening_refusal(checks, meeting))
    participants.refresh(meeting)
    if not others_told and (unreached := without_address(meeting)):
        raise ValidationError(
            f"{len(unreached)} đồng chí chưa có thư điện tử. Đánh dấu là Văn phòng báo riêng, rồi triệu tập."
        )
    _keep_override(meeting, gate.to_override(checks), reason=reason)
    _open(meeting, at=now, by=by)
    letters.post(letters.CONVENED, meeting, by=by, hold=outbox.usual_hold())
    return meeting


@transaction.atomic
def record_convening(meeting: Meeting, *, at: datetime.datetime, by: User) -> Meeting:
    """Enter a conference that was called on paper: the list is frozen, nobody is written to."""
    meeting = lock(meeting)
    if at > timezone.now():
        raise ValidationError("Ngày triệu tập ghi lại phải là ngày đã qua.")
    refuse(gate.get_convening_refusal(gate.checklist(meeting, at, by=by), meeting))
    participants.refresh(meeting)
    _open(meeting, at=at, by=by)
    return meeting


def get_withdrawal_refusal(meeting: Meeting, now: datetime.datetime | None = None) -> str | None:
    """Why convening can't be taken back; None while its letters are still held."""
    if meeting.state != MeetingState.CONVENED:
        return "Hội nghị chưa triệu tập hoặc đã họp."
    if letters.held_summons(meeting, now or timezone.now()) is None:
        return "Giấy mời đã bắt đầu gửi. Muốn dừng thì hoãn hoặc hủy hội nghị, người được mời sẽ được báo."
    return None


@transaction.atomic
def withdraw_convening(meeting: Meeting, *, by: User) -> Meeting:
    """Take convening back while its letters are still held: a draft again, nobody was told."""
    meeting = lock(meeting)
    now = timezone.now()
    refuse(get_withdrawal_refusal(meeting, now))
    summons = letters.held_summons(meeting, now)
    assert summons is not None
    outbox.cancel(summons, by=by, reason="Văn phòng rút lại trước khi gửi.")
    meeting.state = MeetingState.DRAFT
    meeting.convened_at = meeting.convened_by = None
    meeting.warnings_at_convening = meeting.warnings_reason = ""
    meeting.save(
        update_fields=["state", "convened_at", "convened_by", "warnings_at_convening", "warnings_reason"]
    )
    audit.record("meetings.withdraw", about=meeting, by=by, summary="Rút lại giấy mời trước khi gửi")
    return meeting


def get_reminder_refusal(meeting: Meeting, now: datetime.datetime | None = None) -> str | None:
    """Why nobody is reminded; None while there are silent ones to remind."""
    now = now or timezone.now()
    if refusal := meeting.get_answer_refusal(now):
        return refusal
    if letters.held_summons(meeting, now):
        return "Giấy mời đang chờ gửi, chưa ai nhận được nên chưa nhắc."
    if not meeting.participants.silent().exists():
        return "Mọi người đã trả lời, không còn ai để nhắc."
    reminders = Notice.objects.about(meeting).live().filter(kind=letters.REMINDER, version=meeting.version)
    last = reminders.newest_first().first()
    if last and now - last.posted_at < BETWEEN_REMINDERS:
        again = dates.moment(last.posted_at + BETWEEN_REMINDERS)
        return f"Đã nhắc lúc {dates.hour(last.posted_at)}. Nhắc lại được từ {again}."
    return None


def silent_counts(meeting: Meeting) -> dict[str, int]:
    """Of those who have not answered: whom a letter reaches, and whom the office has to call."""
    silent = meeting.participants.silent()
    unreached = silent.filter(address="").count()
    return {"reached": silent.count() - unreached, "unreached": unreached}


@transaction.atomic
def remind_silent(meeting: Meeting, *, by: User) -> int:
    """Remind those who have not answered the conference as it now stands; answers how many."""
    meeting = lock(meeting)
    now = timezone.now()
    refuse(get_reminder_refusal(meeting, now))
    silent = meeting.participants.silent()
    count = silent.count()
    audit.record("meetings.remind", about=meeting, by=by, summary="Nhắc trả lời", changes={"count": count})
    letters.post(letters.REMINDER, meeting, by=by, to=silent, key=f"reminder:{now:%Y%m%d%H%M%S}")
    return count


def _open(meeting: Meeting, *, at: datetime.datetime, by: User) -> None:
    meeting.state = MeetingState.CONVENED
    meeting.convened_at, meeting.convened_by = at, by
    meeting.save(
        update_fields=["state", "convened_at", "convened_by", "warnings_at_convening", "warnings_reason"]
    )
    changes: dict[str, int | str] = {"count": meeting.participants.taking_part().count()}
    if meeting.warnings_at_convening:
        changes |= {"warnings": meeting.warnings_at_convening, "reason": meeting.warnings_reason}
    audit.record("meetings.convene", about=meeting, by=by, summary="Triệu tập", changes=changes)


def _keep_override(meeting: Meeting, warnings: list[str], *, reason: str) -> None:
    """Who convenes in spite of warnings says why; the conference keeps both."""
    if not warnings:
        return
    if not nfc(reason):
        raise ValidationError({"reason": f"Ghi lý do vẫn triệu tập. {' '.join(warnings)}"})
    meeting.warnings_at_convening, meeting.warnings_reason = " ".join(warnings), nfc(reason)
