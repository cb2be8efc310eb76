"""What is said of one participant at the desk."""

from __future__ import annotations

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings.actions.roll_call.announced import announced_reasons
from meetings.actions.roll_call.entries import Entry, counts, entry_of, lock_attendance, write
from meetings.actions.roll_call.snapshots import watch_quorum
from meetings.models import (
    Attendance,
    AttendanceOrigin,
    AttendanceStatus,
    AttendeeRole,
    Meeting,
    Participant,
)
from meetings.stand_ins import NO_STAND_IN, name_at_the_door
from members.models import User
from portal.vietnamese import nfc


@transaction.atomic
def mark_present(
    participant: Participant,
    *,
    by: User,
    at: datetime.datetime | None = None,
    key: uuid.UUID | None = None,
    origin: AttendanceOrigin = AttendanceOrigin.DESK,
) -> Attendance:
    """In the room from now on. After the opening it is "late"; after leaving it is a return."""
    entry = entry_of(by, at, key, origin)
    attendance = lock_attendance(participant)
    if attendance.is_in_room or not counts(entry, attendance):
        return attendance
    returns = attendance.status == AttendanceStatus.LEFT
    arrived_at = attendance.arrived_at if returns and attendance.arrived_at else entry.at
    write(
        attendance,
        entry,
        status=presence(participant.meeting, arrived_at),
        arrived_at=arrived_at,
        left_at=attendance.left_at if returns else None,
        returned_at=max(entry.at, attendance.left_at or entry.at) if returns else None,
    )
    return _watched(attendance, entry, was_in_room=False)


@transaction.atomic
def mark_left(
    participant: Participant,
    *,
    by: User,
    at: datetime.datetime | None = None,
    key: uuid.UUID | None = None,
) -> Attendance:
    """Left before the end; from now on not counted."""
    entry = entry_of(by, at, key)
    attendance = lock_attendance(participant)
    if attendance.status == AttendanceStatus.LEFT or not counts(entry, attendance):
        return attendance
    if not attendance.is_in_room:
        raise ValidationError("Chưa ghi có mặt thì chưa ghi về sớm được.")
    write(
        attendance,
        entry,
        status=AttendanceStatus.LEFT,
        arrived_at=attendance.arrived_at,
        left_at=max(entry.at, attendance.arrived_at or entry.at),
    )
    return _watched(attendance, entry, was_in_room=True)


@transaction.atomic
def mark_excused(
    participant: Participant,
    *,
    by: User,
    reason: str = "",
    at: datetime.datetime | None = None,
    key: uuid.UUID | None = None,
) -> Attendance:
    """Absent with leave. Without a reason typed, the one given with the answer is taken."""
    attendance = lock_attendance(participant)
    reason = nfc(reason) or announced_reasons(participant.meeting).get(participant.pk, "")
    if not reason:
        raise ValidationError("Vắng có lý do thì phải ghi lý do.")
    return _mark_away(attendance, entry_of(by, at, key), status=AttendanceStatus.EXCUSED, reason=reason[:300])


@transaction.atomic
def mark_absent(
    participant: Participant,
    *,
    by: User,
    at: datetime.datetime | None = None,
    key: uuid.UUID | None = None,
) -> Attendance:
    return _mark_away(lock_attendance(participant), entry_of(by, at, key), status=AttendanceStatus.ABSENT)


@transaction.atomic
def mark_substitute(
    participant: Participant,
    *,
    by: User,
    name: str,
    at: datetime.datetime | None = None,
    key: uuid.UUID | None = None,
) -> Attendance:
    """Somebody else came for an invited unit: in the room, never counted, never voting."""
    entry = entry_of(by, at, key)
    attendance = lock_attendance(participant)
    if participant.role == AttendeeRole.OFFICIAL:
        raise ValidationError(NO_STAND_IN)
    if not (name := name_at_the_door(participant, name)):
        raise ValidationError("Dự thay thì phải ghi tên người dự thay.")
    return _mark_away(
        attendance,
        entry,
        status=AttendanceStatus.SUBSTITUTE,
        substitute=name[:200],
        arrived_at=entry.at,
    )


def presence(meeting: Meeting, arrived_at: datetime.datetime) -> AttendanceStatus:
    is_late = meeting.opened_at is not None and arrived_at > meeting.opened_at
    return AttendanceStatus.LATE if is_late else AttendanceStatus.PRESENT


def _mark_away(attendance: Attendance, entry: Entry, **said: object) -> Attendance:
    if not counts(entry, attendance):
        return attendance
    was_in_room = attendance.is_in_room
    write(attendance, entry, **said)
    return _watched(attendance, entry, was_in_room=was_in_room)


def _watched(attendance: Attendance, entry: Entry, *, was_in_room: bool) -> Attendance:
    person = attendance.participant
    if person.has_vote and was_in_room != attendance.is_in_room:
        watch_quorum(person.meeting, came=attendance.is_in_room, at=entry.at)
    return attendance
