"""The name of this module is Django's: the backend of `ENGINE = "portal.postgresql"`."""

import time
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.postgresql import base, operations
from psycopg import Connection, Error
from psycopg_pool import ConnectionPool, PoolTimeout

#: Seconds. A pooled connection that has answered so lately is given to the next page without a question;
#: a page that meets a restart within them is told that the portal is away for a moment.
BELIEVED = 1.0
_heard_at: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """For the log of queries: with the values, which travel beside the text where plans are kept."""
        if isinstance(cursor, base.ServerBindingCursor):
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """Throws all idle connections away together when the pool has none that works.

    A restart of PostgreSQL breaks them all at once, but the pool finds out one by one and pauses a
    second, then two, after each. A full pool would answer pages with 503 long after the server is
    back (fault F13).
    """

    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that answers, from a fresh pool if need be; raises `PoolTimeout` while the server
        is away. What the pool throws away it replaces."""
        connection = self._next_connection(conn_params)
        while self.pool and not _answers(connection):
            self.pool.putconn(connection)
            connection = self._next_connection(conn_params)
        return connection

    def _next_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except PoolTimeout:
            self.pool.drain()
            return super().get_new_connection(conn_params)


def _answers(connection: Connection[Any]) -> bool:
    """Asked at most once in `BELIEVED` seconds: to ask at every page is a fifth of what a page waits for."""
    now = time.monotonic()
    if now - _heard_at.get(connection, -BELIEVED) < BELIEVED:
        return True
    try:
        ConnectionPool.check_connection(connection)
    except Error:
        return False
    _heard_at[connection] = now
    return True
