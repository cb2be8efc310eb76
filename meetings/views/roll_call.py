"""The roll-call desk: type a few letters, Enter, the next one. Every mark is a plain form."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings.actions import roll_call
from meetings.models import IN_ROOM, Meeting, Participant
from meetings.roll import get_roll_call_refusal, roll_of
from meetings.views.office import prepared_by
from members.requests import SignedInRequest
from portal.vietnamese import fold


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    words = fold(request.POST.get("tim", ""))
    people = _people(meeting)
    matches = [person for person in people if words and words in person.search_text]
    if request.method == "POST":
        try:
            if done := _act(request, meeting, people, matches):
                messages.success(request, done)
                return redirect("meetings:roll_call", pk=meeting.pk)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    context = {
        "meeting": meeting,
        "roll": roll_of(meeting),
        "words": request.POST.get("tim", ""),
        "matches": matches,
        "people": people,
        "refusal": get_roll_call_refusal(meeting),
    }
    return render(request, "meetings/roll_call.html", context)


def _people(meeting: Meeting) -> list[Participant]:
    everybody = Participant.objects.filter(meeting=meeting).taking_part().in_protocol_order()
    return list(everybody.select_related("attendance"))


def _act(
    request: SignedInRequest, meeting: Meeting, people: list[Participant], matches: list[Participant]
) -> str:
    """Do what was pressed; the sentence for the screen, or "" when the letters fit nobody or several."""
    verb, _, key = request.POST.get("mark", "").partition(":")
    if verb == "all":
        marked = roll_call.mark_all_present_except(meeting, by=request.user, missing=_missing(request))
        return f"Đã ghi có mặt {marked} đồng chí."
    if verb:
        person = next((one for one in people if str(one.pk) == key), None)
        return _mark(request, person, verb) if person else ""
    waiting = [one for one in matches if not _is_in_room(one)]
    return _mark(request, waiting[0], "present") if len(waiting) == 1 else ""


def _mark(request: SignedInRequest, person: Participant, verb: str) -> str:
    by, reason = request.user, request.POST.get("reason", "")
    match verb:
        case "present":
            marked = roll_call.mark_present(person, by=by)
        case "left":
            marked = roll_call.mark_left(person, by=by)
        case "excused":
            marked = roll_call.mark_excused(person, by=by, reason=reason)
        case "absent":
            marked = roll_call.mark_absent(person, by=by)
        case "clear":
            roll_call.clear_mark(person, by=by)
            return f"{person.full_name}: chưa điểm danh"
        case _:
            raise ValidationError("Chưa hiểu nút vừa bấm.")
    return f"{person.full_name}: {marked.get_status_display().lower()}"


def _missing(request: SignedInRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("missing") if key.isdecimal()]


def _is_in_room(person: Participant) -> bool:
    attendance = getattr(person, "attendance", None)
    return attendance is not None and attendance.status in IN_ROOM
