"""The database may go away for a moment; what we know must still be written down."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

logger = logging.getLogger(__name__)

T = TypeVar("T")

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.5


def patiently(change: Callable[[], T]) -> T:
    """`change`, repeated on new connections for up to a minute. It must bear being repeated."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return change()
        except (OperationalError, InterfaceError):
            if time.monotonic() > give_up_at:
                raise
            logger.warning("The database does not answer, trying again")
            connection.close()
            time.sleep(PAUSE_SECONDS)
