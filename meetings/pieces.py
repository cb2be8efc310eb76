"""The two long pieces of a conference's page, agenda and list of people, kept rendered.

A piece is kept under the versions of the rows it was made from. So nobody has to remember to throw
it away: a row that any hand changed in any way is another version. Who may see the page is asked
before; as whom one reads it stands in the key.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar, cast

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Prefetch, TextField
from django.db.models.expressions import RawSQL
from django.template.loader import render_to_string

from meetings.models import (
    AgendaAudience,
    AgendaItem,
    AttendeeRole,
    Meeting,
    Paper,
    Participant,
    ParticipantClass,
    start_times,
)
from meetings.models.meetings import MeetingQuerySet

Piece = TypeVar("Piece")

#: A new release writes other templates: what the old one kept is shown so long at most.
KEPT_SECONDS = 600

#: PostgreSQL names a version of a row by the transaction that wrote it and the place it was put.
_VERSIONS = "SELECT sum(hashtextextended(concat_ws(' ', one.xmin, one.ctid), one.id))"
_ITEMS = "meetings_agendaitem item WHERE item.meeting_id = meetings_meeting.id"
_PEOPLE = "meetings_participant person WHERE person.meeting_id = meetings_meeting.id"
_TASKS = (
    "meetings_task task JOIN meetings_conclusion line ON line.id = task.conclusion_id"
    " WHERE line.meeting_id = meetings_meeting.id"
)

_MARKS = {
    "agenda_mark": (
        f"{_VERSIONS} FROM meetings_agendaitem one WHERE one.meeting_id = meetings_meeting.id",
        f"{_VERSIONS} FROM meetings_paper one WHERE one.agenda_item_id IN (SELECT item.id FROM {_ITEMS})",
        f"{_VERSIONS} FROM members_partymember one WHERE one.id IN (SELECT item.presenter_id FROM {_ITEMS})",
    ),
    "people_mark": (
        f"{_VERSIONS} FROM meetings_participantclass one WHERE one.meeting_id = meetings_meeting.id",
        f"{_VERSIONS} FROM meetings_participant one WHERE one.meeting_id = meetings_meeting.id",
    ),
    "answers_mark": (
        f"{_VERSIONS} FROM meetings_answer one WHERE one.participant_id IN (SELECT person.id FROM {_PEOPLE})",
        f"{_VERSIONS} FROM meetings_attendance one"
        f" WHERE one.participant_id IN (SELECT person.id FROM {_PEOPLE})",
    ),
    "meeting_mark": ("concat_ws('-', meetings_meeting.xmin, meetings_meeting.ctid)",),
    "work_mark": (
        f"{_VERSIONS} FROM meetings_opinion one WHERE one.agenda_item_id IN (SELECT item.id FROM {_ITEMS})",
        f"{_VERSIONS} FROM meetings_task one WHERE one.id IN (SELECT task.id FROM {_TASKS})",
        f"{_VERSIONS} FROM meetings_task_supporting_organizations one"
        f" WHERE one.task_id IN (SELECT task.id FROM {_TASKS})",
        f"{_VERSIONS} FROM members_partyorganization one WHERE one.id IN"
        f" (SELECT task.lead_organization_id FROM {_TASKS})",
    ),
}


@dataclass(frozen=True)
class Agenda:
    """The agenda as one audience reads it, whether there is anything to read under it, and who speaks
    when to what: member, beginning, item."""

    html: str
    has_papers: bool
    speakers: tuple[tuple[int, datetime.datetime, str], ...] = ()

    def spoken_by(self, member_id: int | None) -> list[tuple[datetime.datetime, str]]:
        return [(begin, title) for speaker, begin, title in self.speakers if speaker == member_id]


@dataclass(frozen=True)
class Roster:
    """The list of who takes part, and how many of each sort are on it."""

    html: str
    official: int
    invited: int


def with_marks(meetings: MeetingQuerySet) -> MeetingQuerySet:
    """Each with what names the versions of its rows: of the agenda, of the people, of their answers."""
    return meetings.annotate(
        **{
            name: RawSQL(f"concat_ws('.', ({'), ('.join(parts)}))", (), TextField())
            for name, parts in _MARKS.items()
        }
    )


def agenda(meeting: Meeting, audience: AgendaAudience, *, is_over: bool) -> Agenda:
    """The agenda as this audience reads it, with its papers."""
    mark = meeting.agenda_mark  # type: ignore[attr-defined]
    key = f"agenda:{meeting.pk}:{audience}:{is_over}:{meeting.starts_at.timestamp()}:{mark}"
    return kept(key, lambda: _agenda(meeting, audience, is_over))


def roster(meeting: Meeting, *, with_answers: bool, is_over: bool) -> Roster:
    """Everybody by class; `with_answers`: also what each said, or later whether he came."""
    mark = meeting.people_mark  # type: ignore[attr-defined]
    if with_answers:
        mark += f":{meeting.answers_mark}:{meeting.version}:{meeting.has_roll}"  # type: ignore[attr-defined]
    key = f"roster:{meeting.pk}:{with_answers}:{is_over}:{mark}"
    return kept(key, lambda: _roster(meeting, with_answers, is_over))


def kept(key: str, build: Callable[[], Piece]) -> Piece:
    """The piece of this key, made now if nobody has made it; for `key`, name every row it shows."""
    return cast(Piece, cache.get_or_set(f"meetings:{key}", build, KEPT_SECONDS))


def _agenda(meeting: Meeting, audience: AgendaAudience, is_over: bool) -> Agenda:
    """Items this audience does not read take their time all the same."""
    read = AgendaItem.objects.read_by(audience).filter(pk=OuterRef("pk"))
    whole = meeting.agenda.annotate(is_read=Exists(read)).select_related("presenter").order_by("position")
    items = list(whole.prefetch_related(Prefetch("papers", Paper.objects.current())))
    timed = zip(start_times(items, meeting.starts_at), items, strict=True)
    shown = [(begin, item) for begin, item in timed if item.is_read]  # type: ignore[attr-defined]
    return Agenda(
        html=render_to_string("meetings/parts/agenda.html", {"agenda": shown, "is_over": is_over}),
        has_papers=any(item.papers.all() for _, item in shown),
        speakers=tuple(
            (item.presenter_id, begin, item.title) for begin, item in shown if item.presenter_id is not None
        ),
    )


def _roster(meeting: Meeting, with_answers: bool, is_over: bool) -> Roster:
    listed = meeting.participants.taking_part().select_related("participant_class", "attendance")
    people = list((listed.with_answer() if with_answers else listed).in_protocol_order())
    for person in people:
        person.meeting = meeting
    context = {
        "meeting": meeting,
        "classes": _classes(people),
        "can_see_answers": with_answers,
        "is_over": is_over,
    }
    return Roster(
        html=render_to_string("meetings/parts/rosters.html", context),
        official=sum(person.role == AttendeeRole.OFFICIAL for person in people),
        invited=sum(person.role == AttendeeRole.INVITED for person in people),
    )


def _classes(people: list[Participant]) -> list[tuple[ParticipantClass, list[Participant]]]:
    """In protocol order."""
    groups = groupby(people, key=lambda person: person.participant_class)
    return [(participant_class, list(members)) for participant_class, members in groups]
