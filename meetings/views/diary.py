"""The leaders' diary: a line is written, changed, put off and called off by the office."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetings.actions import schedule as actions
from meetings.forms.preparation import ReasonForm
from meetings.forms.schedule import DayForm, EntryForm
from meetings.models import ScheduleEntry, WeeklySchedule
from meetings.views.office import form_page, posted, run
from meetings.views.schedule import office_only
from members.requests import SignedInRequest
from portal.dates import Week

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def add(request: SignedInRequest) -> HttpResponse:
    office_only(request)
    day = DayForm(request.GET).day or timezone.localdate()
    form = EntryForm(posted(request), day=day, initial={"date": day, "half": "morning"})
    return _entry_page(
        request,
        form,
        day=day,
        heading="Ghi việc vào lịch công tác",
        act=lambda plan: actions.add_entry(by=request.user, **plan),
    )


@get_or_post
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    office_only(request)
    entry = _entry(request, pk)
    if refusal := actions.get_change_refusal(entry):
        return _refused(request, entry, refusal)
    # The form fills an instance of its own: the row changes in the action alone.
    form = EntryForm(posted(request), day=entry.date, instance=_entry(request, pk))
    return _entry_page(
        request,
        form,
        day=entry.date,
        heading="Sửa việc trong lịch công tác",
        entry=entry,
        act=lambda plan: actions.change_entry(entry, by=request.user, **plan),
    )


@get_or_post
def postpone(request: SignedInRequest, pk: int) -> HttpResponse:
    return _stop(request, pk, actions.postpone_entry, "Hoãn")


@get_or_post
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    return _stop(request, pk, actions.cancel_entry, "Hủy")


def _entry_page(
    request: SignedInRequest,
    form: EntryForm,
    *,
    day: datetime.date,
    heading: str,
    act: Callable[[dict[str, Any]], Any],
    entry: ScheduleEntry | None = None,
) -> HttpResponse:
    if form.is_bound and form.is_valid() and not form.find_clashes() and run(form, lambda _: act(form.plan)):
        messages.success(request, "Đã ghi lịch công tác.")
        return redirect("meetings:week_of", Week.of(form.cleaned_data["date"]))
    context = {
        "form": form,
        "heading": heading,
        "entry": entry,
        "week": Week.of(day),
        "is_published": WeeklySchedule.objects.of(Week.of(day)).exists(),
    }
    return render(request, "meetings/office/entry.html", context)


def _stop(request: SignedInRequest, pk: int, act: Callable[..., Any], verb: str) -> HttpResponse:
    office_only(request)
    entry = _entry(request, pk)
    if refusal := actions.get_stop_refusal(entry):
        return _refused(request, entry, refusal)
    week = reverse("meetings:week_of", args=[entry.week])
    return form_page(
        request,
        meeting=None,
        form=ReasonForm(posted(request)),
        title=f"{verb}: {entry.content}",
        button=f"{verb} việc này",
        act=lambda given: act(entry, by=request.user, **given),
        done=f"Đã {verb.lower()}.",
        then=week,
        back=week,
        is_stop=True,
    )


def _entry(request: SignedInRequest, pk: int) -> ScheduleEntry:
    return get_object_or_404(ScheduleEntry.objects.visible_to(request.user), pk=pk)


def _refused(request: SignedInRequest, entry: ScheduleEntry, sentence: str) -> HttpResponse:
    """409: the line's state does not allow it, in the words of the action."""
    context = {"entry": entry, "week": entry.week, "sentence": sentence}
    return render(request, "meetings/office/entry_refused.html", context, status=409)
