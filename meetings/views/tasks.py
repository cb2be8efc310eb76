"""The tasks one answers for, and how far one of them has come."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions.extensions import ask_extension, grant_extension, refuse_extension
from meetings.actions.tasks import REPORTED_IN, UNDER_WAY, close_task, report_on_task, return_task
from meetings.forms.tasks import DueFilter, ExtensionAnswerForm, ExtensionForm, TaskReportForm, TaskReturnForm
from meetings.models import (
    AgendaAudience,
    AgendaItem,
    ItemKind,
    Meeting,
    Task,
    TaskExtension,
    TaskReport,
    TaskState,
)
from meetings.permissions import (
    agenda_audience,
    can_close_task,
    can_report_on_task,
    can_see_punctuality,
)
from meetings.punctuality import ON_TIME, punctuality, tasks_due
from meetings.views.office import run
from members.models import PartyOrganization, User
from members.requests import SignedInRequest
from portal import files
from portal.filters import filters_of

PAGE = 50


@require_safe
def task_list(request: SignedInRequest) -> HttpResponse:
    """Open ones by deadline, so the overdue stand first; the finished behind a link."""
    shows_all = request.GET.get("xem") == "tat-ca"
    tasks = Task.objects.visible_to(request.user).select_related("lead_organization").by_deadline()
    rows = list((tasks if shows_all else tasks.open())[: PAGE + 1])
    context = {"tasks": rows[:PAGE], "is_cut": len(rows) > PAGE, "shows_all": shows_all}
    return render(request, "meetings/tasks.html", context)


@require_safe
def due(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tasks behind "8 of 10 on time" of an organisation in a period; the present year unless asked."""
    user, today = request.user, timezone.localdate()
    organization = get_object_or_404(PartyOrganization.objects.visible_to(user), pk=pk)
    if not can_see_punctuality(user, organization):
        raise PermissionDenied("Chỉ cấp ủy quản lý tổ chức và Văn phòng xem được kết quả này.")
    usual = {"tu": datetime.date(today.year, 1, 1), "den": today}
    form = DueFilter(request.GET if request.GET else None, initial=usual)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else usual
    found = tasks_due(organization, asked["tu"], asked["den"], user=user, today=today)
    counted, rows = punctuality(found), found
    if seen := asked.get("xem"):
        rows = found.filter(ON_TIME) if seen == "dung" else found.exclude(ON_TIME)
    if after := asked.get("after"):
        day, _, last = after.partition(".")
        rows = rows.filter(Q(deadline__gt=day) | Q(deadline=day, pk__gt=last))
    shown = list(rows.select_related("lead_organization").by_deadline()[: PAGE + 1])
    more = shown[PAGE - 1] if len(shown) > PAGE else None
    pairs = filters_of(request, ("tu", "den", "xem"))
    context = {
        "organization": organization,
        "form": form,
        "counted": counted,
        "tasks": shown[:PAGE],
        "next": f"?{urlencode(pairs | {'after': f'{more.deadline:%Y-%m-%d}.{more.pk}'})}" if more else "",
    }
    return render(request, "meetings/tasks_due.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far a task has come; each button of the page is one act, with a form of its own or none."""
    seen = Task.objects.visible_to(request.user).select_related(
        "lead_organization", "conclusion__meeting", "assignee"
    )
    task = get_object_or_404(seen, pk=pk)
    may_report = can_report_on_task(request.user, task)
    may_close = can_close_task(request.user)
    bound: dict[str, forms.Form] = {}
    if request.method == "POST":
        act = request.POST.get("act", "report")
        if act not in ACTS or not (may_close if act in ACTS_OF_OFFICE else may_report):
            raise PermissionDenied("Chỉ cơ quan chủ trì báo cáo và Văn phòng xác nhận nhiệm vụ này.")
        form = ACTS[act].form(request.POST, request.FILES)
        bound = {ACTS[act].form.__name__: form}
        if form.is_valid() and run(form, lambda given: ACTS[act].do(task, request.user, given)):
            messages.success(request, ACTS[act].done)
            return redirect(task)
    waiting = task.extensions.filter(is_granted=None).select_related("asked_by").first()
    context = {
        "task": task,
        "reports": task.reports.select_related("reported_by"),
        "supporting": task.supporting_organizations.all(),
        "extensions": task.extensions.exclude(is_granted=None).select_related("asked_by", "decided_by"),
        "waiting": waiting,
        "report": _form(TaskReportForm, bound) if may_report and task.state in REPORTED_IN else None,
        "more_time": _form(ExtensionForm, bound) if may_report and task.state in UNDER_WAY else None,
        "answer": _form(ExtensionAnswerForm, bound) if may_close and waiting else None,
        "back": _form(TaskReturnForm, bound),
        "can_close": may_close and task.state == TaskState.REPORTED,
    }
    for form in bound.values():
        if form not in context.values():
            messages.error(request, " ".join(map(str, form.non_field_errors())))
    return render(request, "meetings/task.html", context)


@require_safe
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the item "rà soát" looks at. The committee sees all that it handed out; guests their own."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    mine = meeting.participants.taking_part().of(request.user).first()
    audience = agenda_audience(request.user, meeting, mine)
    get_object_or_404(AgendaItem.objects.read_by(audience), meeting=meeting, kind=ItemKind.REVIEW)
    tasks, own = Task.objects.reviewed_at(meeting), Task.objects.visible_to(request.user)
    if audience == AgendaAudience.INVITED:
        tasks = tasks.filter(pk__in=own.values("pk"))
    seen = set(own.filter(pk__in=tasks.values("pk")).values_list("pk", flat=True))
    rows = list(tasks.select_related("lead_organization", "conclusion__meeting").by_deadline())
    context = {"meeting": meeting, "tasks": [(task, task.pk in seen) for task in rows]}
    return render(request, "meetings/review.html", context)


@require_safe
def evidence(request: SignedInRequest, pk: int) -> FileResponse:
    """The file handed in with a report, for who sees the task."""
    report = get_object_or_404(TaskReport.objects.visible_to(request.user), pk=pk)
    if not report.file:
        raise Http404
    return files.serve(request, report.file, name=report.name, inline=True)


@dataclass(frozen=True)
class Act:
    """A button of the page: the form it sends, what it does, and the sentence afterwards."""

    form: type[forms.Form]
    do: Callable[[Task, User, dict[str, Any]], object]
    done: str


def _waiting(task: Task) -> TaskExtension:
    found = task.extensions.filter(is_granted=None).first()
    if found is None:
        raise ValidationError("Không còn đề nghị gia hạn nào chờ trả lời.")
    return found


ACTS_OF_OFFICE = ("close", "return", "grant", "refuse")
ACTS = {
    "report": Act(
        TaskReportForm,
        lambda task, by, given: report_on_task(task, by=by, **given),
        "Đã ghi báo cáo tiến độ.",
    ),
    "extend": Act(
        ExtensionForm,
        lambda task, by, given: ask_extension(task, by=by, **given),
        "Đã gửi đề nghị gia hạn tới Văn phòng.",
    ),
    "close": Act(
        forms.Form,
        lambda task, by, given: close_task(task, done_on=timezone.localdate(), by=by),
        "Đã xác nhận hoàn thành.",
    ),
    "return": Act(
        TaskReturnForm,
        lambda task, by, given: return_task(task, by=by, **given),
        "Đã trả lại để làm tiếp.",
    ),
    "grant": Act(
        ExtensionAnswerForm,
        lambda task, by, given: grant_extension(_waiting(task), by=by, **given),
        "Đã cho gia hạn. Cơ quan chủ trì được báo hạn mới.",
    ),
    "refuse": Act(
        ExtensionAnswerForm,
        lambda task, by, given: refuse_extension(_waiting(task), by=by, **given),
        "Đã trả lời không gia hạn. Cơ quan chủ trì được báo.",
    ),
}


def _form(form: type[forms.Form], bound: dict[str, forms.Form]) -> forms.Form:
    """As it was sent, with what is wrong in it; else empty."""
    return bound.get(form.__name__) or form()
