"""The conferences one may see, and the page of one of them for who takes part and who prepares it."""

from __future__ import annotations

import datetime
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.forms.answers import AnswerForm
from meetings.models import (
    AgendaItem,
    AttendeeRole,
    Meeting,
    Minutes,
    Paper,
    Participant,
    ParticipantClass,
    start_times,
)
from meetings.models.meetings import MeetingQuerySet
from meetings.permissions import can_prepare, can_see_answers
from members.models import User
from members.requests import SignedInRequest
from members.roles import Role

PAGE = 20


@require_safe
def meeting_list(request: SignedInRequest) -> HttpResponse:
    """What is still to come, all of it; what is past, newest first and a page at a time."""
    now = timezone.now()
    seen = Meeting.objects.visible_to(request.user)
    past = seen.filter(ends_at__lt=now).newest_first()
    before = request.GET.get("truoc", "")
    if before.isdecimal() and (last := seen.filter(pk=int(before)).first()):
        past = past.earlier_than(last)
    rows = list(past[: PAGE + 1])
    context = {
        "upcoming": [] if before else _upcoming(seen, now),
        "past": rows[:PAGE],
        "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
        "is_first": not before,
        "can_create": request.user.has_role(Role.OFFICE, Role.SECRETARY),
    }
    return render(request, "meetings/list.html", context)


def _upcoming(seen: MeetingQuerySet, now: Any) -> list[Meeting]:
    return list(seen.filter(ends_at__gte=now).in_order()[:PAGE])


@require_safe
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(seen_by(request.user), pk=pk)
    return render(request, "meetings/meeting.html", page_of(request, found))


def seen_by(user: User) -> MeetingQuerySet:
    """Conferences as their page needs them, with `has_minutes`: are there any this person may read."""
    minutes = Minutes.objects.visible_to(user).filter(meeting=OuterRef("pk"))
    seen = Meeting.objects.visible_to(user).select_related("organization", "chair")
    return seen.annotate(has_minutes=Exists(minutes))


def page_of(request: SignedInRequest, meeting: Meeting, form: AnswerForm | None = None) -> dict[str, Any]:
    """All that the page of a conference shows to this person, in a fixed number of queries."""
    user, now = request.user, timezone.now()
    agenda = _agenda(meeting, user)
    listed = meeting.participants.taking_part().select_related("participant_class", "attendance")
    people = list(listed.in_protocol_order().with_answer())
    for person in people:
        person.meeting = meeting
    mine = _own(people, user.member_id)
    refusal = meeting.get_answer_refusal(now)
    return {
        "meeting": meeting,
        "agenda": agenda,
        "classes": _classes(people),
        "official_count": sum(person.role == AttendeeRole.OFFICIAL for person in people),
        "invited_count": sum(person.role == AttendeeRole.INVITED for person in people),
        "has_minutes": getattr(meeting, "has_minutes", False),
        "mine": mine,
        "panel": _panel(mine, refusal, now) if mine else "",
        "is_over": meeting.is_over(now),
        "form": form or AnswerForm(initial={"version": meeting.version}),
        "answer_refusal": refusal,
        "can_prepare": can_prepare(user, meeting),
        "can_see_answers": can_see_answers(user, meeting),
    }


def _agenda(meeting: Meeting, user: User) -> list[tuple[datetime.datetime, AgendaItem]]:
    """What this person sees of the agenda. Items he does not see take their time all the same."""
    seen = AgendaItem.objects.visible_to(user).filter(pk=OuterRef("pk"))
    whole = meeting.agenda.annotate(is_seen=Exists(seen)).select_related("presenter").order_by("position")
    items = list(whole.prefetch_related(Prefetch("papers", Paper.objects.current())))
    begins = zip(start_times(items, meeting.starts_at), items, strict=True)
    return [(begin, item) for begin, item in begins if item.is_seen]  # type: ignore[attr-defined]


def _panel(mine: Participant, refusal: str | None, now: datetime.datetime) -> str:
    """What stands beside time and place: the question, the answer given, the roll call, or nothing."""
    if mine.meeting.is_stopped:
        return ""
    if refusal is None:
        return "answer" if mine.answer else "question"
    if mine.meeting.has_roll and mine.mark:
        return "mark"
    if mine.answer:
        return "answer"
    return "" if now >= mine.meeting.starts_at else "late"


def _classes(people: list[Participant]) -> list[tuple[ParticipantClass, list[Participant]]]:
    """The list by class, in protocol order."""
    groups = groupby(people, key=lambda person: person.participant_class)
    return [(participant_class, list(members)) for participant_class, members in groups]


def _own(people: list[Participant], member_id: int | None) -> Participant | None:
    return next((person for person in people if member_id and person.member_id == member_id), None)
