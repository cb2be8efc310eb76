"""One press at a desk, and how it becomes the row of a participant.

An entry may come late (a desk without network keeps it), twice (its answer was lost) or out of order
(several desks). Its key makes the repetition harmless, its moment decides which entry stands.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings.models import Attendance, AttendanceOrigin, AttendanceStatus, Meeting, Participant
from meetings.roll import get_roll_call_refusal
from members.models import User
from portal import audit

#: What a mark says of a person, and what undoing it restores.
NOTHING: Mapping[str, Any] = {
    "status": AttendanceStatus.NOT_ARRIVED,
    "arrived_at": None,
    "left_at": None,
    "returned_at": None,
    "reason": "",
    "substitute": "",
}
#: How far back one person's marks can be undone, and how many keys of theirs are remembered.
KEPT = 20


@dataclass(frozen=True)
class Entry:
    by: User
    at: datetime.datetime = field(default_factory=timezone.now)
    key: uuid.UUID | None = None
    origin: AttendanceOrigin = AttendanceOrigin.DESK


def entry_of(
    by: User,
    at: datetime.datetime | None,
    key: uuid.UUID | None,
    origin: AttendanceOrigin = AttendanceOrigin.DESK,
) -> Entry:
    return Entry(by=by, at=at or timezone.now(), key=key, origin=origin)


def lock_attendance(participant: Participant) -> Attendance:
    """The participant's attendance under lock, or a new one not yet saved."""
    locked = (
        Participant.objects.select_for_update(of=("self",), no_key=True)
        .select_related("meeting__minutes", "meeting__kind")
        .get(pk=participant.pk)
    )
    participant.meeting = locked.meeting
    if locked.removed_at:
        raise ValidationError("Đồng chí này đã rút khỏi danh sách.")
    check_open(locked.meeting)
    return Attendance.objects.filter(participant=locked).first() or Attendance(
        participant=locked, status=AttendanceStatus.NOT_ARRIVED
    )


def check_open(meeting: Meeting) -> None:
    if refusal := get_roll_call_refusal(meeting):
        raise ValidationError(refusal)


def counts(entry: Entry, attendance: Attendance) -> bool:
    """Whether the entry still says something: not when it is repeated, nor when a later one stands."""
    if entry.key is not None and entry.key in (attendance.entry, *attendance.spent):
        return False
    if attendance.pk is None or attendance.origin == AttendanceOrigin.SETTLED:
        return True
    return entry.at >= attendance.recorded_at


def write(attendance: Attendance, entry: Entry, **said: Any) -> Attendance:
    """Put down what the entry says, and one line in the audit trail."""
    was = attendance.status
    renew(attendance, entry, **said)
    attendance.save()
    audit.record(
        "meetings.mark",
        about=attendance.participant,
        by=entry.by,
        summary=f"Điểm danh: {attendance.get_status_display().lower()}",
        changes={"status": [was, str(attendance.status)]},
    )
    return attendance


def renew(attendance: Attendance, entry: Entry, **said: Any) -> None:
    """Set the columns without saving: the old ones go onto the pile that undoing takes from."""
    attendance.earlier = [*attendance.earlier, _packed(attendance)][-KEPT:]
    _spend(attendance, attendance.entry)
    for name, value in {**NOTHING, **said}.items():
        setattr(attendance, name, value)
    attendance.entry = entry.key
    attendance.origin = entry.origin
    attendance.recorded_by = entry.by
    attendance.recorded_at = entry.at


def restore(attendance: Attendance, entry: Entry) -> None:
    """Set the columns back to what stood before the last mark, without saving."""
    *attendance.earlier, before = attendance.earlier or [_packed(Attendance(status=NOTHING["status"]))]
    _spend(attendance, attendance.entry, entry.key)
    for name in NOTHING:
        value = before[name]
        if name.endswith("_at") and value:
            value = datetime.datetime.fromisoformat(value)
        setattr(attendance, name, value)
    attendance.entry = uuid.UUID(before["entry"]) if before["entry"] else None
    attendance.spent = [key for key in attendance.spent if key != attendance.entry]
    attendance.origin = before["origin"]
    attendance.recorded_by = entry.by
    attendance.recorded_at = entry.at


def _packed(attendance: Attendance) -> dict[str, Any]:
    said = {name: getattr(attendance, name) for name in NOTHING}
    return {
        name: value.isoformat() if isinstance(value, datetime.datetime) else value
        for name, value in said.items()
    } | {"entry": str(attendance.entry or ""), "origin": str(attendance.origin)}


def _spend(attendance: Attendance, *keys: uuid.UUID | None) -> None:
    attendance.spent = [*attendance.spent, *(key for key in keys if key)][-2 * KEPT :]
