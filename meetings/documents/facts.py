"""The facts of a conference in the words its papers share."""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from meetings.models import AgendaItem, AttendeeRole, Meeting, Participant, ParticipantClass, SummonKind
from portal import dates

#: A conference no longer than this takes half a day, as a summons says.
HALF_A_DAY = datetime.timedelta(hours=5)
HANDED_OUT = "tài liệu phát và thu tại phòng họp"


def when(meeting: Meeting) -> str:
    """½ ngày, 14 giờ 00, ngày 26/9/2024 (thứ Năm)"""
    starts, ends = meeting.starts_at, meeting.ends_at
    told = f"{dates.hour(starts)}, ngày {dates.day(starts)} ({dates.weekday(starts)})"
    if dates.local_day(ends) > dates.local_day(starts):
        return f"từ {told} đến {dates.hour(ends)}, ngày {dates.day(ends)} ({dates.weekday(ends)})"
    return f"½ ngày, {told}" if ends - starts <= HALF_A_DAY else f"01 ngày, {told}"


def chair_of(meeting: Meeting) -> str:
    if meeting.chair is None:
        return ""
    return "đồng chí " + ", ".join(filter(None, [meeting.chair.full_name, meeting.chair_title]))


def place_of(person: Participant) -> str:
    """Position, else organisation, as the list of delegates on the page says; of a guest, both."""
    if person.member_id is None:
        return ", ".join(filter(None, [person.position_text, person.organization_text]))
    return person.position_text or person.organization_text


def items_for(meeting: Meeting, role: AttendeeRole) -> QuerySet[AgendaItem]:
    """What delegates of a role are told of: never what the organisers keep to themselves."""
    items = AgendaItem.objects.filter(meeting=meeting, is_internal=False).select_related("presenter")
    if role != AttendeeRole.OFFICIAL:
        items = items.filter(is_committee_only=False)
    return items.order_by("position", "pk")


def presenter_of(item: AgendaItem) -> str:
    return item.presenter_text or (f"Đồng chí {item.presenter.full_name}" if item.presenter else "")


def classes_of(meeting: Meeting) -> dict[SummonKind, list[str]]:
    """The labels of the classes by how they are called, in protocol order; empty ones left out once
    people are listed."""
    classes = ParticipantClass.objects.filter(meeting=meeting).order_by("order", "pk")
    people = Participant.objects.filter(meeting=meeting).taking_part()
    if people.exists():
        classes = classes.filter(pk__in=people.values("participant_class"))
    labels: dict[SummonKind, list[str]] = {kind: [] for kind in SummonKind}
    for one in classes:
        labels[SummonKind(one.summon)].append(one.label)
    return labels


def sentence_of(text: str) -> str:
    """What was noted down in lower case and without a stop begins and ends its own line in a paper."""
    text = text.strip().rstrip(".;")
    return f"{text[:1].upper()}{text[1:]}."
