"""Everybody at once: all who are not marked yet are present, except a few."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction

from meetings.actions.roll_call.entries import check_open, counts, entry_of, renew
from meetings.actions.roll_call.marks import presence
from meetings.actions.roll_call.snapshots import watch_quorum
from meetings.models import Attendance, AttendanceStatus, Meeting, Participant
from members.models import User
from portal import audit


@transaction.atomic
def mark_all_present_except(
    meeting: Meeting,
    *,
    by: User,
    missing: Collection[int],
    at: datetime.datetime | None = None,
    key: uuid.UUID | None = None,
) -> int:
    """Everybody not marked yet is present, but for the keys in `missing`, who stay unmarked.

    Leaving them unmarked is on purpose: "absent without leave" is said by a person or at the
    closing, never as a side effect.
    """
    entry = entry_of(by, at, key)
    check_open(meeting)
    people = list(
        Participant.objects.filter(meeting=meeting)
        .taking_part()
        .exclude(pk__in=missing)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    # Read under the lock: another desk may have marked one of them while we waited.
    marked = {one.participant_id: one for one in Attendance.objects.filter(participant__in=people)}
    if key and any(key in (one.entry, *one.spent) for one in marked.values()):
        return 0
    here, status = [], presence(meeting, entry.at)
    for person in people:
        one = marked.get(person.pk) or Attendance(participant=person, status=AttendanceStatus.NOT_ARRIVED)
        if one.status == AttendanceStatus.NOT_ARRIVED and counts(entry, one):
            renew(one, entry, status=status, arrived_at=entry.at)
            here.append(one)
    save_all(here)
    audit.record(
        "meetings.mark_all",
        about=meeting,
        by=by,
        summary=f"Ghi có mặt {len(here)} đồng chí",
        changes={"participants": [None, [one.participant_id for one in here]]},
    )
    if any(one.participant.has_vote for one in here):
        watch_quorum(meeting, came=True, at=entry.at)
    return len(here)


def save_all(rows: list[Attendance]) -> None:
    """Two queries, however many rows."""
    changed = [field.name for field in Attendance._meta.concrete_fields if not field.primary_key]
    Attendance.objects.bulk_create([one for one in rows if one.pk is None])
    Attendance.objects.bulk_update([one for one in rows if one.pk is not None], changed)
