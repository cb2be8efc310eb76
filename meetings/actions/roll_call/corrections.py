"""What was marked wrongly: taken back, corrected with its times, or undone as if it had not been."""

from __future__ import annotations

import datetime
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings.actions.roll_call.bulk import save_all
from meetings.actions.roll_call.entries import (
    check_open,
    counts,
    entry_of,
    lock_attendance,
    restore,
    write,
)
from meetings.actions.roll_call.marks import presence
from meetings.actions.roll_call.snapshots import watch_quorum
from meetings.models import IN_ROOM, Attendance, AttendanceStatus, AttendeeRole, Meeting, Participant
from meetings.stand_ins import NO_STAND_IN, name_at_the_door
from members.models import User
from portal import audit
from portal.vietnamese import nfc


@transaction.atomic
def clear_mark(
    participant: Participant,
    *,
    by: User,
    at: datetime.datetime | None = None,
    key: uuid.UUID | None = None,
) -> Attendance:
    """Take a mistaken mark back: the person is "not marked yet" again."""
    entry = entry_of(by, at, key)
    attendance = lock_attendance(participant)
    if attendance.status == AttendanceStatus.NOT_ARRIVED or not counts(entry, attendance):
        return attendance
    was_in_room = attendance.is_in_room
    write(attendance, entry)
    if was_in_room and participant.has_vote:
        watch_quorum(participant.meeting, came=False, at=entry.at)
    return attendance


@transaction.atomic
def correct_mark(
    participant: Participant,
    *,
    by: User,
    status: str,
    arrived_at: datetime.datetime | None = None,
    left_at: datetime.datetime | None = None,
    returned_at: datetime.datetime | None = None,
    reason: str = "",
    substitute: str = "",
) -> Attendance:
    """The mark as it should have been, with its times; present or late follows from the arrival."""
    attendance = lock_attendance(participant)
    was_in_room = attendance.is_in_room
    if status in IN_ROOM and arrived_at:
        status = presence(participant.meeting, arrived_at)
    if status == AttendanceStatus.SUBSTITUTE and participant.role == AttendeeRole.OFFICIAL:
        raise ValidationError(NO_STAND_IN)
    if substitute and nfc(substitute) != attendance.substitute:
        substitute = name_at_the_door(participant, substitute)[:200]
    said = {
        "status": status,
        "arrived_at": arrived_at,
        "left_at": left_at,
        "returned_at": returned_at,
        "reason": nfc(reason),
        "substitute": nfc(substitute),
    }
    entry = entry_of(by, None, None)
    asked = Attendance(participant=attendance.participant, recorded_by=by, **said)
    asked.clean_fields()
    asked.validate_constraints()
    write(attendance, entry, **said)
    if participant.has_vote and was_in_room != attendance.is_in_room:
        watch_quorum(participant.meeting, came=attendance.is_in_room, at=entry.at)
    return attendance


@transaction.atomic
def undo_entry(
    meeting: Meeting,
    *,
    by: User,
    entry: uuid.UUID,
    at: datetime.datetime | None = None,
    key: uuid.UUID | None = None,
) -> int:
    """What the entry said of one person, or of many, is as it was before; a number of people.

    Whom another entry has spoken of since is left alone.
    """
    undoing = entry_of(by, at, key)
    check_open(meeting)
    people = list(
        Participant.objects.filter(meeting=meeting, attendance__entry=entry)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    rows = list(Attendance.objects.filter(participant__in=people, entry=entry).select_related("participant"))
    if not rows:
        return _check_repeated(meeting, entry, key)
    before = {one.pk: one.is_in_room for one in rows}
    for one in rows:
        restore(one, undoing)
    save_all(rows)
    audit.record(
        "meetings.undo_mark",
        about=rows[0].participant if len(rows) == 1 else meeting,
        by=by,
        summary=f"Hoàn tác điểm danh {len(rows)} đồng chí",
        changes={"participants": [[one.participant_id for one in rows], None]},
    )
    for came in (True, False):
        if any(
            one.participant.has_vote and one.is_in_room is came and before[one.pk] is not came for one in rows
        ):
            watch_quorum(meeting, came=came, at=undoing.at)
    return len(rows)


def _check_repeated(meeting: Meeting, entry: uuid.UUID, key: uuid.UUID | None) -> int:
    """Nothing to undo: fine when this undoing was done before, else somebody wrote in between."""
    spent = Attendance.objects.filter(participant__meeting=meeting, spent__contains=[entry])
    if key is not None and spent.filter(spent__contains=[key]).exists():
        return 0
    raise ValidationError("Sau lượt này đã có lượt ghi khác, không hoàn tác được nữa.")
