"""The conference is opened, counted at a moment, and closed."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.actions.meetings import lock
from meetings.actions.roll_call.announced import announced_reasons
from meetings.actions.roll_call.bulk import save_all
from meetings.actions.roll_call.entries import Entry, renew
from meetings.actions.roll_call.snapshots import keep_snapshot
from meetings.models import (
    AgendaItem,
    Attendance,
    AttendanceOrigin,
    AttendanceStatus,
    ItemKind,
    Meeting,
    MeetingState,
    Participant,
    QuorumSnapshot,
    SelfCheckIn,
    SnapshotKind,
)
from meetings.roll import roll_of
from members.models import User
from portal import audit
from portal.vietnamese import nfc

OPENING = "khai mạc"


@transaction.atomic
def open_meeting(
    meeting: Meeting, *, by: User, despite: str = "", at: datetime.datetime | None = None
) -> QuorumSnapshot:
    """Open the conference and keep the count of this moment for the minutes.

    Who had announced an absence and is not there is excused with the reason given. Below quorum it
    is refused, unless the chair's reason to go on is written down in `despite`.
    """
    now = at or timezone.now()
    people = _lock_people(meeting)
    meeting = lock(meeting)
    if meeting.state != MeetingState.CONVENED:
        raise ValidationError("Chỉ khai mạc được hội nghị đã triệu tập và chưa khai mạc.")
    # Who is excused here and comes after all is marked late, like anybody else.
    reasons = announced_reasons(meeting)
    _settle([one for one in people if one.pk in reasons], reasons, by=by, now=now)
    roll = roll_of(meeting)
    if not roll.quorum.is_reached and not despite.strip():
        raise ValidationError(
            f"Chưa khai mạc được: có mặt {roll.quorum.present} trên {roll.quorum.convened} đại biểu"
            f" chính thức, cần {roll.quorum.needed}, còn thiếu {roll.quorum.short_by}."
        )
    meeting.opened_at = now
    meeting.state = MeetingState.IN_SESSION
    meeting.save(update_fields=["opened_at", "state"])
    snapshot = keep_snapshot(meeting, SnapshotKind.OPENING, OPENING, now, despite=despite.strip())
    audit.record(
        "meetings.open", about=meeting, by=by, summary="Khai mạc hội nghị", changes=_counted(snapshot)
    )
    return snapshot


@transaction.atomic
def take_snapshot(
    meeting: Meeting,
    *,
    by: User,
    occasion: str = "",
    item: AgendaItem | None = None,
    at: datetime.datetime | None = None,
) -> QuorumSnapshot:
    """Keep the count of this moment; of a vote, together with what a resolution needs."""
    meeting = lock(meeting)
    if meeting.state != MeetingState.IN_SESSION:
        raise ValidationError("Chỉ ghi số có mặt khi hội nghị đang họp.")
    is_vote = item is not None and item.kind == ItemKind.VOTE
    kind = SnapshotKind.VOTE if is_vote else SnapshotKind.COUNT
    where = f"mục {item.position}" if item else "trong giờ họp"
    occasion = occasion.strip() or (f"biểu quyết {where}" if is_vote else where)
    snapshot = keep_snapshot(meeting, kind, occasion, at or timezone.now(), item=item)
    audit.record("meetings.count", about=meeting, by=by, summary="Ghi số có mặt", changes=_counted(snapshot))
    return snapshot


def get_undecided_warning(meeting: Meeting) -> str:
    """What was to be voted on and has neither a vote nor the chair's word yet; "" when all is decided."""
    voted_on = meeting.agenda.filter(kind=ItemKind.VOTE, votes=None, conclusions=None)
    places = [str(place) for place in voted_on.order_by("position").values_list("position", flat=True)]
    return f"Mục {', '.join(places)} chưa ghi kết quả biểu quyết." if places else ""


@transaction.atomic
def close_meeting(
    meeting: Meeting, *, by: User, despite: str = "", at: datetime.datetime | None = None
) -> Meeting:
    """Close the conference. Nobody stays unmarked: who had answered "absent" is excused with the
    reason given, everybody else is absent without leave. With an item not decided it is refused,
    unless the reason is written down in `despite`."""
    now = at or timezone.now()
    people = _lock_people(meeting)
    meeting = lock(meeting)
    if meeting.state != MeetingState.IN_SESSION:
        raise ValidationError("Hội nghị chưa khai mạc hoặc đã bế mạc.")
    if meeting.opened_at and now < meeting.opened_at:
        raise ValidationError("Giờ bế mạc không thể trước giờ khai mạc.")
    undecided, despite = get_undecided_warning(meeting), nfc(despite)
    if undecided and not despite:
        raise ValidationError(f"{undecided} Ghi ở bàn ghi biên bản, hoặc ghi lý do vẫn bế mạc.")
    settled = _settle(people, announced_reasons(meeting), by=by, now=now)
    SelfCheckIn.objects.filter(meeting=meeting, closed_at=None).update(closed_at=now)
    meeting.closed_at = now
    meeting.state = MeetingState.MINUTES
    meeting.save(update_fields=["closed_at", "state"])
    audit.record(
        "meetings.close",
        about=meeting,
        by=by,
        summary="Bế mạc hội nghị",
        changes={
            "participants": [None, [one.participant_id for one in settled]],
            **({"despite": [undecided, despite]} if undecided else {}),
        },
    )
    return meeting


def _lock_people(meeting: Meeting) -> list[Participant]:
    """So that nobody is marked behind the count; always before the conference itself is locked."""
    return list(
        Participant.objects.filter(meeting=meeting)
        .taking_part()
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )


def _settle(
    people: list[Participant], reasons: dict[int, str], *, by: User, now: datetime.datetime
) -> list[Attendance]:
    """Each is excused with the reason announced, or absent without leave; any person's word overrides it."""
    entry = Entry(by=by, at=now, origin=AttendanceOrigin.SETTLED)
    rows = {one.participant_id: one for one in Attendance.objects.filter(participant__in=people)}
    settled = []
    for person in people:
        one = rows.get(person.pk) or Attendance(participant=person, status=AttendanceStatus.NOT_ARRIVED)
        if one.status == AttendanceStatus.NOT_ARRIVED:
            reason = reasons.get(person.pk, "")
            renew(
                one,
                entry,
                status=AttendanceStatus.EXCUSED if reason else AttendanceStatus.ABSENT,
                reason=reason,
            )
            settled.append(one)
    save_all(settled)
    return settled


def _counted(snapshot: QuorumSnapshot) -> dict[str, list[int | None]]:
    return {"present": [None, snapshot.present], "needed": [None, snapshot.needed]}
