"""Convening: what must be there first, what is frozen then, who is told, and reminding the silent."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.actions import letters, participants
from meetings.actions.meetings import lock, refuse
from meetings.models import AttendeeRole, Meeting, MeetingState, Participant
from members.models import User
from portal import audit, dates, outbox
from portal.models import Notice

#: Nobody is reminded twice within this time, however often the button is pressed.
BETWEEN_REMINDERS = datetime.timedelta(hours=12)


@dataclass(frozen=True)
class Check:
    """One line of the list on the convening page; `lack` is empty when all is well."""

    what: str
    lack: str = ""
    is_warning: bool = False

    @property
    def is_met(self) -> bool:
        return not self.lack


def checklist(meeting: Meeting, now: datetime.datetime) -> list[Check]:
    """All that convening asks for. A warning does not stop it; anything else does."""
    return [
        Check("Người chủ trì", "" if meeting.chair_id else "Chưa chọn người chủ trì."),
        Check("Thư ký ghi biên bản", "" if meeting.minute_taker_id else "Chưa phân công thư ký."),
        Check("Thời gian", "" if meeting.starts_at > now else "Giờ bắt đầu đã qua."),
        Check("Địa điểm", "" if meeting.venue else "Chưa có địa điểm."),
        Check("Chương trình", "" if meeting.agenda.exists() else "Chưa có mục nào trong chương trình."),
        Check("Thành phần", _lack_of_people(meeting)),
        Check("Thư điện tử", _lack_of_addresses(meeting), is_warning=True),
        Check("Gửi trước", _lack_of_time(meeting, now), is_warning=True),
    ]


def get_convening_refusal(meeting: Meeting, now: datetime.datetime | None = None) -> str | None:
    """Why the conference can't be convened; None when it can."""
    if meeting.state == MeetingState.CONVENED and meeting.convened_at:
        by, at = meeting.convened_by, dates.moment(meeting.convened_at)
        return f"Đồng chí {by} đã triệu tập hội nghị này lúc {at}."
    if meeting.state != MeetingState.DRAFT:
        return f"Hội nghị đang ở trạng thái “{meeting.get_state_display()}”, không triệu tập được nữa."
    lacks = [check.lack for check in checklist(meeting, now or timezone.now()) if not check.is_warning]
    return " ".join(filter(None, lacks)) or None


def without_address(meeting: Meeting) -> list[Participant]:
    """Those no letter can reach: the office tells them by telephone or on paper."""
    return list(
        meeting.participants.taking_part()
        .filter(address="")
        .select_related("member__user")
        .in_protocol_order()
    )


@transaction.atomic
def convene_meeting(meeting: Meeting, *, by: User, others_told: bool = False) -> Meeting:
    """Freeze the list as of the day, tell everybody once, and open for answers.

    A second click finds the conference convened and is refused. Letters wait a while; until they
    leave, convening can be taken back.
    `others_told` says the office tells those without an address in another way.
    """
    meeting = lock(meeting)
    now = timezone.now()
    refuse(get_convening_refusal(meeting, now))
    participants.refresh(meeting)
    if not others_told and (unreached := without_address(meeting)):
        raise ValidationError(
            f"{len(unreached)} đồng chí chưa có thư điện tử. Đánh dấu là Văn phòng báo riêng, rồi triệu tập."
        )
    _open(meeting, at=now, by=by)
    letters.post(letters.CONVENED, meeting, by=by, hold=outbox.usual_hold())
    return meeting


@transaction.atomic
def record_convening(meeting: Meeting, *, at: datetime.datetime, by: User) -> Meeting:
    """Enter a conference that was called on paper: the list is frozen, nobody is written to."""
    meeting = lock(meeting)
    if at > timezone.now():
        raise ValidationError("Ngày triệu tập ghi lại phải là ngày đã qua.")
    refuse(get_convening_refusal(meeting, at))
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
    meeting.save(update_fields=["state", "convened_at", "convened_by"])
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
    meeting.save(update_fields=["state", "convened_at", "convened_by"])
    count = meeting.participants.taking_part().count()
    audit.record("meetings.convene", about=meeting, by=by, summary="Triệu tập", changes={"count": count})


def _lack_of_people(meeting: Meeting) -> str:
    listed = meeting.participants.taking_part()
    if not listed.exists():
        return "Chưa có ai trong danh sách dự."
    if not listed.filter(role=AttendeeRole.OFFICIAL).exists():
        return "Danh sách chưa có đại biểu chính thức."
    return ""


def _lack_of_addresses(meeting: Meeting) -> str:
    count = meeting.participants.taking_part().filter(address="").count()
    return f"{count} đồng chí chưa có thư điện tử: Văn phòng báo riêng." if count else ""


def _lack_of_time(meeting: Meeting, now: datetime.datetime) -> str:
    asked, left = meeting.kind.notice_working_days, working_days_between(now, meeting.starts_at)
    if left >= asked:
        return ""
    return f"Còn {left} ngày làm việc, quy định gửi giấy mời trước {asked} ngày làm việc."


def working_days_between(start: datetime.datetime, end: datetime.datetime) -> int:
    """Mondays to Fridays after the first day, up to and without the last."""
    first, last = timezone.localdate(start), timezone.localdate(end)
    days = (first + datetime.timedelta(days=n) for n in range(1, (last - first).days))
    return sum(day.weekday() < 5 for day in days)
