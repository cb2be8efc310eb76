"""The name of this module is Django's: the backend of `ENGINE = "portal.postgresql"`."""

from typing import Any

from django.db.backends.postgresql import base, operations
from psycopg_pool import PoolTimeout


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
        """A connection, from a fresh pool if need be; raises `PoolTimeout` while the server is away."""
        try:
            return super().get_new_connection(conn_params)
        except PoolTimeout:
            self.pool.drain()
            return super().get_new_connection(conn_params)
