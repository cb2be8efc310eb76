"""Two plain pages beside the roll-call desk: one mark with its times, and everybody except a few."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from meetings.actions import roll_call
from meetings.forms.roll_call import AllPresentForm, CorrectionForm
from meetings.models import Participant
from meetings.roll import get_roll_call_refusal
from meetings.views.roll_call import desk_of
from members.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, pk: int, person_id: int) -> HttpResponse:
    """One person's mark with all its times, also for absences without a script."""
    meeting = desk_of(request, pk)
    people = Participant.objects.filter(meeting=meeting).taking_part().select_related("attendance")
    person = get_object_or_404(people, pk=person_id)
    form = CorrectionForm(request.POST if request.method == "POST" else None, person=person, meeting=meeting)
    refusal = get_roll_call_refusal(meeting)
    if request.method == "POST" and form.is_valid():
        try:
            roll_call.correct_mark(person, by=request.user, **form.said())
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã ghi lại điểm danh của đồng chí {person.full_name}.")
            return redirect("meetings:roll_call", pk=meeting.pk)
    context = {"meeting": meeting, "person": person, "form": form, "refusal": refusal}
    return render(request, "meetings/roll_correct.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def all_present(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody not marked yet is present, except the few ticked here."""
    meeting = desk_of(request, pk)
    form = AllPresentForm(request.POST if request.method == "POST" else None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        missing = [person.pk for person in form.cleaned_data["missing"]]
        try:
            marked = roll_call.mark_all_present_except(
                meeting, by=request.user, missing=missing, key=uuid.uuid4()
            )
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đã ghi có mặt {marked} đồng chí.")
            return redirect("meetings:roll_call", pk=meeting.pk)
    context = {
        "meeting": meeting,
        "form": form,
        "refusal": get_roll_call_refusal(meeting),
        "waiting": form.fields["missing"].queryset.count(),  # type: ignore[attr-defined]
    }
    return render(request, "meetings/roll_all.html", context, status=409 if form.errors else 200)
