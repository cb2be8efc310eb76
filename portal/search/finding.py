"""The best of the newest matches, quick however much there is.

The shape is the one `python -m bench search` measures: all syllables must occur; of the newest 200
matches the best 20 are shown, with the words around the first find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, models
from psycopg.errors import QueryCanceled

from portal.search.excerpts import AROUND, BEFORE, whole_words
from portal.search.query import Query

CANDIDATES = 200
SHOWN = 20
PATIENCE_MS = 2000

# One message to the database: the limit of time holds for this search and for nothing after it.
_SQL = """
SET LOCAL statement_timeout = {patience};
WITH found AS MATERIALIZED ({candidates}),
ranked AS (
    SELECT id, found_at, text.search_vector @@ plainto_tsquery('simple', %s) OR %s = '' AS is_exact,
           ts_rank(text.search_vector, to_tsquery('simple', %s)) AS rank
    FROM found JOIN {table} text USING (id)
    ORDER BY is_exact DESC, rank DESC, found_at DESC NULLS FIRST, id DESC
    LIMIT {shown}
)
SELECT text.id, substr(text.plain, greatest(1, place.hit - {before}), {around}), place.hit
FROM ranked
JOIN {table} text USING (id)
CROSS JOIN LATERAL (SELECT coalesce({places}, 0) AS hit) place
ORDER BY ranked.is_exact DESC, ranked.rank DESC, ranked.found_at DESC NULLS FIRST, ranked.id DESC
"""


class SearchTooSlow(Exception):
    """The database was stopped after two seconds; more or rarer words help."""


@dataclass(frozen=True)
class Find:
    pk: int
    excerpt: str


def find(parts: Sequence[models.QuerySet[Any, Any]], query: Query, *, moment: str) -> list[Find]:
    """At most SHOWN of what lies in one of the parts (together what one may read), best first; `moment` is
    their date column. Asked part by part the database walks an index and stops at the last candidate."""
    if not parts:
        return []
    newest = [_newest(part, query, moment) for part in parts]
    try:
        candidates, parameters = _together(newest).query.sql_with_params()
    except EmptyResultSet:
        return []  # Whoever may read none of these texts.
    first_finds = query.first_finds
    sql = _SQL.format(
        candidates=candidates,
        patience=PATIENCE_MS,
        shown=SHOWN,
        before=BEFORE,
        around=AROUND,
        table=connection.ops.quote_name(parts[0].model._meta.db_table),
        places=", ".join(["nullif(strpos(text.search_text, %s), 0)"] * len(first_finds)),
    )
    marks = query.marks
    rows = _run(sql, (*parameters, marks, marks, query.as_text(), *first_finds))
    return [Find(pk, whole_words(excerpt, starts_inside=place > BEFORE + 1)) for pk, excerpt, place in rows]


def _newest(part: models.QuerySet[Any, Any], query: Query, moment: str) -> models.QuerySet[Any, Any]:
    matches = part.filter(query.as_condition()).values("id", found_at=models.F(moment))
    return matches.order_by(models.F(moment).desc(nulls_first=True), "-pk")[:CANDIDATES]


def _together(newest: Sequence[models.QuerySet[Any, Any]]) -> models.QuerySet[Any, Any]:
    first, *others = newest
    if not others:
        return first
    return first.union(*others).order_by(models.F("found_at").desc(nulls_first=True), "-id")[:CANDIDATES]


def _run(sql: str, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            cursor.nextset()
            return list(cursor.fetchall())
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlow from error
        raise
