"""More time for a task: asked for, granted or refused. Nobody's deadline moves by itself."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.actions import desk_letters
from meetings.actions.tasks import UNDER_WAY, lock_issued
from meetings.models import Task, TaskExtension, TaskState
from members.models import User
from portal import audit, dates
from portal.vietnamese import nfc


@transaction.atomic
def ask_extension(task: Task, *, extended_to: datetime.date, reason: str, by: User) -> TaskExtension:
    """The task waits with its old deadline until the office has answered."""
    task = lock_issued(task)
    if task.state not in UNDER_WAY:
        state = task.get_state_display()
        raise ValidationError(f"Nhiệm vụ đang ở trạng thái “{state}”, không xin gia hạn được.")
    if extended_to <= max(task.deadline, timezone.localdate()):
        raise ValidationError({"extended_to": "Hạn mới phải ở phía trước và sau hạn đang có."})
    if not nfc(reason):
        raise ValidationError({"reason": "Xin gia hạn thì ghi lý do."})
    asked = TaskExtension(
        task=task, deadline=task.deadline, extended_to=extended_to, reason=reason, asked_by=by
    )
    asked.full_clean()
    asked.save()
    task.state = TaskState.EXTENSION
    task.save(update_fields=["state"])
    _audit("ask", asked, by=by, summary="Xin gia hạn nhiệm vụ")
    desk_letters.post_extension_asked(asked, by=by)
    return asked


@transaction.atomic
def grant_extension(extension: TaskExtension, *, answer: str = "", by: User) -> TaskExtension:
    """The new deadline counts from now on; the one the task was given with stays written down."""
    extension = _waiting(extension)
    task = extension.task
    task.first_deadline = task.first_deadline or task.deadline
    task.deadline = extension.extended_to
    task.save(update_fields=["first_deadline", "deadline", "search_text"])
    return _decide(extension, is_granted=True, answer=answer, by=by)


@transaction.atomic
def refuse_extension(extension: TaskExtension, *, answer: str, by: User) -> TaskExtension:
    extension = _waiting(extension)
    if not nfc(answer):
        raise ValidationError({"answer": "Không cho gia hạn thì ghi lý do."})
    return _decide(extension, is_granted=False, answer=answer, by=by)


def _waiting(extension: TaskExtension) -> TaskExtension:
    task = lock_issued(extension.task)
    found = TaskExtension.objects.get(pk=extension.pk)
    if found.is_granted is not None:
        raise ValidationError("Đề nghị này đã được trả lời rồi.")
    found.task = task
    return found


def _decide(extension: TaskExtension, *, is_granted: bool, answer: str, by: User) -> TaskExtension:
    extension.is_granted, extension.answer = is_granted, answer
    extension.decided_by, extension.decided_at = by, timezone.now()
    extension.full_clean()
    extension.save(update_fields=["is_granted", "answer", "decided_by", "decided_at"])
    extension.task.state = TaskState.IN_PROGRESS
    extension.task.save(update_fields=["state"])
    verb, words = ("grant", "Cho gia hạn nhiệm vụ") if is_granted else ("refuse", "Không cho gia hạn")
    _audit(verb, extension, by=by, summary=words)
    desk_letters.post_extension_decided(extension, by=by)
    return extension


def _audit(verb: str, extension: TaskExtension, *, by: User, summary: str) -> None:
    moved = [dates.day(extension.deadline), dates.day(extension.extended_to)]
    audit.record(
        f"meetings.extension_{verb}",
        about=extension.task,
        by=by,
        summary=summary,
        changes={"deadline": moved},
    )
