"""Setting a conference up, correcting it, moving it, putting it off and calling it off."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from meetings.actions import meetings
from meetings.forms.preparation import CorrectForm, CreateForm, ReasonForm, TimeAndPlaceForm, bodies_for
from meetings.models import Meeting, MeetingState
from meetings.views.office import clash_key, clashes_typed, form_page, posted, prepared_by, refused
from members.requests import SignedInRequest

NOT_A_PREPARER = "Chỉ Văn phòng hoặc người phụ trách tổ chức lập được hội nghị."

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def create(request: SignedInRequest) -> HttpResponse:
    if not bodies_for(request.user).exists():
        raise PermissionDenied(NOT_A_PREPARER)
    initial = {
        "program_item": request.GET.get("viec"),
        "kind": request.GET.get("loai"),
        "body": request.GET.get("cua"),
        "minute_taker": request.user.pk,
    }
    form = CreateForm(posted(request), user=request.user, initial=initial)
    if form.is_bound and form.has_error("body", "invalid_choice"):
        raise PermissionDenied("Đồng chí không lập hội nghị cho tổ chức này.")
    made: list[Meeting] = []

    def act(given: dict[str, Any]) -> None:
        made.append(meetings.create_meeting(by=request.user, **given))

    response = form_page(
        request,
        meeting=None,
        form=form,
        title="Lập hội nghị",
        button="Lập hội nghị",
        act=act,
        done="Đã lập hội nghị. Tiếp theo: chương trình, thành phần, rồi triệu tập.",
        then="meetings:list",
        warns_of_clashes=True,
    )
    return redirect(made[0]) if made else response


@require_POST
def clashes(request: SignedInRequest) -> HttpResponse:
    """The warnings alone, for the form that is being typed; nothing is written."""
    number = request.POST.get("hop", "")
    meeting = prepared_by(request, int(number)) if number.isdecimal() else None
    if meeting is None and not bodies_for(request.user).exists():
        raise PermissionDenied(NOT_A_PREPARER)
    found = clashes_typed(request, meeting)
    context = {"clashes": found, "clash_key": clash_key(found)}
    return render(request, "meetings/office/clashes.html", context)


@get_or_post
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    if refusal := meetings.get_edit_refusal(meeting):
        return refused(request, meeting, refusal)
    # The form fills an instance of its own: the row changes in the action alone.
    form = CorrectForm(posted(request), user=request.user, instance=Meeting.objects.get(pk=meeting.pk))
    return form_page(
        request,
        meeting=meeting,
        form=form,
        title="Sửa hội nghị",
        button="Lưu",
        act=lambda given: meetings.correct_meeting(meeting, by=request.user, **given),
        done="Đã lưu. Câu trả lời của mọi người còn nguyên.",
        then=meeting.get_absolute_url(),
        warns_of_clashes=True,
    )


@get_or_post
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    if refusal := meetings.get_edit_refusal(meeting):
        return refused(request, meeting, refusal)
    initial = {name: getattr(meeting, name) for name in ("starts_at", "ends_at", "venue", "answer_by")}
    told = meeting.state != MeetingState.DRAFT
    return form_page(
        request,
        meeting=meeting,
        form=TimeAndPlaceForm(posted(request), initial=initial),
        title="Đổi thời gian, địa điểm",
        button="Đổi lịch và báo mọi người" if told else "Lưu",
        act=lambda given: meetings.move_meeting(meeting, by=request.user, **given),
        done="Đã đổi lịch.",
        then=meeting.get_absolute_url(),
        warning="Mọi câu trả lời đã có sẽ hết hiệu lực, mỗi người được báo một lần." if told else "",
        warns_of_clashes=True,
    )


@get_or_post
def postpone(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    if refusal := meetings.get_postpone_refusal(meeting):
        return refused(request, meeting, refusal)
    return form_page(
        request,
        meeting=meeting,
        form=ReasonForm(posted(request)),
        title="Hoãn hội nghị",
        button=f"Hoãn hội nghị và báo {meeting.participants.taking_part().count()} người",
        act=lambda given: meetings.postpone_meeting(meeting, by=request.user, **given),
        done="Đã hoãn hội nghị.",
        then=meeting.get_absolute_url(),
        is_stop=True,
    )


@get_or_post
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    if refusal := meetings.get_cancel_refusal(meeting):
        return refused(request, meeting, refusal)
    told = f" và báo {meeting.participants.taking_part().count()} người" if meeting.convened_at else ""
    return form_page(
        request,
        meeting=meeting,
        form=ReasonForm(posted(request)),
        title="Hủy hội nghị",
        button=f"Hủy hội nghị{told}",
        act=lambda given: meetings.cancel_meeting(meeting, by=request.user, **given),
        done="Đã hủy hội nghị.",
        then=meeting.get_absolute_url(),
        is_stop=True,
    )
