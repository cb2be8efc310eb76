"""Counts kept for the minutes: at the opening, at each vote, when quorum is lost and when it is back."""

from __future__ import annotations

import datetime

from meetings.actions.meetings import lock
from meetings.models import AgendaItem, ItemKind, Meeting, MeetingState, QuorumSnapshot, SnapshotKind
from meetings.roll import majority_of, roll_of


def keep_snapshot(
    meeting: Meeting,
    kind: SnapshotKind,
    occasion: str,
    at: datetime.datetime,
    *,
    item: AgendaItem | None = None,
    despite: str = "",
) -> QuorumSnapshot:
    roll = roll_of(meeting)
    sentence = roll.sentence(meeting.body.name)
    if item and item.kind == ItemKind.VOTE:
        sentence += f" {majority_of(meeting).sentence()}"
    if despite:
        sentence += f" Người chủ trì quyết định tiến hành: {despite.rstrip('.')}."
    return QuorumSnapshot.objects.create(
        meeting=meeting,
        kind=kind,
        agenda_item=item,
        taken_at=at,
        occasion=occasion,
        present=roll.quorum.present,
        convened=roll.quorum.convened,
        needed=roll.quorum.needed,
        rule=roll.quorum.rule,
        basis=roll.provision.basis,
        sentence=sentence,
    )


def watch_quorum(meeting: Meeting, *, came: bool, at: datetime.datetime) -> None:
    """A voting delegate came or went while the conference is in session: if that turned the scales,
    keep the count of this moment.

    Nobody can lose what is lost or gain what is there, so most marks ask for the last count and stop.
    """
    if meeting.state != MeetingState.IN_SESSION or _was_reached(meeting) == came:
        return
    # Two people leaving through two desks at once: the second to get the lock sees both gone.
    meeting = lock(meeting)
    is_reached = roll_of(meeting).quorum.is_reached
    if _was_reached(meeting) != is_reached:
        kind = SnapshotKind.REGAINED if is_reached else SnapshotKind.LOSS
        keep_snapshot(meeting, kind, str(kind.label).lower(), at)


def _was_reached(meeting: Meeting) -> bool | None:
    last = QuorumSnapshot.objects.filter(meeting=meeting).order_by("-pk").first()
    return last.present >= last.needed if last else None
