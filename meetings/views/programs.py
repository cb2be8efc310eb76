"""The annual work programme: what is done, what is due, what is late."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.models import Meeting, MeetingState, WorkProgram, WorkProgramItem
from members.requests import SignedInRequest
from members.roles import Role

DONE = (MeetingState.MINUTES, MeetingState.FINAL)


@dataclass(frozen=True)
class Row:
    item: WorkProgramItem
    meeting: Meeting | None
    state: str
    tone: str


@require_safe
def programs(request: SignedInRequest) -> HttpResponse:
    if not request.user.has_role(Role.OFFICE, Role.SECRETARY):
        raise PermissionDenied("Chương trình công tác dành cho Văn phòng và người phụ trách tổ chức.")
    today = timezone.localdate()
    seen = WorkProgram.objects.visible_to(request.user)
    years = list(seen.order_by("-year").values_list("year", flat=True).distinct())
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else (years[0] if years else today.year)
    meetings = Prefetch(
        "meetings",
        Meeting.objects.visible_to(request.user).exclude(state=MeetingState.CANCELLED),
        to_attr="live_meetings",
    )
    items = WorkProgramItem.objects.select_related("preparing_body", "meeting_kind").prefetch_related(
        meetings
    )
    found = seen.filter(year=year).select_related("body").prefetch_related(Prefetch("items", items))
    now = (today.year, today.month)
    listed = [(program, [_row(program, item, now) for item in program.items.all()]) for program in found]
    return render(
        request, "meetings/office/programs.html", {"programs": listed, "year": year, "years": years}
    )


def _row(program: WorkProgram, item: WorkProgramItem, now: tuple[int, int]) -> Row:
    meeting: Meeting | None = next(iter(item.live_meetings), None)  # type: ignore[attr-defined]
    month = (program.year, item.month)
    if meeting and meeting.state in DONE:
        return Row(item, meeting, "Đã họp", "good")
    if meeting:
        return Row(item, meeting, meeting.get_state_display(), "info")
    if month < now:
        return Row(item, None, "Quá tháng, chưa lập hội nghị", "bad")
    return Row(item, None, "Đến tháng" if month == now else "Chưa đến tháng", "wait" if month == now else "")
