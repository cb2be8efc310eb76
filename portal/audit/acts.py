"""An act is one transaction of one person: what the database itself writes down of it, and the trail's
lines about it, carry the same number (ADR 0022).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar
from uuid import UUID

import pghistory
from django.db import connection, transaction

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_present: ContextVar[UUID | None] = ContextVar("act", default=None)
#: The settings hold until the transaction ends, which may be a longer one than the act.
_OVER = (
    "SELECT set_config('pghistory.context_id', '', true), set_config('pghistory.context_metadata', '', true)"
)


def present() -> UUID | None:
    """The number of the act going on."""
    return _present.get()


@contextmanager
def acting(by: AbstractBaseUser | None) -> Iterator[None]:
    """What changes inside belongs to one act of this person; of nobody: the portal itself, or a command.
    An act within an act is part of it.

    Each statement that writes carries the number along, so no query inside may run on `keeping_plans`.
    """
    if _present.get():
        yield
        return
    with pghistory.context(user=by.pk if by else None) as context:
        token = _present.set(context.id)
        try:
            yield
        finally:
            _present.reset(token)
    if connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(_OVER)


def act(function: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """For an action: one transaction, and one act of the person named by `by=`."""

    @wraps(function)
    def acted(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        by: AbstractBaseUser | None = kwargs.get("by")  # type: ignore[assignment]
        with transaction.atomic(), acting(by):
            return function(*args, **kwargs)

    return acted
