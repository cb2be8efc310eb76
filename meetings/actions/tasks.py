"""Tasks: made from a conclusion, reported on by those charged, closed or sent back by the office."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from meetings.actions import desk_letters
from meetings.actions.conclusions import change_conclusion
from meetings.models import Conclusion, ConclusionKind, Task, TaskReport, TaskState
from members.models import PartyMember, PartyOrganization, User
from portal import audit
from portal.files import nothing_left_behind
from portal.vietnamese import nfc

UNDER_WAY = (TaskState.NOT_STARTED, TaskState.IN_PROGRESS)
REPORTED_IN = (*UNDER_WAY, TaskState.EXTENSION)
FINISHED_FIRST = "Đã báo xong trước khi có trả lời."


@transaction.atomic
def add_task(
    conclusion: Conclusion,
    *,
    title: str,
    lead: PartyOrganization,
    supporting: Collection[PartyOrganization] = (),
    deadline: datetime.date,
    product: str = "",
    assignee: PartyMember | None = None,
    by: User,
) -> Task:
    """Turn a conclusion into work: who leads, who supports, until when, with what result.

    Nobody is told before the conclusions are issued.
    """
    conclusion = (
        Conclusion.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=conclusion.pk)
    )
    if conclusion.kind != ConclusionKind.TASK:
        raise ValidationError("Chỉ kết luận loại “Giao nhiệm vụ” mới có nhiệm vụ.")
    if deadline < conclusion.meeting.held_on:
        raise ValidationError({"deadline": "Hạn không thể trước ngày họp."})
    task = Task(
        conclusion=conclusion,
        title=title,
        product=product,
        lead_organization=lead,
        assignee=assignee,
        deadline=deadline,
    )
    task.full_clean()
    task.save()
    # Leading includes supporting: named twice, an organisation would be counted twice.
    task.supporting_organizations.set(one for one in supporting if one.pk != lead.pk)
    _audit("task_add", task, by=by, summary="Giao nhiệm vụ theo kết luận")
    return task


@transaction.atomic
def turn_into_task(
    conclusion: Conclusion,
    *,
    title: str,
    lead: PartyOrganization,
    supporting: Collection[PartyOrganization] = (),
    deadline: datetime.date,
    product: str = "",
    assignee: PartyMember | None = None,
    by: User,
) -> Task:
    """One key at the desk: the line becomes one that gives a task, and has its task."""
    if conclusion.kind != ConclusionKind.TASK:
        conclusion = change_conclusion(conclusion, kind=ConclusionKind.TASK, text=conclusion.text, by=by)
    return add_task(
        conclusion,
        title=title,
        lead=lead,
        supporting=supporting,
        deadline=deadline,
        product=product,
        assignee=assignee,
        by=by,
    )


@transaction.atomic
def remove_task(task: Task, *, by: User) -> None:
    task = _lock(task)
    if task.issued_at:
        raise ValidationError("Nhiệm vụ đã giao, không bỏ được. Có thể tạm dừng và ghi lý do.")
    _audit("task_remove", task, by=by, summary="Bỏ nhiệm vụ chưa giao")
    task.supporting_organizations.clear()
    task.delete()


@transaction.atomic
def report_on_task(
    task: Task,
    *,
    text: str,
    is_finished: bool = False,
    file: File[bytes] | None = None,
    no_state_secret_confirmed: bool = False,
    by: User,
) -> TaskReport:
    """A word on the progress, with a file as evidence if there is one; "finished" hands the task to
    the office to look at, and an extension asked for before needs no answer any more."""
    task = lock_issued(task)
    if task.state not in REPORTED_IN:
        raise ValidationError(
            f"Nhiệm vụ đang ở trạng thái “{task.get_state_display()}”, chưa báo cáo thêm được."
        )
    report = TaskReport(task=task, text=text, state=_state_after(task, is_finished), reported_by=by)
    with nothing_left_behind(report):
        if file:
            report.file, report.name = file, nfc(file.name or "")
            report.no_state_secret_confirmed = no_state_secret_confirmed
        _keep(report)
        _audit("task_report", task, by=by, summary="Báo cáo nhiệm vụ")
        if is_finished:
            _settle_extensions(task, by=by)
            desk_letters.post_task_reported(report, by=by)
    return report


@transaction.atomic
def close_task(task: Task, *, done_on: datetime.date | None = None, by: User) -> Task:
    """The office has looked at the result. `done_on` says when it was reached, today unless given."""
    today = timezone.localdate()
    done_on = done_on or today
    task = lock_issued(task)
    if task.state == TaskState.DONE:
        raise ValidationError("Nhiệm vụ đã hoàn thành rồi.")
    if done_on > today:
        raise ValidationError({"done_on": "Ngày hoàn thành không thể ở phía trước."})
    task.state = TaskState.DONE
    task.done_on = done_on
    task.closed_by = by
    task.save(update_fields=["state", "done_on", "closed_by"])
    _audit("task_close", task, by=by, summary="Xác nhận hoàn thành nhiệm vụ")
    return task


@transaction.atomic
def return_task(task: Task, *, reason: str, by: User) -> TaskReport:
    """The result is not there yet: back to work, and the lead organisation is told why."""
    task = lock_issued(task)
    if task.state != TaskState.REPORTED:
        raise ValidationError("Chỉ trả lại được nhiệm vụ đang chờ Văn phòng kiểm tra.")
    if not reason.strip():
        raise ValidationError({"reason": "Trả lại thì ghi còn thiếu gì."})
    report = _report(task, TaskState.IN_PROGRESS, reason, by=by)
    _audit("task_return", task, by=by, summary="Trả lại, đề nghị làm tiếp")
    desk_letters.post_task_returned(report, by=by)
    return report


@transaction.atomic
def pause_task(task: Task, *, reason: str, by: User) -> TaskReport:
    task = lock_issued(task)
    if task.state not in UNDER_WAY:
        raise ValidationError("Chỉ tạm dừng được nhiệm vụ đang thực hiện.")
    if not reason.strip():
        raise ValidationError({"reason": "Tạm dừng thì ghi lý do."})
    report = _report(task, TaskState.PAUSED, reason, by=by)
    _audit("task_pause", task, by=by, summary="Tạm dừng nhiệm vụ")
    return report


@transaction.atomic
def resume_task(task: Task, *, by: User) -> Task:
    task = lock_issued(task)
    if task.state != TaskState.PAUSED:
        raise ValidationError("Nhiệm vụ không tạm dừng.")
    task.state = TaskState.IN_PROGRESS
    task.save(update_fields=["state"])
    _audit("task_resume", task, by=by, summary="Thực hiện tiếp nhiệm vụ")
    return task


def _report(task: Task, state: TaskState, text: str, *, by: User) -> TaskReport:
    return _keep(TaskReport(task=task, text=text, state=state, reported_by=by))


def _keep(report: TaskReport) -> TaskReport:
    report.full_clean(exclude=["file"])
    report.save()
    report.task.state = report.state
    report.task.save(update_fields=["state"])
    return report


def _state_after(task: Task, is_finished: bool) -> TaskState:
    if is_finished:
        return TaskState.REPORTED
    return TaskState.EXTENSION if task.state == TaskState.EXTENSION else TaskState.IN_PROGRESS


def _settle_extensions(task: Task, *, by: User) -> None:
    task.extensions.filter(is_granted=None).update(
        is_granted=False, answer=FINISHED_FIRST, decided_by=by, decided_at=timezone.now()
    )


def _lock(task: Task) -> Task:
    return (
        Task.objects.select_for_update(of=("self",), no_key=True)
        .select_related("conclusion__meeting", "lead_organization", "assignee__user")
        .get(pk=task.pk)
    )


def lock_issued(task: Task) -> Task:
    """The task as it stands now, held until the transaction ends."""
    task = _lock(task)
    if task.issued_at is None:
        raise ValidationError("Kết luận chưa ban hành nên nhiệm vụ chưa giao.")
    return task


def _audit(verb: str, task: Task, *, by: User, summary: str) -> None:
    audit.record(
        f"meetings.{verb}", about=task, by=by, summary=summary, changes={"state": [None, task.state]}
    )
