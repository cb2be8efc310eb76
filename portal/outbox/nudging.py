"""A tap on the shoulder of the background workers after a commit. Nothing depends on it.

A broker that is frozen, not just stopped, makes a publisher wait for seconds. So the tap happens
in a thread of its own, the request waits for at most one second, and one tap at a time is enough:
beat and `outbox_drain --loop` look at the table anyway.
"""

from __future__ import annotations

import logging
import threading

from celery import current_app

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 1.0
#: One sender for so many mails, up to the number of connections a mail server usually grants.
MAILS_A_SENDER = 50
MOST_SENDERS = 4
EXPIRES_SECONDS = 30
#: By name: tasks stand above the outbox.
TASK = "portal.tasks.drain_outbox"

_in_flight = threading.Lock()


def nudge(mails: int = 1, *, task: str = TASK) -> None:
    """Ask for one to four drains, or for a task that else would come by itself later.

    Never raises, never takes longer than a second.
    """
    if not _in_flight.acquire(blocking=False):
        return
    senders = min(MOST_SENDERS, 1 + mails // MAILS_A_SENDER)
    thread = threading.Thread(target=_publish, args=(task, senders), name="outbox-nudge", daemon=True)
    try:
        thread.start()
    except RuntimeError:  # no thread to be had, or the interpreter is going down
        _in_flight.release()
        return
    thread.join(PATIENCE_SECONDS)


def _publish(task: str, senders: int) -> None:
    try:
        for _ in range(senders):
            current_app.send_task(task, expires=EXPIRES_SECONDS, retry=False, ignore_result=True)
    except Exception:  # the edge: whatever the broker does, the rows are safe in the table
        logger.warning("The workers were not nudged; they will find the rows by themselves", exc_info=True)
    finally:
        _in_flight.release()
