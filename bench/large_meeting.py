"""A conference of the size the desks are held to: 300 participants, 40 items, in session."""

from __future__ import annotations

import datetime

from django.utils import timezone

from meetings.actions import minutes, roll_call
from meetings.models import (
    AgendaItem,
    AttendeeRole,
    ClassSource,
    ItemKind,
    Meeting,
    MeetingState,
    Participant,
    ParticipantClass,
    SummonKind,
)
from members.models import User

PEOPLE, OFFICIAL = 300, 60
ITEMS = 40


def open_large_meeting(like: Meeting, *, reader: Participant, office: User) -> Meeting:
    """Of the kind and body of `like`, `reader` on its list; its minutes are `office`'s to write."""
    now = timezone.now()
    meeting = Meeting.objects.create(
        kind=like.kind,
        body=like.body,
        organization=like.organization,
        title="Hội nghị đại biểu toàn Đảng bộ",
        starts_at=now,
        ends_at=now + datetime.timedelta(hours=8),
        venue="Cung hội nghị",
        chair=like.chair,
        chair_title=like.chair_title,
        minute_taker=office,
        state=MeetingState.CONVENED,
        convened_at=now - datetime.timedelta(days=5),
        convened_by=office,
        created_by=office,
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=number,
            kind=ItemKind.OPINION,
            title=f"Nội dung thứ {number} của hội nghị",
        )
        for number in range(1, ITEMS + 1)
    )
    Participant.objects.bulk_create(_people(meeting, reader))
    roll_call.mark_all_present_except(meeting, by=office, missing=[])
    roll_call.open_meeting(meeting, by=office)
    minutes.start_minutes(Meeting.objects.get(pk=meeting.pk), by=office)
    return meeting


def _people(meeting: Meeting, reader: Participant) -> list[Participant]:
    """The reader among the guests; nobody else needs a record in the register to fill a row."""
    classes = {
        role: ParticipantClass.objects.create(
            meeting=meeting, label=label, order=order, source=ClassSource.PERSON, role=role, summon=summon
        )
        for order, (role, label, summon) in enumerate(
            (
                (AttendeeRole.OFFICIAL, "Đại biểu chính thức", SummonKind.SUMMONED),
                (AttendeeRole.INVITED, "Đại biểu mời", SummonKind.INVITED),
            )
        )
    }
    people = []
    for number in range(1, PEOPLE + 1):
        role = AttendeeRole.OFFICIAL if number <= OFFICIAL else AttendeeRole.INVITED
        person = Participant(
            meeting=meeting,
            participant_class=classes[role],
            member=reader.member if number == PEOPLE else None,
            full_name=f"Nguyễn Văn Mẫu {number}",
            position_text=f"Bí thư Chi bộ số {number}",
            role=role,
            summon=classes[role].summon,
            has_vote=role == AttendeeRole.OFFICIAL,
        )
        person.derive()
        people.append(person)
    return people
