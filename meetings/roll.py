"""The roll of a conference as it stands: who is in the room, and the last entries made."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from meetings import quorum
from meetings.expansion import voters_in_office
from meetings.models import (
    IN_ROOM,
    Attendance,
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
    def away(self) -> int:
        return self.excused + self.absent

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
class LastEntry:
    """One press at a desk that can still be undone; `who` is one person or a number of them."""

    key: uuid.UUID
    at: datetime.datetime
    who: str
    word: str
    by: str


@dataclass(frozen=True)
class _Marked:
    pk: int
    role: str
    has_vote: bool
    status: str | None


def people_of(meeting: Meeting) -> list[Participant]:
    """Everybody on the list with what is said of them and what they announced, in protocol order."""
    people = Participant.objects.filter(meeting=meeting).taking_part().in_protocol_order()
    return list(people.select_related("attendance__recorded_by").with_answer())


def roll_of(meeting: Meeting, people: Sequence[Participant] | None = None) -> Roll:
    """The counts; `people` when they are at hand already."""
    rows = _marked(meeting) if people is None else [_mark_of(person) for person in people]
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


def last_entries(people: Sequence[Participant], number: int = 6) -> list[LastEntry]:
    """The last entries of all desks, newest first; a press for many is one entry."""
    marks = [mark for person in people if (mark := mark_on(person)) and mark.entry]
    marks.sort(key=lambda mark: (mark.recorded_at, mark.entry), reverse=True)
    entries = [list(same) for _, same in groupby(marks, key=lambda mark: mark.entry)]
    return [
        LastEntry(
            key=first.entry,
            at=first.recorded_at,
            who=f"{len(others) + 1} đồng chí" if others else first.participant.full_name,
            word=first.get_status_display().lower(),
            by=first.recorded_by.full_name,
        )
        for first, *others in entries[:number]
        if first.entry
    ]


def mark_on(person: Participant) -> Attendance | None:
    return getattr(person, "attendance", None)


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
    if minutes and minutes.state == MinutesState.FOR_COMMENT:
        return "Dự thảo biên bản đang lấy ý kiến, điểm danh chưa sửa được."
    if minutes and minutes.state != MinutesState.DRAFTING:
        return "Biên bản đã ký, điểm danh không sửa được nữa."
    return None


def _marked(meeting: Meeting) -> list[_Marked]:
    rows = Participant.objects.filter(meeting=meeting).taking_part().order_by("pk")
    return [_Marked(*row) for row in rows.values_list("pk", "role", "has_vote", "attendance__status")]


def _mark_of(person: Participant) -> _Marked:
    mark = mark_on(person)
    return _Marked(person.pk, person.role, person.has_vote, mark.status if mark else None)


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
