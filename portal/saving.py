"""Saving what is being typed: on top of a version, never over somebody else's writing.

The order of the questions matters. An open page repeats a request whose answer it did not get, and its
earlier request may arrive after the later one:

1. An older step of the page that wrote last is a latecomer: nothing to do, the newer text stands.
2. The same words are no change, whatever version they were typed on.
3. On another version it is a conflict, unless the text that stands is this page's own.
"""

from __future__ import annotations

import datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

#: Saves of one person that follow each other within this time are one stretch of writing.
STRETCH = datetime.timedelta(minutes=10)


class On(NamedTuple):
    """What a text is saved on top of: the version it was read at, and which open page asks."""

    revision: int
    desk: UUID | None = None
    step: int = 0


#: On top of nothing: a text that begins.
FRESH = On(0)


class Outcome(Enum):
    WRITE = "write"
    NOTHING = "nothing"
    CONFLICT = "conflict"


def outcome(*, stands: On, on: On, is_same: bool) -> Outcome:
    """What is to be done with a text typed `on` where `stands` says what was saved last, and by whom."""
    is_this_desk = on.desk is not None and on.desk == stands.desk
    if is_this_desk and on.step <= stands.step:
        return Outcome.NOTHING
    if is_same:
        return Outcome.NOTHING
    if on.revision != stands.revision and not is_this_desk:
        return Outcome.CONFLICT
    return Outcome.WRITE
