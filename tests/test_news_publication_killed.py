"""A worker killed at any statement of a scheduled publication: published once, told once."""

import datetime
import multiprocessing
import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone
from newsroom import usual_category

from members.models import User
from news import actions
from news.models import Article, ArticleState, ArticleStep
from portal.models import AuditEntry, Notice, PortalNotice

pytestmark = pytest.mark.django_db(transaction=True)
#: A killed session gives its lock back when the server has noticed; asked again until then.
PATIENCE = 500


def due(author: User, approver: User, number: int) -> int:
    """Approved and scheduled, its hour a second ago."""
    return Article.objects.create(
        author=author,
        approved_by=approver,
        approved_version=1,
        title=f"Hẹn giờ {number}",
        slug=f"hen-gio-{number}",
        category=usual_category(),
        body="<p>Nội dung./.</p>",
        state=ArticleState.SCHEDULED,
        publish_at=timezone.now() - datetime.timedelta(seconds=1),
    ).pk


def worker(fatal: int) -> None:
    """Publishes what is due and is killed before its statement number `fatal`; 0 lives."""
    said = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal said
        said += 1
        if said == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    with connection.execute_wrapper(count):
        actions.publish_due()
    os._exit(0)


def run_worker(fatal: int) -> int | None:
    """In a process of its own, with a connection of its own."""
    connections.close_all()
    connection.close_pool()
    process = multiprocessing.get_context("fork").Process(target=worker, args=(fatal,))
    process.start()
    process.join()
    return process.exitcode


def test_killed_at_any_statement_it_is_published_once_and_told_once(edi: User, edi2: User) -> None:
    fatal, killed, articles = 0, True, []
    while killed:
        fatal += 1
        articles.append(due(edi, edi2, fatal))
        killed = run_worker(fatal) == -signal.SIGKILL
        assert any(actions.publish_due() or is_out(articles[-1]) for _ in range(PATIENCE))

    # Claim, step, trail, letters: fewer statements than that would not have been a publication.
    assert fatal > 10
    for pk in articles:
        assert (steps(pk), trail(pk)) == (1, 1)
        notice = Notice.objects.get(kind="news.published", about_id=pk)
        told = PortalNotice.objects.filter(notice=notice).values_list("recipient", flat=True)
        assert list(told) == [edi.pk]


def is_out(pk: int) -> bool:
    return Article.objects.get(pk=pk).state == ArticleState.PUBLISHED


def steps(pk: int) -> int:
    return ArticleStep.objects.filter(article=pk, verb="published").count()


def trail(pk: int) -> int:
    return AuditEntry.objects.filter(action="news.publish", about_id=pk).count()
