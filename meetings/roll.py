"""The roll of a conference as it stands: who is in the room, counted in one query."""

from __future__ import annotations

from dataclasses import dataclass

from meetings import quorum
from meetings.expansion import voters_in_office
from meetings.models import (
    IN_ROOM,
    AttendanceStatus,
    AttendeeRole,
    Meeting,
    MeetingState,
    MinutesState,
    Participant,
    QuorumBase,
    QuorumProvision,
)


@dataclass(frozen=True)
class Tally:
    """Of one group of participants: how many came, stayed away, or are not marked yet."""

    in_room: int
    left: int
    substitutes: int
    excused: int
    absent: int
    unmarked: int

    @property
    def total(self) -> int:
        return self.in_room + self.left + self.substitutes + self.excused + self.absent + self.unmarked


@dataclass(frozen=True)
class Roll:
    provision: QuorumProvision
    quorum: quorum.Count
    official: Tally
    invited: Tally
    voting: Tally

    def sentence(self, body: str) -> str:
        """What the minutes say of this moment."""
        return quorum.sentence(
            self.quorum, body, excused=self.voting.excused, absent=self.voting.absent + self.voting.left
        )


@dataclass(frozen=True)
class _Marked:
    pk: int
    role: str
    has_vote: bool
    status: str | None


def roll_of(meeting: Meeting) -> Roll:
    rows = [
        _Marked(*row)
        for row in Participant.objects.filter(meeting=meeting)
        .taking_part()
        .values_list("pk", "role", "has_vote", "attendance__status")
        .order_by("pk")
    ]
    provision = meeting.kind.quorum_on(meeting.held_on)
    of_incumbents = provision.base == QuorumBase.INCUMBENT
    return Roll(
        provision=provision,
        quorum=quorum.count(
            provision.rule,
            rows,
            [row.pk for row in rows if row.status in IN_ROOM],
            fixed=provision.number,
            incumbents=majority_of(meeting).incumbents if of_incumbents else None,
        ),
        official=_tally([row for row in rows if row.role == AttendeeRole.OFFICIAL]),
        invited=_tally([row for row in rows if row.role == AttendeeRole.INVITED]),
        voting=_tally([row for row in rows if row.has_vote]),
    )


def majority_of(meeting: Meeting) -> quorum.Majority:
    """What a resolution of this meeting needs. Where the register does not hold the body's seats, the
    voting delegates convened stand for its members."""
    return quorum.Majority(
        len(voters_in_office(meeting)) or Participant.objects.filter(meeting=meeting).voting().count()
    )


def get_roll_call_refusal(meeting: Meeting) -> str | None:
    """Why nobody can be marked any more (or yet); None while the roll is open."""
    if meeting.state == MeetingState.DRAFT:
        return "Hội nghị chưa triệu tập nên chưa có danh sách để điểm danh."
    if meeting.is_stopped:
        return f"Hội nghị đã {meeting.get_state_display().lower()}, không điểm danh nữa."
    minutes = getattr(meeting, "minutes", None)
    if minutes and minutes.state != MinutesState.DRAFTING:
        return "Biên bản đã ký, điểm danh không sửa được nữa."
    return None


def _tally(rows: list[_Marked]) -> Tally:
    def number(*statuses: str | None) -> int:
        return sum(row.status in statuses for row in rows)

    return Tally(
        in_room=number(*IN_ROOM),
        left=number(AttendanceStatus.LEFT),
        substitutes=number(AttendanceStatus.SUBSTITUTE),
        excused=number(AttendanceStatus.EXCUSED),
        absent=number(AttendanceStatus.ABSENT),
        unmarked=number(None, AttendanceStatus.NOT_ARRIVED),
    )
