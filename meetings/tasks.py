"""Background work of conferences. Each task may run twice, late, or never: the rows decide."""

from __future__ import annotations

from celery import shared_task

from meetings.actions import binders, digests, reminders


@shared_task
def remind_due() -> int:
    """Remind the silent whose rung has come."""
    return reminders.remind_due()


@shared_task
def tell_news() -> int:
    """Tell participants of new papers, once nothing more comes."""
    return digests.tell_news()


@shared_task
def build_binders() -> int:
    """Build the binders that were asked for, one after the other."""
    return binders.build_asked()
