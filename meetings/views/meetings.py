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
from meetings.forms.preparation import bodies_for
from meetings.models import Meeting
from meetings.models.meetings import MeetingQuerySet
from meetings.own_part import OwnPart, may_read_minutes, own_part
from meetings.permissions import agenda_audience, can_prepare, can_see_answers
from members.models import User
from members.requests import SignedInRequest
from portal.postgresql.plans import keeping_plans

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
        "can_create": bodies_for(request.user).exists(),
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
    is_over, refusal = meeting.is_over(now), meeting.get_answer_refusal(now)
    own = own_part(meeting, user, is_over=is_over)
    audience = agenda_audience(user, meeting, own.place)
    return {
        "meeting": meeting,
        "agenda": pieces.agenda(meeting, audience, is_over=is_over),
        "roster": pieces.roster(meeting, with_answers=can_see_answers(user, meeting), is_over=is_over),
        "has_minutes": may_read_minutes(user, meeting, own.place),
        "mine": own.place,
        "own_part": own.html,
        "panel": _panel(own, refusal, now),
        "is_over": is_over,
        "form": form or AnswerForm(initial={"version": meeting.version}),
        "answer_refusal": refusal,
        "can_prepare": can_prepare(user, meeting),
    }


def _panel(own: OwnPart, refusal: str | None, now: datetime.datetime) -> str:
    """What stands beside time and place: the question, the answer given, the roll call, or nothing."""
    if own.place is None or own.place.meeting.is_stopped:
        return ""
    if refusal is None:
        return "answer" if own.place.answer else "question"
    if own.is_marked:
        return "mark"
    if own.place.answer:
        return "answer"
    return "" if now >= own.place.meeting.starts_at else "late"
