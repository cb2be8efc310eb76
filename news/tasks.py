"""Background work of the news. Each task may run twice, late, or never: the rows decide."""

from __future__ import annotations

from celery import shared_task

from news import actions


@shared_task
def publish_due() -> int:
    """Put before the readers what is due, and take away what has stood for its last day."""
    return actions.publish_due() + actions.withdraw_expired()


@shared_task
def keep_readers() -> int:
    """Required readings follow who comes and goes, and remind who is still silent."""
    return actions.keep_readers() + actions.remind_silent()


@shared_task
def remind_overdue() -> int:
    """Of items on a desk after their day, and of lasting ones to be looked through."""
    return actions.remind_overdue() + actions.ask_for_reviews()


@shared_task
def send_digests() -> int:
    return actions.send_digests()


@shared_task
def make_sizes() -> int:
    return actions.make_sizes()
