"""Running the conference: open it, keep counts, see the agenda, close it, issue the conclusions."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings.actions import conclusions, roll_call
from meetings.models import AgendaItem, Meeting, MeetingState, start_times
from meetings.roll import roll_of
from meetings.views.office import prepared_by
from members.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def running(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    if request.method == "POST":
        try:
            messages.success(request, _act(request, meeting))
            return redirect("meetings:running", pk=meeting.pk)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    items = list(AgendaItem.objects.visible_to(request.user).filter(meeting=meeting))
    context = {
        "meeting": meeting,
        "roll": roll_of(meeting),
        "agenda": list(zip(start_times(items, meeting.opened_at or meeting.starts_at), items, strict=True)),
        "snapshots": meeting.quorum_snapshots.all(),
        "can_open": meeting.state == MeetingState.CONVENED,
        "in_session": meeting.state == MeetingState.IN_SESSION,
        "conclusions": meeting.conclusions.all(),
        "issue_refusal": conclusions.get_issue_refusal(meeting),
    }
    return render(request, "meetings/running.html", context)


def _act(request: SignedInRequest, meeting: Meeting) -> str:
    by, words = request.user, request.POST.get("words", "")
    match request.POST.get("act"):
        case "open":
            return roll_call.open_meeting(meeting, by=by, despite=words).sentence
        case "count":
            return roll_call.take_snapshot(meeting, by=by, occasion=words.strip() or "trong giờ họp").sentence
        case "close":
            roll_call.close_meeting(meeting, by=by)
            return "Hội nghị đã bế mạc."
        case "issue":
            return (
                f"Đã ban hành kết luận, giao {len(conclusions.issue_conclusions(meeting, by=by))} nhiệm vụ."
            )
        case _:
            raise ValidationError("Chưa hiểu nút vừa bấm.")
