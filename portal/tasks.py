"""Background work of the ground floor. Each task may run twice, late, or never: the table decides."""

from __future__ import annotations

import logging

from celery import shared_task

from portal.audit import chain
from portal.delivery import drain, sweep
from portal.outbox import invariants
from portal.outbox.nudging import nudge
from portal.search import index

logger = logging.getLogger(__name__)


@shared_task
def drain_outbox() -> int:
    """Send what is due for up to a minute; if that was not enough, ask for a successor at once."""
    taken, is_done = drain()
    if not is_done:
        nudge()
    return taken


@shared_task
def read_files() -> int:
    """Read the words of files that came in, so that they can be found by them."""
    return index.read_files()


@shared_task
def rebuild_search() -> int:
    """Mend the index every night: what was written in bulk comes in, what is gone goes out."""
    return index.rebuild()


@shared_task
def sweep_outbox() -> None:
    sweep()


@shared_task
def seal_audit() -> int:
    """Join new lines of the trail to its chain."""
    return chain.seal()


@shared_task
def check_audit() -> bool:
    """Every night: the head goes into the log, outside the database; a broken chain is said aloud."""
    verdict = chain.verify()
    if verdict.holds:
        logger.info("Audit: %s Head %s", verdict.sentence, verdict.head)
    else:
        logger.error("Audit: %s", verdict.sentence)
    return verdict.holds


@shared_task
def check_outbox() -> int:
    """Say aloud when a promise of the outbox does not hold."""
    broken = invariants.broken()
    for sentence in broken:
        logger.error("Outbox: %s", sentence)
    return len(broken)
