"""An edition: a token that changes with everything of a kind. Pieces of pages are kept under it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from secrets import token_hex
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import transaction

Piece = TypeVar("Piece")

#: Nothing outlives by more a cache that was away when the edition changed.
KEPT_SECONDS = 90


class Edition:
    """Of one kind of things, by its name in the cache."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.key = f"{name}:edition"

    def renew(self) -> None:
        """Everything kept is out of date once this transaction is committed, and not before."""
        transaction.on_commit(partial(cache.set, self.key, token_hex(8), None), robust=True)

    def kept(self, name: str, build: Callable[[], Piece]) -> Piece:
        """A piece as it was built under this edition. Edition and piece come in one answer; a piece of
        another edition is as good as none. None is not kept."""
        key = f"{self.name}:{name}"
        found = cache.get_many([self.key, key])
        edition = found.get(self.key) or cache.get_or_set(self.key, partial(token_hex, 8), None)
        kept_under, piece = found.get(key, (None, None))
        if kept_under != edition or piece is None:
            piece = build()
            if piece is not None:
                cache.set(key, (edition, piece), KEPT_SECONDS)
        return cast(Piece, piece)
