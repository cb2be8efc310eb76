"""A file written in a transaction goes with it when the transaction fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol


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
