"""The roll-call desk: type a few letters, Enter, the next one.

Every mark is a plain form; the desk's script sends the same entries one by one with a key of its
own, keeps them while the network is away, and asks every few seconds what other desks have marked.
"""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings.actions import roll_call
from meetings.finding import find, is_in_room
from meetings.forms.roll_call import EntryForm
from meetings.models import Attendance, AttendanceStatus, AttendeeRole, Meeting, Participant
from meetings.permissions import can_check_in, can_prepare
from meetings.roll import get_roll_call_refusal, last_entries, mark_on, people_of, roll_of
from meetings.views.office import refuse_administrator
from members.requests import SignedInRequest
from portal.unchanged import unless_unchanged

NOT_YOURS = "Chỉ Văn phòng và người được cử giúp mới điểm danh hội nghị này."
GROUPS = {"chinh-thuc": "Chính thức", "moi-du": "Mời dự", "chua-den": "Chưa đến", "vang": "Vắng"}


def desk_of(request: SignedInRequest, pk: int) -> Meeting:
    """The conference, for who sits at its roll-call desk; hidden is 404, seen by others is 403."""
    seen = Meeting.objects.with_desk_for(request.user)
    meeting = seen.select_related("kind", "body", "organization", "minutes").filter(pk=pk).first()
    if meeting is None:
        refuse_administrator(request, NOT_YOURS)
        raise Http404
    if not can_check_in(request.user, meeting):
        raise PermissionDenied(NOT_YOURS)
    return meeting


@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = desk_of(request, pk)
    people = people_of(meeting)
    typed = request.POST.get("tim", "")
    matches = find(people, typed)
    if request.method == "POST":
        try:
            if done := _pressed(request, meeting, people, matches):
                messages.success(request, done)
                return redirect(request.get_full_path())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    group = request.GET.get("nhom", "")
    group = group if group in GROUPS else "chinh-thuc"
    context = {
        "typed": typed,
        "matches": matches,
        "people": [(number, one, _is_in(one, group)) for number, one in enumerate(people, start=1)],
        "group": group,
        "refusal": get_roll_call_refusal(meeting),
        "statuses": list(AttendanceStatus),
        "prepares": can_prepare(request.user, meeting),
        **_board(meeting, people),
    }
    return render(request, "meetings/roll_call.html", context)


@require_POST
def entry(request: SignedInRequest, pk: int) -> HttpResponse:
    """One entry of the desk's script. Sending it again is harmless, so the script does when in doubt."""
    meeting = desk_of(request, pk)
    form = EntryForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"refused": "Chưa hiểu lượt ghi này."}, status=400)
    given = form.cleaned_data
    at = timezone.now() - datetime.timedelta(milliseconds=given["age"])
    try:
        if given["verb"] == "undo":
            roll_call.undo_entry(meeting, by=request.user, entry=given["undone"], at=at, key=given["key"])
            return JsonResponse({})
        person = Participant.objects.filter(meeting=meeting, pk=given["person"]).first()
        if person is None:
            return JsonResponse({"refused": "Không có đồng chí này trong danh sách."}, status=409)
        mark = _mark(request, person, given["verb"], given["words"], at=at, key=given["key"])
    except ValidationError as refused:
        return JsonResponse({"refused": " ".join(refused.messages)}, status=409)
    return JsonResponse({"person": _said(mark), "other": _other_word(mark, given["key"])})


@require_safe
def news(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands now, for all desks; 304 while nothing has changed."""
    meeting = desk_of(request, pk)
    people = people_of(meeting)
    board = _board(meeting, people)
    said = {one.pk: _said(mark_on(one)) for one in people}

    def answer() -> HttpResponse:
        return JsonResponse(
            {
                "people": said,
                "groups": board["groups"],
                "counter": render_to_string("meetings/parts/counter.html", board, request),
                "side": render_to_string("meetings/parts/roll_side.html", board, request),
            }
        )

    return unless_unchanged(request, said, board["latest"], board["roll"].quorum, render=answer)


def _pressed(
    request: SignedInRequest, meeting: Meeting, people: Sequence[Participant], matches: list[Participant]
) -> str:
    """Do what was pressed; the sentence for the screen, or "" when the letters fit nobody or several."""
    if undone := request.POST.get("undo"):
        number = roll_call.undo_entry(meeting, by=request.user, entry=_uuid(undone), key=uuid.uuid4())
        return f"Đã hoàn tác: {number} đồng chí trở lại như trước."
    verb, _, chosen = request.POST.get("mark", "").partition(":")
    waiting = [one for one in matches if not is_in_room(one)]
    if verb:
        person = next((one for one in people if str(one.pk) == chosen), None)
    else:
        person = waiting[0] if len(waiting) == 1 else None
    if person is None:
        return ""
    reason = request.POST.get("reason", "")
    mark = _mark(request, person, verb or "present", reason, at=timezone.now(), key=uuid.uuid4())
    return f"{person.full_name}: {mark.get_status_display().lower()}"


def _mark(
    request: SignedInRequest,
    person: Participant,
    verb: str,
    words: str,
    *,
    at: datetime.datetime,
    key: uuid.UUID,
) -> Attendance:
    entry: dict[str, Any] = {"by": request.user, "at": at, "key": key}
    match verb:
        case "present":
            return roll_call.mark_present(person, **entry)
        case "left":
            return roll_call.mark_left(person, **entry)
        case "excused":
            return roll_call.mark_excused(person, reason=words, **entry)
        case "absent":
            return roll_call.mark_absent(person, **entry)
        case "substitute":
            return roll_call.mark_substitute(person, name=words, **entry)
        case "clear":
            return roll_call.clear_mark(person, **entry)
        case _:
            raise ValidationError("Chưa hiểu nút vừa bấm.")


def _board(meeting: Meeting, people: Sequence[Participant]) -> dict[str, Any]:
    """What stands beside the list, on the page and in every answer to the script."""
    return {
        "meeting": meeting,
        "roll": roll_of(meeting, people),
        "latest": last_entries(people),
        "groups": {
            code: {"label": label, "number": sum(_is_in(one, code) for one in people)}
            for code, label in GROUPS.items()
        },
    }


def _is_in(person: Participant, group: str) -> bool:
    mark = mark_on(person)
    status = mark.status if mark else AttendanceStatus.NOT_ARRIVED
    match group:
        case "chua-den":
            return status == AttendanceStatus.NOT_ARRIVED
        case "vang":
            return status in (AttendanceStatus.EXCUSED, AttendanceStatus.ABSENT)
        case "moi-du":
            return person.role == AttendeeRole.INVITED
        case _:
            return person.role == AttendeeRole.OFFICIAL


def _said(mark: Attendance | None) -> list[str]:
    """Status, times and note of a person, as the script shows them in the row."""
    return [mark.status, mark.times, mark.note] if mark else [AttendanceStatus.NOT_ARRIVED.value, "", ""]


def _other_word(mark: Attendance, key: uuid.UUID) -> str:
    """When another entry stands in the place of this one: which, whose and of when."""
    if mark.pk is None or mark.entry == key or key in mark.spent:
        return ""
    at = timezone.localtime(mark.recorded_at)
    return (
        f"{mark.recorded_by.full_name} đã ghi lúc {at.hour} giờ {at.minute:02}:"
        f" {mark.get_status_display().lower()}."
    )


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError as error:
        raise ValidationError("Chưa hiểu lượt cần hoàn tác.") from error
