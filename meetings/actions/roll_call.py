"""The roll call: who came, when, who left, who is away and why; opening and closing the conference.

Several desks mark at once. A mark locks its own participant only, so desks don't wait for each
other; closing locks them all, so that nothing is marked behind its back.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.actions.meetings import lock
from meetings.models import (
    IN_ROOM,
    Answer,
    AnswerChoice,
    Attendance,
    AttendanceStatus,
    Meeting,
    MeetingState,
    Participant,
    QuorumSnapshot,
)
from meetings.roll import get_roll_call_refusal, roll_of
from members.models import User
from portal import audit

OPENING = "khai mạc"


@transaction.atomic
def mark_present(participant: Participant, *, by: User, at: datetime.datetime | None = None) -> Attendance:
    """In the room from now on. After the opening it is "late"; after leaving it is a return."""
    now = at or timezone.now()
    attendance = _lock(participant, by=by, now=now)
    if attendance.status in IN_ROOM:
        return attendance
    meeting = participant.meeting
    if attendance.status != AttendanceStatus.LEFT or attendance.arrived_at is None:
        attendance.arrived_at = now
    is_late = meeting.opened_at is not None and attendance.arrived_at > meeting.opened_at
    attendance.left_at = None
    attendance.reason = ""
    return _write(attendance, AttendanceStatus.LATE if is_late else AttendanceStatus.PRESENT, by=by)


@transaction.atomic
def mark_left(participant: Participant, *, by: User, at: datetime.datetime | None = None) -> Attendance:
    """Left before the end; from now on not counted."""
    now = at or timezone.now()
    attendance = _lock(participant, by=by, now=now)
    if attendance.status == AttendanceStatus.LEFT:
        return attendance
    if attendance.status not in IN_ROOM:
        raise ValidationError("Chưa ghi có mặt thì chưa ghi về sớm được.")
    attendance.left_at = now
    return _write(attendance, AttendanceStatus.LEFT, by=by)


@transaction.atomic
def mark_excused(participant: Participant, *, by: User, reason: str = "") -> Attendance:
    """Absent with leave. Without a reason typed, the one given with the answer is taken."""
    attendance = _lock(participant, by=by, now=timezone.now())
    reason = reason.strip() or _answered_reasons(participant.meeting).get(participant.pk, "")
    if not reason:
        raise ValidationError("Vắng có lý do thì phải ghi lý do.")
    attendance.reason = reason
    attendance.arrived_at = attendance.left_at = None
    return _write(attendance, AttendanceStatus.EXCUSED, by=by)


@transaction.atomic
def mark_absent(participant: Participant, *, by: User) -> Attendance:
    attendance = _lock(participant, by=by, now=timezone.now())
    attendance.reason = ""
    attendance.arrived_at = attendance.left_at = None
    return _write(attendance, AttendanceStatus.ABSENT, by=by)


@transaction.atomic
def clear_mark(participant: Participant, *, by: User) -> None:
    """Take a mistaken mark back: the person is "not marked yet" again."""
    attendance = _lock(participant, by=by, now=timezone.now())
    if attendance.pk is None:
        return
    was = attendance.status
    attendance.delete()
    audit.record(
        "meetings.unmark",
        about=participant,
        by=by,
        summary="Bỏ một dòng điểm danh",
        changes={"status": [was, None]},
    )


@transaction.atomic
def mark_all_present_except(
    meeting: Meeting, *, by: User, missing: Collection[int], at: datetime.datetime | None = None
) -> int:
    """Everybody not marked yet is present, but for the keys in `missing`, who stay unmarked.

    Leaving them unmarked is on purpose: "absent without leave" is said by a person or at the
    closing, never as a side effect.
    """
    now = at or timezone.now()
    _check_open(meeting)
    unmarked = (
        Participant.objects.filter(meeting=meeting, attendance__isnull=True)
        .taking_part()
        .exclude(pk__in=missing)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    is_late = meeting.opened_at is not None and now > meeting.opened_at
    status = AttendanceStatus.LATE if is_late else AttendanceStatus.PRESENT
    made = Attendance.objects.bulk_create(
        [
            Attendance(participant=one, status=status, arrived_at=now, recorded_by=by, recorded_at=now)
            for one in unmarked
        ],
        # Another desk may have marked one of them since the list was read.
        ignore_conflicts=True,
    )
    audit.record(
        "meetings.mark_all",
        about=meeting,
        by=by,
        summary=f"Ghi có mặt {len(made)} đồng chí",
        changes={"participants": [None, [one.participant_id for one in made]]},
    )
    return len(made)


@transaction.atomic
def open_meeting(
    meeting: Meeting, *, by: User, despite: str = "", at: datetime.datetime | None = None
) -> QuorumSnapshot:
    """Open the conference and keep the count of this moment for the minutes.

    Who had announced an absence and is not there is excused with the reason given. Below quorum it
    is refused, unless the chair's reason to go on is written down in `despite`.
    """
    now = at or timezone.now()
    meeting = lock(meeting)
    if meeting.state != MeetingState.CONVENED:
        raise ValidationError("Chỉ khai mạc được hội nghị đã triệu tập và chưa khai mạc.")
    _excuse_announced(meeting, by=by, now=now)
    roll = roll_of(meeting)
    if not roll.quorum.is_reached and not despite.strip():
        raise ValidationError(
            f"Chưa khai mạc được: có mặt {roll.quorum.present} trên {roll.quorum.convened} đại biểu"
            f" chính thức, cần {roll.quorum.needed}, còn thiếu {roll.quorum.short_by}."
        )
    meeting.opened_at = now
    meeting.state = MeetingState.IN_SESSION
    meeting.save(update_fields=["opened_at", "state"])
    snapshot = _snapshot(meeting, OPENING, now, despite=despite.strip())
    audit.record(
        "meetings.open", about=meeting, by=by, summary="Khai mạc hội nghị", changes=_counted(snapshot)
    )
    return snapshot


@transaction.atomic
def take_snapshot(
    meeting: Meeting, *, by: User, occasion: str, at: datetime.datetime | None = None
) -> QuorumSnapshot:
    """Keep the count of this moment, for example before a vote."""
    meeting = lock(meeting)
    if meeting.state != MeetingState.IN_SESSION:
        raise ValidationError("Chỉ ghi số có mặt khi hội nghị đang họp.")
    snapshot = _snapshot(meeting, occasion, at or timezone.now())
    audit.record("meetings.count", about=meeting, by=by, summary="Ghi số có mặt", changes=_counted(snapshot))
    return snapshot


@transaction.atomic
def close_meeting(meeting: Meeting, *, by: User, at: datetime.datetime | None = None) -> Meeting:
    """Close the conference. Nobody stays unmarked: who had answered "absent" is excused with the
    reason given, everybody else is absent without leave."""
    now = at or timezone.now()
    people = list(
        Participant.objects.filter(meeting=meeting)
        .taking_part()
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    meeting = lock(meeting)
    if meeting.state != MeetingState.IN_SESSION:
        raise ValidationError("Hội nghị chưa khai mạc hoặc đã bế mạc.")
    if meeting.opened_at and now < meeting.opened_at:
        raise ValidationError("Giờ bế mạc không thể trước giờ khai mạc.")
    settled = _settle_unmarked(meeting, people, by=by, now=now)
    meeting.closed_at = now
    meeting.state = MeetingState.MINUTES
    meeting.save(update_fields=["closed_at", "state"])
    audit.record(
        "meetings.close",
        about=meeting,
        by=by,
        summary="Bế mạc hội nghị",
        changes={"participants": [None, [one.participant_id for one in settled]]},
    )
    return meeting


def _excuse_announced(meeting: Meeting, *, by: User, now: datetime.datetime) -> None:
    """A person excused here who comes after all is marked late, like anybody else."""
    reasons = _answered_reasons(meeting)
    unmarked = Participant.objects.filter(pk__in=reasons, attendance__isnull=True).taking_part()
    Attendance.objects.bulk_create(
        [
            Attendance(
                participant=one,
                status=AttendanceStatus.EXCUSED,
                reason=reasons[one.pk],
                recorded_by=by,
                recorded_at=now,
            )
            for one in unmarked
        ],
        ignore_conflicts=True,
    )


def _settle_unmarked(
    meeting: Meeting, people: list[Participant], *, by: User, now: datetime.datetime
) -> list[Attendance]:
    marked = set(
        Attendance.objects.filter(participant__meeting=meeting).values_list("participant", flat=True)
    )
    reasons = _answered_reasons(meeting)
    return Attendance.objects.bulk_create(
        Attendance(
            participant=one,
            status=AttendanceStatus.EXCUSED if one.pk in reasons else AttendanceStatus.ABSENT,
            reason=reasons.get(one.pk, ""),
            recorded_by=by,
            recorded_at=now,
        )
        for one in people
        if one.pk not in marked
    )


def _answered_reasons(meeting: Meeting) -> dict[int, str]:
    """Reasons of those whose last answer, to the meeting as it now stands, was "absent"."""
    latest = (
        Answer.objects.filter(participant__meeting=meeting, meeting_version=meeting.version)
        .order_by("participant_id", "-pk")
        .distinct("participant_id")
    )
    return {one.participant_id: one.reason for one in latest if one.choice == AnswerChoice.ABSENT}


def _lock(participant: Participant, *, by: User, now: datetime.datetime) -> Attendance:
    """The participant's attendance under lock, or a new one not yet saved."""
    locked = (
        Participant.objects.select_for_update(of=("self",), no_key=True)
        .select_related("meeting__minutes")
        .get(pk=participant.pk)
    )
    participant.meeting = locked.meeting
    if locked.removed_at:
        raise ValidationError("Đồng chí này đã rút khỏi danh sách.")
    _check_open(locked.meeting)
    attendance = Attendance.objects.filter(participant=locked).first() or Attendance(participant=locked)
    attendance.recorded_by = by
    attendance.recorded_at = now
    return attendance


def _check_open(meeting: Meeting) -> None:
    if refusal := get_roll_call_refusal(meeting):
        raise ValidationError(refusal)


def _write(attendance: Attendance, status: AttendanceStatus, *, by: User) -> Attendance:
    was = attendance.status or None
    attendance.status = status
    attendance.save()
    audit.record(
        "meetings.mark",
        about=attendance.participant,
        by=by,
        summary=f"Điểm danh: {status.label.lower()}",
        changes={"status": [was, status.value]},
    )
    return attendance


def _snapshot(meeting: Meeting, occasion: str, now: datetime.datetime, despite: str = "") -> QuorumSnapshot:
    roll = roll_of(meeting)
    sentence = roll.sentence(meeting.body.name)
    if despite:
        sentence += f" Người chủ trì quyết định tiến hành: {despite.rstrip('.')}."
    return QuorumSnapshot.objects.create(
        meeting=meeting,
        taken_at=now,
        occasion=occasion,
        present=roll.quorum.present,
        convened=roll.quorum.convened,
        needed=roll.quorum.needed,
        sentence=sentence,
    )


def _counted(snapshot: QuorumSnapshot) -> dict[str, list[int | None]]:
    return {"present": [None, snapshot.present], "needed": [None, snapshot.needed]}
