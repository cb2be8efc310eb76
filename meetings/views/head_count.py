"""The live head count: for the desk, the chair, and the screen on the wall. Counts, and nobody's name."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.models import Meeting
from meetings.permissions import can_check_in, can_follow
from meetings.roll import roll_of
from meetings.views.office import refuse_administrator
from members.requests import SignedInRequest
from portal.unchanged import unless_unchanged

NOT_YOURS = "Chỉ Văn phòng, người chủ trì và bàn điểm danh theo dõi số có mặt."


@require_safe
def head_count(request: SignedInRequest, pk: int) -> HttpResponse:
    """The counter alone, for the script that keeps it fresh; 304 while it is what it was."""
    return _counted(request, pk, "meetings/parts/counter.html")


@require_safe
def screen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Large, to be read from ten metres."""
    return _counted(request, pk, "meetings/head_count_screen.html")


def followed_by(request: SignedInRequest, pk: int) -> Meeting:
    seen = Meeting.objects.with_desk_for(request.user)
    meeting = seen.select_related("kind", "body", "organization", "chair").filter(pk=pk).first()
    if meeting is None:
        refuse_administrator(request, NOT_YOURS)
        raise Http404
    if not (can_follow(request.user, meeting) or can_check_in(request.user, meeting)):
        raise PermissionDenied(NOT_YOURS)
    return meeting


def _counted(request: SignedInRequest, pk: int, template: str) -> HttpResponse:
    meeting = followed_by(request, pk)
    roll = roll_of(meeting)
    context = {"meeting": meeting, "roll": roll}
    return unless_unchanged(
        request,
        roll.quorum,
        meeting.title,
        meeting.state,
        render=lambda: render(request, template, context),
    )
