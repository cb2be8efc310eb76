"""What a row said before, kept by the database itself: no `update()`, no raw SQL goes past it (ADR 0022).

Each model that says who was what has a table of events beside it. An event holds the row as it was
inserted, as it was before an update, or as it was deleted; what came after an update says the next event,
or the row itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

import pghistory
import pgtrigger
from django.apps import apps
from django.db import models

INSERTED, CHANGED, DELETED = "insert", "update", "delete"
#: Its rows are written once, as the trail's.
_WRITTEN_ONCE = "append_only"

Row = TypeVar("Row", bound=models.Model)


def with_history(*, of: str = "pgh_obj", leaving_out: Iterable[str] = ()) -> Callable[[type[Row]], type[Row]]:
    """Keep what rows of this model said. `of` is the column whose history the events are read in: the
    member's, the organisation's. Columns made from others are left out."""

    def decorated(model: type[Row]) -> type[Row]:
        tracked: type[Row] = pghistory.track(
            pghistory.InsertEvent(INSERTED),
            pghistory.UpdateEvent(CHANGED, row=pghistory.Old),
            pghistory.DeleteEvent(DELETED),
            # A list of ten thousand is one statement, and its history another.
            level=pghistory.Statement,
            exclude=["id", *leaving_out],
            # Without a constraint, and so of rows that are gone too.
            obj_field=pghistory.ObjForeignKey(related_name="+", null=True),
            append_only=True,
            meta={
                "verbose_name": f"lịch sử: {model._meta.verbose_name}",
                "verbose_name_plural": f"lịch sử: {model._meta.verbose_name}",
                "indexes": [models.Index(fields=[of])],
                # Nobody is given a right to it: it is read with the record it belongs to.
                "default_permissions": (),
            },
        )(model)
        return tracked

    return decorated


def forget(rows: Iterable[int], *among: type[models.Model]) -> None:
    """Take out the history of rows that ought never to have been: a list of people taken back."""
    kept = [apps.get_model("members", f"{model.__name__}Event") for model in among]
    with pgtrigger.ignore(*(f"{one._meta.label}:{_WRITTEN_ONCE}" for one in kept)):
        for one in kept:
            one._default_manager.filter(pgh_obj__in=list(rows)).delete()
