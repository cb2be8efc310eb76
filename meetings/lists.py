"""The list of who takes part as the office works with it: by class, counted, narrowed by answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import models

from meetings.models import AnswerChoice, Meeting, Participant, ParticipantClass


class Narrowed(models.TextChoices):
    """Which of the list are shown; the values stand in addresses."""

    SILENT = "chua", "Chưa trả lời"
    ATTENDING = "du", "Sẽ dự"
    ABSENT = "vang", "Xin vắng"
    SUBSTITUTE = "thay", "Cử người dự thay"
    UNREACHED = "khong-thu", "Chưa có thư điện tử"

    def holds(self, person: Participant) -> bool:
        choice = person.answer.choice if person.answer else None
        match self:
            case Narrowed.SILENT:
                return choice is None
            case Narrowed.ATTENDING:
                return choice == AnswerChoice.ATTENDING
            case Narrowed.ABSENT:
                return choice == AnswerChoice.ABSENT
            case Narrowed.SUBSTITUTE:
                return choice == AnswerChoice.SUBSTITUTE
        return not person.address


@dataclass(frozen=True)
class ClassList:
    """One class: the people shown, and how all of it have answered."""

    participant_class: ParticipantClass
    people: list[Participant]
    total: int
    counts: dict[str, int]

    @property
    def attending(self) -> int:
        return self.counts[Narrowed.ATTENDING]

    @property
    def absent(self) -> int:
        return self.counts[Narrowed.ABSENT]

    @property
    def substitute(self) -> int:
        return self.counts[Narrowed.SUBSTITUTE]

    @property
    def silent(self) -> int:
        return self.counts[Narrowed.SILENT]

    @property
    def unreached(self) -> int:
        return self.counts[Narrowed.UNREACHED]


def by_class(meeting: Meeting, narrowed: Narrowed | None = None) -> list[ClassList]:
    """Every class, also one nobody is in yet; three queries, whatever the number of people."""
    found: dict[int, list[Participant]] = defaultdict(list)
    listed = meeting.participants.taking_part().in_protocol_order().with_answer()
    for person in listed:
        person.meeting = meeting
        found[person.participant_class_id].append(person)
    return [
        ClassList(
            participant_class=row,
            people=[person for person in found[row.pk] if not narrowed or narrowed.holds(person)],
            total=len(found[row.pk]),
            counts={kind: sum(map(kind.holds, found[row.pk])) for kind in Narrowed},
        )
        for row in meeting.classes.all()
    ]


def totals(lists: list[ClassList]) -> dict[str, int]:
    return {kind: sum(row.counts[kind] for row in lists) for kind in Narrowed}
