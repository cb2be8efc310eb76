"""Conclusions: written down while the minutes are open, issued once, fixed from then on."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings.actions import desk_letters
from meetings.actions.meetings import lock
from meetings.models import (
    AgendaItem,
    Conclusion,
    ConclusionKind,
    Meeting,
    MeetingState,
    Minutes,
    Task,
)
from members.models import User
from portal import audit


@transaction.atomic
def add_conclusion(
    meeting: Meeting,
    *,
    kind: str = ConclusionKind.INSTRUCTION,
    text: str,
    agenda_item: AgendaItem | None = None,
    by: User,
) -> Conclusion:
    """The chair's words, next in order; under an item or of the conference as a whole."""
    meeting = lock(meeting)
    _check_writable(meeting)
    if agenda_item is not None and agenda_item.meeting_id != meeting.pk:
        raise ValidationError("Mục này không thuộc chương trình của hội nghị.")
    last = Conclusion.objects.filter(meeting=meeting).aggregate(last=Max("order"))["last"] or 0
    conclusion = Conclusion(meeting=meeting, agenda_item=agenda_item, order=last + 1, kind=kind, text=text)
    conclusion.full_clean()
    conclusion.save()
    _audit("add", conclusion, by=by, summary="Ghi kết luận")
    return conclusion


@transaction.atomic
def change_conclusion(conclusion: Conclusion, *, kind: str, text: str, by: User) -> Conclusion:
    conclusion = _lock_unissued(conclusion)
    if kind != ConclusionKind.TASK and conclusion.tasks.exists():
        raise ValidationError("Kết luận này đã có nhiệm vụ. Bỏ nhiệm vụ trước khi đổi loại.")
    conclusion.kind = kind
    conclusion.text = text
    conclusion.revision += 1
    conclusion.full_clean()
    conclusion.save(update_fields=["kind", "text", "revision"])
    _audit("change", conclusion, by=by, summary="Sửa kết luận")
    return conclusion


@transaction.atomic
def remove_conclusion(conclusion: Conclusion, *, by: User) -> None:
    conclusion = _lock_unissued(conclusion)
    if conclusion.tasks.exists():
        raise ValidationError("Kết luận này đã có nhiệm vụ. Bỏ nhiệm vụ trước.")
    _audit("remove", conclusion, by=by, summary="Bỏ kết luận")
    conclusion.delete()


def get_issue_refusal(meeting: Meeting) -> str | None:
    """Why the conclusions can't be issued now; None when they can."""
    if meeting.state not in (MeetingState.MINUTES, MeetingState.FINAL):
        return "Hội nghị chưa bế mạc nên chưa ban hành kết luận."
    if Conclusion.objects.filter(meeting=meeting, kind=ConclusionKind.TASK, tasks=None).exists():
        return "Còn kết luận loại giao nhiệm vụ mà chưa có nhiệm vụ nào."
    nothing_left = not (
        Conclusion.objects.filter(meeting=meeting, issued_at=None).exists()
        or Task.objects.filter(conclusion__meeting=meeting, issued_at=None).exists()
    )
    return "Không còn kết luận hay nhiệm vụ nào chưa ban hành." if nothing_left else None


@transaction.atomic
def issue_conclusions(meeting: Meeting, *, by: User) -> list[Task]:
    """Issue what is not issued yet: each task reaches its organisations by one notice.

    Asked again later it sends only what was added since.
    """
    meeting = lock(meeting)
    if refusal := get_issue_refusal(meeting):
        raise ValidationError(refusal)
    now = timezone.now()
    tasks = list(
        Task.objects.filter(conclusion__meeting=meeting, issued_at=None)
        .select_for_update(of=("self",), no_key=True)
        .select_related("lead_organization", "assignee__user", "conclusion__meeting")
        .prefetch_related("supporting_organizations")
        .order_by("pk")
    )
    issued = Conclusion.objects.filter(meeting=meeting, issued_at=None).update(issued_at=now)
    for task in tasks:
        _issue(task, now, by=by)
    audit.record(
        "meetings.issue",
        about=meeting,
        by=by,
        summary=f"Ban hành {issued} kết luận, giao {len(tasks)} nhiệm vụ",
        changes={"tasks": [None, [task.pk for task in tasks]]},
    )
    return tasks


def _issue(task: Task, now: datetime.datetime, *, by: User) -> None:
    task.issued_at = now
    task.save(update_fields=["issued_at"])
    desk_letters.post_task(task, by=by)


def _check_writable(meeting: Meeting) -> None:
    """The chair's words belong to the minutes: they close with the minute-taker's signature."""
    if meeting.state not in (MeetingState.IN_SESSION, MeetingState.MINUTES):
        raise ValidationError("Chỉ ghi kết luận từ khi hội nghị khai mạc đến khi biên bản được ký.")
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes and (refusal := minutes.get_write_refusal()):
        raise ValidationError(refusal)


def _lock_unissued(conclusion: Conclusion) -> Conclusion:
    _check_writable(lock(conclusion.meeting))
    conclusion = Conclusion.objects.select_for_update(of=("self",)).get(pk=conclusion.pk)
    if conclusion.issued_at:
        raise ValidationError("Kết luận đã ban hành, không sửa được nữa.")
    return conclusion


def _audit(verb: str, conclusion: Conclusion, *, by: User, summary: str) -> None:
    audit.record(
        f"meetings.conclusion_{verb}",
        about=conclusion,
        by=by,
        summary=summary,
    )
