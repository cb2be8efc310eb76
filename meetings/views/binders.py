"""The papers of a conference as one PDF: asked for, waited for, taken; for each audience its own."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import binders as actions
from meetings.binding import content_of, is_open, is_stale
from meetings.models import AgendaAudience, Binder, Meeting
from meetings.permissions import agenda_audience
from meetings.views.office import attempt
from members.requests import SignedInRequest
from portal import files


@require_http_methods(["GET", "HEAD", "POST"])
def binder(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting, audience = _door(request, pk)
    if request.method == "POST":
        attempt(
            request,
            lambda: actions.ask_for_binder(meeting, audience, by=request.user),
            "Đang lập tập tài liệu. Đóng trang này cũng được, lập xong tập nằm ở đây.",
        )
        return redirect("meetings:binder", meeting.pk)
    return render(request, "meetings/binder.html", _standing(request, meeting, audience))


@require_safe
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The part of the page that changes while one waits."""
    meeting, audience = _door(request, pk)
    return render(request, "meetings/parts/binder.html", _standing(request, meeting, audience))


@require_safe
def binder_file(request: SignedInRequest, pk: int) -> FileResponse:
    meeting, audience = _door(request, pk)
    found = get_object_or_404(Binder.objects.visible_to(request.user), meeting=meeting, audience=audience)
    if not is_open(found):
        raise Http404("Tập tài liệu này cần lập lại.")
    response = files.serve(request, found.file, name=f"Tập tài liệu {meeting}.pdf", inline=True)
    if request.method == "GET":
        actions.record_readings(found, by=request.user)
    return response


def _door(request: SignedInRequest, pk: int) -> tuple[Meeting, AgendaAudience]:
    """The conference, and as whom this person reads its agenda."""
    seen = Meeting.objects.visible_to(request.user).select_related("organization", "chair")
    meeting = get_object_or_404(seen, pk=pk)
    own = meeting.participants.taking_part().of(request.user).first()
    return meeting, agenda_audience(request.user, meeting, own)


def _standing(request: SignedInRequest, meeting: Meeting, audience: AgendaAudience) -> dict[str, Any]:
    content = content_of(meeting, audience)
    found = Binder.objects.visible_to(request.user).filter(meeting=meeting, audience=audience).first()
    return {
        "meeting": meeting,
        "binder": found,
        "paper_count": len(content.papers),
        "is_open": found is not None and is_open(found),
        "is_stale": found is not None and bool(found.mark) and is_stale(found, content),
        "refusal": "" if content.papers else actions.NO_PAPERS,
    }
