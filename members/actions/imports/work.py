"""The worker's part: take a batch that waits, do what its state asks, leave it in the next state."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions.imports.batches import HOUR, stop_key
from members.actions.imports.checks import check_batch
from members.actions.imports.writing import TAKEN_MEANWHILE, Stale, write_batch
from members.models.imports import WAITING, ImportBatch, ImportState
from portal import audit

logger = logging.getLogger(__name__)
#: How long a list can be looked at and taken back; the page says so.
KEPT = timedelta(days=30)


class Stopped(Exception):
    """The person asked to stop."""


def run(pk: int) -> None:
    """Do the next step of a batch. Safe to run twice: the row lock and the state let one run in; a
    worker that is killed takes its lock and its half-written rows with it."""
    with transaction.atomic():
        waiting = ImportBatch.objects.select_for_update(skip_locked=True, of=("self",))
        batch = waiting.filter(pk=pk, state__in=WAITING).select_related("by", "organization").first()
        if batch is None:
            return
        try:
            with transaction.atomic(), audit.acting(batch.by):
                _step(batch)
        except Stopped:
            _end(batch, ImportState.CANCELLED)
        except Stale as error:
            _end(batch, ImportState.CHECKED, error.messages[0])
        except IntegrityError:
            logger.info("An import met numbers taken since its check", extra={"batch": pk})
            _end(batch, ImportState.CHECKED, TAKEN_MEANWHILE)
        except ValidationError as error:
            _end(batch, ImportState.REFUSED, error.messages[0])


def _step(batch: ImportBatch) -> None:
    def tell(done: int) -> None:
        cache.set(progress_key(batch.pk), done, HOUR)
        if cache.get(stop_key(batch.pk)):
            raise Stopped

    tell(0)
    if batch.state == ImportState.QUEUED:
        check_batch(batch, tell)
        return
    write_batch(batch, tell)
    audit.record(
        "members.import",
        about=batch,
        by=batch.by,
        summary=f"Nhập danh sách: {batch.rows.filter(is_written=True).count()} hồ sơ",
        changes={"counts": [{}, batch.counts]},
    )


def _end(batch: ImportBatch, state: ImportState, trouble: str = "") -> None:
    cache.delete(stop_key(batch.pk))
    batch.state, batch.trouble = state, trouble[:300]
    ImportBatch.objects.filter(pk=batch.pk).update(state=state, trouble=batch.trouble)


def progress_key(pk: int) -> str:
    return f"import-progress:{pk}"


def forget_old() -> int:
    """Lists name people and their numbers: file and rows go when the time to take them back is over."""
    old = list(ImportBatch.objects.filter(created_at__lt=timezone.now() - KEPT).exclude(state__in=WAITING))
    for batch in old:
        batch.file.delete(save=False)
        batch.delete()
    return len(old)


def run_waiting() -> int:
    """The sweep: batches whose tap was lost."""
    waiting = list(ImportBatch.objects.filter(state__in=WAITING).values_list("pk", flat=True))
    for pk in waiting:
        run(pk)
    return len(waiting)
