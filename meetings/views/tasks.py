"""The tasks one answers for, and how far one of them has come."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions.tasks import close_task, report_on_task, return_task
from meetings.forms.tasks import TaskReportForm, TaskReturnForm
from meetings.models import Task, TaskState
from meetings.permissions import can_close_task, can_report_on_task
from members.requests import SignedInRequest

PAGE = 50


@require_safe
def task_list(request: SignedInRequest) -> HttpResponse:
    """Open ones by deadline, so the overdue stand first; the finished behind a link."""
    shows_all = request.GET.get("xem") == "tat-ca"
    tasks = Task.objects.visible_to(request.user).select_related("lead_organization").by_deadline()
    rows = list((tasks if shows_all else tasks.open())[: PAGE + 1])
    context = {"tasks": rows[:PAGE], "is_cut": len(rows) > PAGE, "shows_all": shows_all}
    return render(request, "meetings/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: SignedInRequest, pk: int) -> HttpResponse:
    seen = Task.objects.visible_to(request.user).select_related(
        "lead_organization", "conclusion__meeting", "assignee"
    )
    task = get_object_or_404(seen, pk=pk)
    may_report = can_report_on_task(request.user, task)
    may_close = can_close_task(request.user)
    report, back = TaskReportForm(), TaskReturnForm()
    if request.method == "POST":
        act = request.POST.get("act", "report")
        if not (may_close if act in ("close", "return") else may_report):
            raise PermissionDenied("Chỉ cơ quan chủ trì báo cáo và Văn phòng xác nhận nhiệm vụ này.")
        report = TaskReportForm(request.POST if act == "report" else None)
        back = TaskReturnForm(request.POST if act == "return" else None)
        try:
            if done := _act(request, task, act, report, back):
                messages.success(request, done)
                return redirect(task)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    context = {
        "task": task,
        "reports": task.reports.select_related("reported_by"),
        "supporting": task.supporting_organizations.all(),
        "report": report if may_report and task.state not in (TaskState.DONE, TaskState.PAUSED) else None,
        "back": back,
        "can_close": may_close and task.state == TaskState.REPORTED,
    }
    return render(request, "meetings/task.html", context)


def _act(request: SignedInRequest, task: Task, act: str, report: TaskReportForm, back: TaskReturnForm) -> str:
    """Do what the button says; the sentence for the person, or "" while the form has errors."""
    if act == "close":
        close_task(task, done_on=timezone.localdate(), by=request.user)
        return "Đã xác nhận hoàn thành."
    if act == "return" and back.is_valid():
        return_task(task, reason=back.cleaned_data["reason"], by=request.user)
        return "Đã trả lại để làm tiếp."
    if act == "report" and report.is_valid():
        given = report.cleaned_data
        report_on_task(task, text=given["text"], is_finished=given["is_finished"], by=request.user)
        return "Đã ghi báo cáo tiến độ."
    return ""
