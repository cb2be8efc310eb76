"""Proof of life: a sender holds an advisory lock on a session of its own.

When the sender dies, the kernel closes the session and PostgreSQL frees the lock; no clock is
asked, so a slow sender is never overtaken and a jump of the time harms nothing.
"""

from __future__ import annotations

from types import TracebackType

from django.db import InterfaceError, OperationalError, connection

from portal.delivery.patience import patiently
from portal.delivery.rows import next_worker

#: First half of the two-part lock number, so that no other use of advisory locks meets it.
NAMESPACE = 20_240_926
#: A host that is gone without a word is noticed within 30 + 3 × 10 seconds.
KEEPALIVE = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"


class Life:
    """`with Life() as life:` gives a number nobody else has while the block runs."""

    def __init__(self) -> None:
        self.number = next_worker()
        self._session = connection.copy()

    def __enter__(self) -> Life:
        self._lock()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def renew(self) -> None:
        """Between two batches: if the session broke, take the same lock again on a new one.

        Blocking, because a sweeper may hold it for a moment; what it took over is no longer ours,
        and every later change of ours says so by changing nothing."""
        try:
            with self._session.cursor() as cursor:
                cursor.execute("SELECT 1")
        except (OperationalError, InterfaceError):
            patiently(self._lock)

    def _lock(self) -> None:
        self._session.close()
        with self._session.cursor() as cursor:
            cursor.execute(KEEPALIVE)
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", [NAMESPACE, self.number])
