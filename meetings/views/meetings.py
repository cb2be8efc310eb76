"""The conferences one may see, and the page of one of them for who takes part and who prepares it."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings import pieces
from meetings.forms.answers import AnswerForm
from meetings.models import Meeting, MeetingState, MinutesState, Opinion, Participant, Task
from meetings.models.audiences import AgendaAudience
from meetings.models.meetings import MeetingQuerySet
from meetings.permissions import agenda_audience, can_prepare, can_see_answers, reads_minutes
from members.models import User
from members.requests import SignedInRequest
from members.roles import Role
from portal.postgresql.plans import keeping_plans

PAGE = 20
#: When the conclusions of a conference may have handed out tasks.
CONCLUDED = (MeetingState.MINUTES, MeetingState.FINAL)


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
@keeping_plans()
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(seen_by(request.user), pk=pk)
    return render(request, "meetings/meeting.html", page_of(request, found))


def seen_by(user: User) -> MeetingQuerySet:
    """Conferences as their page needs them: with how far the minutes are, without their text."""
    seen = Meeting.objects.visible_to(user).select_related("organization", "chair")
    seen = seen.prefetch_related(Prefetch("minute_helpers", User.objects.only("pk")))
    return pieces.with_marks(
        seen.annotate(minutes_state=F("minutes__state"), minutes_version=F("minutes__version"))
    )


def page_of(request: SignedInRequest, meeting: Meeting, form: AnswerForm | None = None) -> dict[str, Any]:
    """All that the page of a conference shows to this person, in a fixed number of queries."""
    user, now = request.user, timezone.now()
    mine, is_over = _own(meeting, user), meeting.is_over(now)
    audience, refusal = agenda_audience(user, meeting, mine), meeting.get_answer_refusal(now)
    agenda = pieces.agenda(meeting, audience, is_over=is_over)
    has_minutes = reads_minutes(
        user,
        meeting,
        mine,
        state=meeting.minutes_state,  # type: ignore[attr-defined]
        version=meeting.minutes_version,  # type: ignore[attr-defined]
    )
    return {
        "meeting": meeting,
        "agenda": agenda,
        "roster": pieces.roster(meeting, with_answers=can_see_answers(user, meeting), is_over=is_over),
        "has_minutes": has_minutes,
        "mine": mine,
        "to_present": agenda.spoken_by(user.member_id),
        "speeches": _speeches(meeting, mine, user, audience) if mine and has_minutes else [],
        "tasks": _tasks(meeting, user) if mine and meeting.state in CONCLUDED else [],
        "panel": _panel(mine, refusal, now) if mine else "",
        "is_over": is_over,
        "form": form or AnswerForm(initial={"version": meeting.version}),
        "answer_refusal": refusal,
        "can_prepare": can_prepare(user, meeting),
    }


def _own(meeting: Meeting, user: User) -> Participant | None:
    """This person's place on the list, with his mark or else the answer that counts."""
    if user.member_id is None:
        return None
    listed = meeting.participants.taking_part().of(user).select_related("attendance")
    mine = listed.order_by("pk").first()
    if mine:
        mine.meeting = meeting
    if mine and not _is_marked(mine):
        given = mine.answers.filter(meeting_version=meeting.version).select_related("recorded_by")
        mine.current_answers = list(given.order_by("-pk")[:1])  # type: ignore[attr-defined]
    return mine


def _speeches(meeting: Meeting, mine: Participant, user: User, audience: AgendaAudience) -> list[Opinion]:
    """What this person said, as the minutes have it that he may read. Once they are approved, who
    reads the item reads it: asking again who may see the conference would cost half the page."""
    is_approved = meeting.minutes_state == MinutesState.APPROVED  # type: ignore[attr-defined]
    readable = Opinion.objects.read_by(audience) if is_approved else Opinion.objects.visible_to(user)
    said = readable.filter(participant=mine).exclude(text="").select_related("agenda_item")
    return list(said.order_by("agenda_item__position", "pk"))


def _tasks(meeting: Meeting, user: User) -> list[Task]:
    """What this conference gave this person, or an organisation he answers for, to do."""
    given = Task.objects.charged_to(user).filter(conclusion__meeting=meeting)
    return list(given.select_related("lead_organization").by_deadline())


def _is_marked(mine: Participant) -> bool:
    return mine.meeting.has_roll and mine.mark is not None


def _panel(mine: Participant, refusal: str | None, now: datetime.datetime) -> str:
    """What stands beside time and place: the question, the answer given, the roll call, or nothing."""
    if mine.meeting.is_stopped:
        return ""
    if refusal is None:
        return "answer" if mine.answer else "question"
    if _is_marked(mine):
        return "mark"
    if mine.answer:
        return "answer"
    return "" if now >= mine.meeting.starts_at else "late"
