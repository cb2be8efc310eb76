"""Reminding by the clock: the rungs of each kind's ladder, once each, only to whoever is still silent.

Called again and again by beat, by two beats at once, or late after an outage: the key of the notice
says which rung of which version has been climbed, and only the last rung that has come is taken, so
nobody gets two letters for days that passed meanwhile.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from meetings.actions import desk_letters, letters, paper_letters
from meetings.actions.convening import get_reminder_refusal
from meetings.actions.meetings import lock
from meetings.actions.tasks import UNDER_WAY, lock_issued
from meetings.models import Meeting, MeetingState, PaperRequest, ReminderStep, ReminderSubject, Task
from portal.models import Notice
from portal.working_days import WorkingDays

#: A paper or a task is due by the end of its day's office hours.
HAND_IN_BY = datetime.time(17)
#: The head of a unit hears of an overdue task on the next working morning, and once more a week later;
#: from then on it stands red on his page and the office's, and somebody telephones.
OVERDUE_DAYS = (0, 7)
#: How long after its deadline a task is still looked at here.
OVERDUE_FOR = datetime.timedelta(days=30)
OVERDUE_FROM = datetime.time(8)


def remind_due(now: datetime.datetime | None = None) -> int:
    """Climb every rung that has come; answers how many reminders were posted."""
    now = now or timezone.now()
    open_ones = Meeting.objects.filter(
        Q(answer_by__isnull=True) | Q(answer_by__gt=now), state=MeetingState.CONVENED, starts_at__gt=now
    )
    asked = PaperRequest.objects.owed().filter(
        agenda_item__meeting__state__in=[MeetingState.DRAFT, MeetingState.CONVENED],
        agenda_item__meeting__starts_at__gt=now,
        due_on__gte=timezone.localdate(now),
    )
    charged = Task.objects.filter(
        issued_at__isnull=False, state__in=UNDER_WAY, deadline__gte=timezone.localdate(now) - OVERDUE_FOR
    )
    days = WorkingDays()
    return (
        sum(_remind_meeting(meeting, now) for meeting in open_ones)
        + sum(_remind_paper(request, now) for request in asked)
        + sum(_remind_task(task, now, days) for task in charged.select_related("conclusion__meeting"))
    )


@transaction.atomic
def _remind_meeting(meeting: Meeting, now: datetime.datetime) -> bool:
    # 1. The row of the conference is the lock: two beats come one after the other.
    meeting = lock(meeting)
    days = _rung(
        _ladder(meeting, ReminderSubject.ANSWER),
        deadline=meeting.answer_by or meeting.starts_at,
        told_at=_told_at(meeting),
        now=now,
    )
    # 2. Somebody may have answered, called it off or reminded by hand meanwhile.
    if days is None or get_reminder_refusal(meeting, now):
        return False
    key = f"reminder:{days}"
    if _was_posted(f"meeting:{meeting.pk}:{key}", meeting.version):
        return False
    letters.post(letters.REMINDER, meeting, by=None, to=meeting.participants.silent(), key=key)
    return True


@transaction.atomic
def _remind_paper(request: PaperRequest, now: datetime.datetime) -> bool:
    meeting = lock(request.agenda_item.meeting)
    if not PaperRequest.objects.owed().filter(pk=request.pk).exists():
        return False
    days = _rung(
        _ladder(meeting, ReminderSubject.PAPER),
        deadline=_at(request.due_on, HAND_IN_BY),
        told_at=request.requested_at,
        now=now,
    )
    if days is None or _was_posted(paper_letters.reminder_key(request, days), 1):
        return False
    paper_letters.post_reminder(request, days=days)
    return True


@transaction.atomic
def _remind_task(task: Task, now: datetime.datetime, working_days: WorkingDays) -> bool:
    task = lock_issued(task)
    if task.state not in UNDER_WAY or task.issued_at is None:
        return False
    if now < _at(task.deadline, HAND_IN_BY):
        return _remind_before(task, task.issued_at, now)
    first = working_days.later(task.deadline, 1)
    late = [days for days in OVERDUE_DAYS if _at(first + datetime.timedelta(days), OVERDUE_FROM) <= now]
    if not late or _was_posted(desk_letters.reminder_key(desk_letters.TASK_OVERDUE, task, late[-1]), 1):
        return False
    desk_letters.post_task_overdue(task, days=late[-1])
    return True


def _remind_before(task: Task, issued_at: datetime.datetime, now: datetime.datetime) -> bool:
    granted = task.extensions.filter(is_granted=True).first()
    told_at = granted.decided_at if granted and granted.decided_at else issued_at
    ladder = _ladder(task.conclusion.meeting, ReminderSubject.TASK)
    days = _rung(ladder, deadline=_at(task.deadline, HAND_IN_BY), told_at=told_at, now=now)
    if days is None or _was_posted(desk_letters.reminder_key(desk_letters.TASK_REMINDER, task, days), 1):
        return False
    desk_letters.post_task_reminder(task, days=days)
    return True


def _at(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, hour))


def _ladder(meeting: Meeting, subject: ReminderSubject) -> list[int]:
    steps = ReminderStep.objects.filter(kind=meeting.kind_id, subject=subject)
    return list(steps.values_list("days_before", flat=True))


def _rung(
    ladder: Iterable[int],
    *,
    deadline: datetime.datetime,
    told_at: datetime.datetime,
    now: datetime.datetime,
) -> int | None:
    """The last rung whose moment has come since people were told; none once the deadline is over."""
    if now >= deadline:
        return None
    come = [days for days in ladder if told_at < deadline - datetime.timedelta(days=days) <= now]
    return min(come, default=None)


def _told_at(meeting: Meeting) -> datetime.datetime:
    """When people heard of the conference as it now stands: a change begins the ladder anew."""
    told = Notice.objects.about(meeting).filter(
        kind__in=[letters.CONVENED, letters.CHANGED], version=meeting.version
    )
    last = told.newest_first().first()
    moments = [last.posted_at if last else None, meeting.convened_at]
    return max(moment for moment in moments if moment)


def _was_posted(key: str, version: int) -> bool:
    return Notice.objects.filter(key=key, version=version).exists()
