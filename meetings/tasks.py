"""Background work of conferences. Each task may run twice, late, or never: the rows decide."""

from __future__ import annotations

from celery import shared_task

from meetings.actions import reminders


@shared_task
def remind_due() -> int:
    """Remind the silent whose rung has come."""
    return reminders.remind_due()
