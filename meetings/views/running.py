"""Running the conference: open it, keep counts, see the agenda, close it, issue the conclusions."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from meetings.actions import conclusions, roll_call
from meetings.models import AgendaItem, ItemKind, Meeting, MeetingState, Minutes, start_times
from meetings.permissions import can_follow, can_prepare, can_write_minutes
from meetings.roll import majority_of, roll_of
from meetings.views.head_count import followed_by
from members.requests import SignedInRequest

NOT_YOURS = "Chỉ Văn phòng hoặc người phụ trách tổ chức điều hành hội nghị này."


@require_http_methods(["GET", "HEAD", "POST"])
def running(request: SignedInRequest, pk: int) -> HttpResponse:
    """The chair follows the conference here and presses nothing: whoever prepares it does."""
    meeting = followed_by(request, pk)
    if not can_follow(request.user, meeting):
        raise PermissionDenied(NOT_YOURS)
    runs = can_prepare(request.user, meeting)
    if request.method == "POST":
        if not runs:
            raise PermissionDenied(NOT_YOURS)
        try:
            messages.success(request, _act(request, meeting))
            return redirect("meetings:running", pk=meeting.pk)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    items = list(AgendaItem.objects.visible_to(request.user).filter(meeting=meeting))
    context = {
        "meeting": meeting,
        "roll": roll_of(meeting),
        "majority": majority_of(meeting),
        "agenda": list(zip(start_times(items, meeting.opened_at or meeting.starts_at), items, strict=True)),
        "snapshots": meeting.quorum_snapshots.all(),
        "runs": runs,
        "opens_minutes": can_write_minutes(request.user, meeting)
        or Minutes.objects.visible_to(request.user).filter(meeting=meeting).exists(),
        "can_open": runs and meeting.state == MeetingState.CONVENED,
        "in_session": runs and meeting.state == MeetingState.IN_SESSION,
        "undecided": roll_call.get_undecided_warning(meeting) if runs else "",
        "vote": ItemKind.VOTE,
        "conclusions": meeting.conclusions.all(),
        "issue_refusal": conclusions.get_issue_refusal(meeting) if runs else None,
    }
    return render(request, "meetings/running.html", context)


def _act(request: SignedInRequest, meeting: Meeting) -> str:
    by, words = request.user, request.POST.get("words", "")
    verb, _, key = request.POST.get("act", "").partition(":")
    match verb:
        case "open":
            return roll_call.open_meeting(meeting, by=by, despite=words).sentence
        case "count":
            return roll_call.take_snapshot(meeting, by=by, occasion=words).sentence
        case "vote":
            items = AgendaItem.objects.visible_to(by).filter(meeting=meeting)
            item = get_object_or_404(items, pk=key if key.isdecimal() else 0)
            return roll_call.take_snapshot(meeting, by=by, item=item).sentence
        case "close":
            roll_call.close_meeting(meeting, by=by, despite=words)
            return "Hội nghị đã bế mạc."
        case "issue":
            return (
                f"Đã ban hành kết luận, giao {len(conclusions.issue_conclusions(meeting, by=by))} nhiệm vụ."
            )
        case _:
            raise ValidationError("Chưa hiểu nút vừa bấm.")
