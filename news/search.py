"""Finding news: by syllables without marks, exact marks first, quick however much has been published.

The shape is the measured one (docs/decisions): all syllables must occur; of the newest 200 matches the
best 20 are shown, with the words around the first find. The readers' rule is inside the innermost
query, so nothing hidden is ranked, counted or quoted.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import OperationalError, connection
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from psycopg.errors import QueryCanceled

from members.models import User
from news.models import Article, ArticleState
from news.models.articles import marked_syllables, search_key
from portal.vietnamese import nfc

CANDIDATES = 200
SHOWN = 20
SYLLABLES = 16
PATIENCE_MS = 2000
BEFORE, AROUND = 80, 260

# One message to the database: the limit of time holds for this search and for nothing after it.
_SQL = """
SET LOCAL statement_timeout = {patience};
WITH found AS MATERIALIZED ({candidates}),
ranked AS (
    SELECT id, published_at, search_vector @@ plainto_tsquery('simple', %s) OR %s = '' AS is_exact,
           ts_rank(search_vector, plainto_tsquery('simple', %s)) AS rank
    FROM found
    ORDER BY is_exact DESC, rank DESC, published_at DESC NULLS FIRST, id DESC
    LIMIT {shown}
)
SELECT article.title, article.slug, article.state, article.published_at, category.name,
       substr(article.plain, greatest(1, place.hit - {before}), {around}), place.hit
FROM ranked
JOIN news_article article USING (id)
JOIN news_category category ON category.id = article.category_id
CROSS JOIN LATERAL (
    SELECT coalesce(nullif(strpos(article.search_text, %s), 0), strpos(article.search_text, %s)) AS hit
) place
ORDER BY ranked.is_exact DESC, ranked.rank DESC, ranked.published_at DESC NULLS FIRST, ranked.id DESC
"""


class SearchTooSlow(Exception):
    """The database was stopped after two seconds; more or rarer words help."""


@dataclass(frozen=True)
class Hit:
    title: SafeString
    url: str
    excerpt: SafeString
    category: str
    published_at: datetime.datetime | None
    status: ArticleState


def search_articles(words: str, *, user: User) -> list[Hit]:
    """At most SHOWN items the user may read, best first; no exact number of all is promised."""
    words = nfc(words)
    syllables = search_key(words).split()[:SYLLABLES]
    if not syllables:
        return []
    phrase = " ".join(syllables)
    candidates, parameters = _candidates(phrase, user)
    marks = " ".join(marked_syllables(words))
    sql = _SQL.format(candidates=candidates, patience=PATIENCE_MS, shown=SHOWN, before=BEFORE, around=AROUND)
    rows = _run(sql, (*parameters, marks, marks, phrase, phrase, syllables[0]))
    return [_hit(row, syllables) for row in rows]


def _candidates(phrase: str, user: User) -> tuple[str, tuple[Any, ...]]:
    query = SearchQuery(phrase, config="simple", search_type="plain")
    newest = (
        Article.objects.visible_to(user)
        .filter(search_vector=query)
        .newest_first()
        .values("id", "published_at", "search_vector")[:CANDIDATES]
    )
    sql, parameters = newest.query.sql_with_params()
    return sql, parameters


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


def _hit(row: tuple[Any, ...], syllables: list[str]) -> Hit:
    title, slug, state, published_at, category, excerpt, place = row
    article = Article(slug=slug, state=state, published_at=published_at)
    excerpt = _whole_words(excerpt, starts_inside=place > BEFORE + 1)
    find = _pattern(syllables, title, excerpt)
    return Hit(
        title=marked(title, find),
        url=article.get_absolute_url(),
        excerpt=marked(excerpt, find),
        category=category,
        published_at=article.published_at,
        status=article.status,
    )


def _whole_words(excerpt: str, *, starts_inside: bool) -> str:
    """Without the halves of words at its ends."""
    goes_on = len(excerpt) >= AROUND
    if starts_inside:
        excerpt = "… " + excerpt.partition(" ")[2]
    return f"{excerpt.rpartition(' ')[0]} …" if goes_on else excerpt


def _pattern(syllables: list[str], *texts: str) -> re.Pattern[str]:
    """The whole phrase where one of the texts has it, else each syllable as a word of its own."""
    phrase = re.compile(rf"\b{' +'.join(syllables)}\b")
    if any(phrase.search(search_key(text)) for text in texts):
        return phrase
    return re.compile(rf"\b(?:{'|'.join(syllables)})\b")


def marked(text: str, pattern: re.Pattern[str]) -> SafeString:
    """`text` for a page with every find in <mark>; found in the key, cut out of the text itself."""
    parts: list[str] = []
    end = 0
    for find in pattern.finditer(search_key(text)):
        found = conditional_escape(text[find.start() : find.end()])
        parts += [conditional_escape(text[end : find.start()]), f"<mark>{found}</mark>"]
        end = find.end()
    parts.append(conditional_escape(text[end:]))
    return mark_safe("".join(parts))
