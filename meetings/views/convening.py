"""Convening: what lacks, who will be told, and what became of the letters."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from meetings import notices
from meetings.actions import convening as actions
from meetings.actions import gate, letters
from meetings.actions.participants import differences
from meetings.forms.preparation import ConveneForm
from meetings.models import Meeting, MeetingState, Participant
from meetings.views.office import attempt, posted, prepared_by, refused, run
from members.requests import SignedInRequest
from portal import outbox
from portal.models import Notice


@require_http_methods(["GET", "HEAD", "POST"])
def convene(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    now = timezone.now()
    is_draft = meeting.state == MeetingState.DRAFT
    checks = gate.checklist(meeting, now, by=request.user) if is_draft else []
    refusal = gate.get_convening_refusal(checks, meeting)
    form = ConveneForm(
        posted(request),
        has_unreached=bool(actions.without_address(meeting)),
        has_warnings=bool(gate.to_override(checks)),
    )
    if form.is_bound and form.is_valid():
        if not refusal and run(
            form, lambda given: actions.convene_meeting(meeting, by=request.user, **given)
        ):
            return redirect(_page(meeting))
        # As it stands now: another click may have been quicker than this one.
        now_standing = prepared_by(request, pk)
        if refusal := gate.get_convening_refusal(
            gate.checklist(now_standing, now, by=request.user), now_standing
        ):
            return refused(request, meeting, refusal)
    people = meeting.participants.taking_part().select_related("member__user").in_protocol_order()
    context = {
        "meeting": meeting,
        "form": form,
        "is_draft": is_draft,
        "checklist": checks,
        "refusal": refusal,
        "preview": outbox.preview(letters.recipient(person) for person in people) if is_draft else None,
        "forecast": gate.forecast(meeting) if meeting.state == MeetingState.CONVENED else None,
        "sample": _sample(meeting, people.first()) if is_draft else None,
        "differences": differences(meeting) if is_draft else None,
        "withdrawal_refusal": actions.get_withdrawal_refusal(meeting, now),
        "reminder_refusal": actions.get_reminder_refusal(meeting, now),
        "hold": outbox.usual_hold(),
        "silent": None if is_draft else actions.silent_counts(meeting),
    }
    return render(request, "meetings/office/convene.html", context)


@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    attempt(
        request,
        lambda: actions.withdraw_convening(meeting, by=request.user),
        "Đã rút lại giấy mời, chưa ai nhận được. Hội nghị trở lại đang chuẩn bị.",
    )
    return redirect(_page(meeting))


@require_POST
def remind(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    attempt(
        request,
        lambda: actions.remind_silent(meeting, by=request.user),
        "Đã gửi nhắc những người chưa trả lời.",
    )
    return redirect(_page(meeting))


def _sample(meeting: Meeting, person: Participant | None) -> outbox.Letter | None:
    """The letter as the first on the list will get it, with a link that answers nothing."""
    if person is None:
        return None
    notice = Notice(
        about_id=meeting.pk,
        version=meeting.version,
        url=meeting.get_absolute_url(),
        context=letters.facts(meeting),
        posted_at=timezone.now(),
    )
    own_link = "(mỗi người nhận một đường dẫn riêng)"
    return notices.Convened().letter(notice, person, address=person.address, answer_url=own_link)


def _page(meeting: Meeting) -> str:
    return reverse("meetings:convene", args=[meeting.pk])
