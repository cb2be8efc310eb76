"""Queries whose plans the server keeps: for what is asked at every page, or for every letter.

Planning a query of four tables takes longer than running it. Django writes the values into the text,
so each text is new and is planned anew; inside `keeping_plans()` they travel beside it, and from the
second time on a connection only runs what it has planned.

Not for every query: without a text around it the server must be able to tell a value's type, and some
expressions of the ORM say too little. What stands inside is covered by the tests of its page.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor

#: Asked so often on one connection, a query gets a plan of its own.
OFTEN = 1


@contextmanager
def keeping_plans() -> Iterator[None]:
    """Also as a decorator, of a view or of one query."""
    connection.ensure_connection()
    line = connection.connection
    before = line.cursor_factory, line.prepare_threshold
    line.cursor_factory, line.prepare_threshold = ServerBindingCursor, OFTEN
    try:
        yield
    finally:
        line.cursor_factory, line.prepare_threshold = before
