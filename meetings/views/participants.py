"""The list of who takes part: made from the classes, mended person by person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings import lists
from meetings.actions import participants as actions
from meetings.actions.answers import record_answer
from meetings.forms.preparation import (
    AddMemberForm,
    GuestForm,
    PersonSearchForm,
    PhoneAnswerForm,
    ReasonForm,
    ReplaceForm,
)
from meetings.models import AnswerChannel, AnswerChoice, Meeting, MeetingState, Participant
from meetings.views.office import attempt, form_page, posted, prepared_by, refused, run
from members.requests import SignedInRequest

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def participant_list(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    search = PersonSearchForm(request.GET)
    asked = request.GET.get("tra-loi", "")
    narrowed = lists.Narrowed(asked) if asked in lists.Narrowed.values else None
    rows = lists.by_class(meeting, narrowed)
    counts = lists.totals(rows)
    refusal = actions.get_list_refusal(meeting)
    context = {
        "meeting": meeting,
        "lists": rows,
        "total": sum(row.total for row in rows),
        "unreached": counts[lists.Narrowed.UNREACHED],
        "narrowings": [(kind, counts[kind]) for kind in lists.Narrowed],
        "narrowed": narrowed,
        "differences": None if refusal else actions.differences(meeting),
        "search": search,
        "found": search.found(meeting, by=request.user),
        "refusal": refusal,
        "phone_refusal": meeting.get_answer_refusal(timezone.now()),
        "is_draft": meeting.state == MeetingState.DRAFT,
    }
    return render(request, "meetings/office/participants.html", context)


@require_POST
def expand(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    attempt(
        request,
        lambda: actions.expand_classes(meeting, by=request.user),
        "Đã lập danh sách theo chức vụ của ngày họp.",
    )
    return redirect(_page(meeting))


@require_POST
def add_member(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    form = AddMemberForm(request.POST, meeting=meeting, by=request.user)
    if form.is_valid():
        attempt(
            request,
            lambda: actions.add_member(meeting, by=request.user, **form.cleaned_data),
            "Đã thêm vào danh sách.",
        )
    return redirect(_page(meeting))


@get_or_post
def add_guest(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    if refusal := actions.get_list_refusal(meeting):
        return refused(request, meeting, refusal)
    return form_page(
        request,
        meeting=meeting,
        form=GuestForm(posted(request)),
        title="Thêm khách mời",
        button="Thêm khách",
        act=lambda given: actions.add_guest(meeting, by=request.user, **given),
        done="Đã thêm khách mời.",
        then=_page(meeting),
    )


@get_or_post
def remove(request: SignedInRequest, pk: int, participant_id: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    person = _person(meeting, participant_id)
    if refusal := actions.get_list_refusal(meeting):
        return refused(request, meeting, refusal)
    return form_page(
        request,
        meeting=meeting,
        form=ReasonForm(posted(request), initial={"reason": request.GET.get("ly-do", "")}),
        title=f"Rút tên đồng chí {person.full_name}",
        button="Rút tên" + (" và báo đồng chí đó" if meeting.convened_at else ""),
        act=lambda given: actions.remove_participant(person, by=request.user, **given),
        done="Đã rút tên.",
        then=_page(meeting),
        is_stop=True,
    )


@get_or_post
def replace(request: SignedInRequest, pk: int, participant_id: int) -> HttpResponse:
    """Another comrade instead of this one, for good; both are told."""
    meeting = prepared_by(request, pk)
    person = _person(meeting, participant_id)
    if refusal := actions.get_list_refusal(meeting) or actions.get_replacement_refusal(person):
        return refused(request, meeting, refusal)
    search = PersonSearchForm(request.GET)
    found = search.found(meeting, by=request.user)
    form = ReplaceForm(posted(request), found=found)
    if form.is_bound and form.is_valid():
        done = run(form, lambda given: actions.replace_participant(person, by=request.user, **given))
        if done:
            messages.success(request, f"Đã thay đồng chí {person.full_name}.")
            return redirect(_page(meeting))
    context = {"meeting": meeting, "person": person, "search": search, "found": found, "form": form}
    return render(request, "meetings/office/replace.html", context)


@get_or_post
def phone_answer(request: SignedInRequest, pk: int, participant_id: int) -> HttpResponse:
    """What a person said on the telephone; kept with the name of who wrote it down (P42)."""
    meeting = prepared_by(request, pk)
    person = _person(meeting, participant_id)
    return form_page(
        request,
        meeting=meeting,
        form=PhoneAnswerForm(posted(request), person=person, initial={"version": meeting.version}),
        title=f"Ghi trả lời của đồng chí {person.full_name}",
        button="Ghi trả lời",
        act=lambda given: record_answer(
            person,
            choice=AnswerChoice(given["choice"]),
            reason=given["reason"],
            substitute=given.get("substitute", ""),
            version=given["version"],
            channel=AnswerChannel.PHONE,
            by=request.user,
        ),
        done="Đã ghi trả lời qua điện thoại.",
        then=_page(meeting),
    )


def _person(meeting: Meeting, participant_id: int) -> Participant:
    return get_object_or_404(meeting.participants.taking_part(), pk=participant_id)


def _page(meeting: Meeting) -> str:
    return reverse("meetings:participants", args=[meeting.pk])
