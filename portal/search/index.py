"""Keeping the index: an entry is written with the thing it tells of, files are read later."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from portal.files.words import Unreadable, words_in
from portal.models import FileReading, SearchEntry
from portal.search.sources import IndexedSource, indexed_sources

logger = logging.getLogger(__name__)

#: What one call of the background reader takes at most.
BATCH = 20


def put(
    kind: str,
    pk: int,
    *,
    title: str,
    text: str = "",
    url: str,
    note: str = "",
    moment: datetime.datetime | None = None,
    organizations: Iterable[int] = (),
    is_file: bool = False,
) -> None:
    """Write the entry of one thing, inside the transaction that writes the thing.

    A file's words come later; a new title leaves those already read.
    """
    entry = SearchEntry.objects.filter(kind=kind, object_id=pk).first() or SearchEntry(
        kind=kind, object_id=pk
    )
    entry.title, entry.url, entry.note, entry.moment = title[:300], url, note[:300], moment
    entry.organizations = list(organizations)
    if not is_file:
        entry.plain = text
    elif entry.pk is None:
        entry.reading = FileReading.PENDING
    entry.save()


def drop(kind: str, pk: int) -> None:
    SearchEntry.objects.filter(kind=kind, object_id=pk).delete()


def read_files() -> int:
    """Read the words of files that came in; a scan is told from a fault. Answers how many were read."""
    by_kind = {kind: source for source in indexed_sources() for kind, _ in source.entries()}
    return sum(1 for _ in range(BATCH) if _read_next(by_kind))


def rebuild() -> int:
    """Write every entry anew and drop what tells of nothing any more; safe at any time, and to repeat."""
    written = 0
    for source in indexed_sources():
        for kind, things in source.entries():
            known = set()
            for thing in things:
                source.index(thing)
                known.add(thing.pk)
            SearchEntry.objects.filter(kind=kind).exclude(object_id__in=known).delete()
            written += len(known)
    return written


@transaction.atomic
def _read_next(by_kind: dict[str, IndexedSource]) -> bool:
    # The row's lock is the claim: a reader that dies leaves the file pending.
    pending = SearchEntry.objects.filter(reading=FileReading.PENDING, kind__in=list(by_kind))
    entry = pending.select_for_update(skip_locked=True).order_by("pk").first()
    if entry is None:
        return False
    entry.plain, entry.reading = _words_of(entry, by_kind[entry.kind])
    entry.read_at = timezone.now()
    entry.save()
    return True


def _words_of(entry: SearchEntry, source: IndexedSource) -> tuple[str, FileReading]:
    try:
        opened = source.open_file(entry.kind, entry.object_id)
        if opened is None:
            return "", FileReading.FAILED
        file, name = opened
        with file.open("rb") as stream:
            words = words_in(stream, name)
    except (Unreadable, OSError):
        logger.warning("No words could be read from a file", extra={"entry": entry.pk})
        return "", FileReading.FAILED
    return words, FileReading.READ if words else FileReading.NO_TEXT
