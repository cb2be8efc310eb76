"""A file written in a transaction goes with it when it fails; one let go leaves the disk when it holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol

from django.db import transaction
from django.db.models.fields.files import FieldFile


class Keeps(Protocol):
    """A row with a file of its own."""

    file: Any


@contextmanager
def nothing_left_behind(row: Keeps) -> Iterator[None]:
    """The database takes back what fails after the file was written; the disk does not by itself."""
    try:
        yield
    except BaseException:
        if row.file and getattr(row.file, "_committed", False):
            row.file.storage.delete(str(row.file.name))
        raise


def delete_after_commit(file: FieldFile) -> None:
    """It leaves the disk once nothing refers to it any more; a disk that refuses undoes nothing."""
    transaction.on_commit(partial(file.storage.delete, str(file.name)), robust=True)
