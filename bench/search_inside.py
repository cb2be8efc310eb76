"""Inside the portal: fill in articles up to so many, then time the search beside the same in plain SQL.

`python -m bench.search_inside fill N`, `… sign_in`, `… time ROUNDS`; each answers as JSON.
"""

from __future__ import annotations

import datetime
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.sessions import session_cookie  # noqa: E402
from bench.texts import Text, texts  # noqa: E402
from members.models import PartyOrganization, User  # noqa: E402
from news.models import Article, ArticleState, Category  # noqa: E402
from news.search import search_articles  # noqa: E402
from portal.search.query import Query  # noqa: E402

#: By how many of the texts they are in: nearly all, some, few.
QUERIES = {
    "common": ["đảng bộ", "cán bộ đảng viên", "hội nghị", "ban chấp hành", "cong tac xay dung dang"],
    "some": ["huy hiệu đảng", "sinh hoat chuyen de", "thu nop dang phi", "UBKT", '"chuyển đổi số"'],
    "few": ["nguyễn thị thủy", "512-CV/ĐUK", "vai thieu", "áo ấm vùng cao", "mưa đá triều cường"],
}
READER, OTHER = "canbo", "bithu"
#: One in so many is for one organisation only.
RESTRICTED = 10

# What the search answers, said in one statement by somebody who knows the reader and the tables.
PLAIN = """
WITH found AS MATERIALIZED (
    SELECT * FROM (
        (SELECT id, published_at FROM news_article
         WHERE search_vector @@ to_tsquery('simple', %(words)s) AND {phrases}
           AND state = 'published' AND published_at <= now() AND (is_for_all OR EXISTS (
               SELECT 1 FROM news_article_audience_organizations reach
               WHERE reach.article_id = news_article.id AND reach.partyorganization_id = ANY(%(audiences)s)))
         ORDER BY published_at DESC, id DESC LIMIT 200)
        UNION
        (SELECT id, published_at FROM news_article
         WHERE search_vector @@ to_tsquery('simple', %(words)s) AND {phrases} AND author_id = %(reader)s
         ORDER BY published_at DESC NULLS FIRST, id DESC LIMIT 200)) AS parts
    ORDER BY published_at DESC NULLS FIRST, id DESC LIMIT 200
), ranked AS (
    SELECT id, text.published_at,
           search_vector @@ plainto_tsquery('simple', %(marks)s) OR %(marks)s = '' AS exact,
           ts_rank(search_vector, to_tsquery('simple', %(words)s)) AS rank
    FROM found JOIN news_article text USING (id)
    ORDER BY exact DESC, rank DESC, text.published_at DESC NULLS FIRST, id DESC LIMIT 20
)
SELECT text.id, text.title, text.slug, text.state, text.published_at, category.name,
       substr(text.plain, greatest(1, strpos(text.search_text, %(first)s) - 80), 260)
FROM ranked JOIN news_article text USING (id) JOIN news_category category ON category.id = text.category_id
ORDER BY ranked.exact DESC, ranked.rank DESC, ranked.published_at DESC NULLS FIRST, ranked.id DESC
"""


def fill(number: int) -> int:
    """As many published articles as asked for; what is there stays the older part."""
    author, approver = (User.objects.get(username=name) for name in ("bientap", "duyettin"))
    categories = list(Category.objects.all())
    known = Article.objects.count()
    begun = timezone.now() - datetime.timedelta(minutes=10 * (number + 10))
    batch: list[Article] = []
    for place, text in enumerate(texts(number, seed=number)):
        if place < known:
            continue
        article = Article(
            slug=f"bai-do-{place}",
            category=categories[place % len(categories)],
            author=author,
            approved_by=approver,
            approved_version=1,
            state=ArticleState.PUBLISHED,
            published_at=begun + datetime.timedelta(minutes=10 * place),
            is_for_all=place % RESTRICTED != 0,
            **vars(text),
        )
        if place % 5000 == known % 5000:
            _check(article, text)
        batch.append(article)
        if len(batch) == 500:
            Article.objects.bulk_create(batch)
            batch.clear()
    Article.objects.bulk_create(batch)
    _restrict()
    _tidy()
    return Article.objects.count()


def _check(article: Article, text: Text) -> None:
    """What is written past `derive` is what it would have written."""
    article.derive()
    told = {name: getattr(article, name) for name in vars(text)}
    if told != vars(text):
        raise SystemExit("The texts of the bench are not what the portal would have made of them.")


def _restrict() -> None:
    """Each to one of the grassroots organisations in turn."""
    units = list(PartyOrganization.objects.on(timezone.localdate()).grassroots().values_list("pk", flat=True))
    link = Article.audience_organizations.through
    bare = Article.objects.filter(is_for_all=False, audience_organizations=None).values_list("pk", flat=True)
    link.objects.bulk_create(
        (link(article_id=pk, partyorganization_id=units[pk % len(units)]) for pk in bare), batch_size=1000
    )


def _tidy() -> None:
    """As the server does by itself an hour later."""
    with connection.cursor() as cursor:
        for table in (Article, Article.audience_organizations.through):
            cursor.execute(f"VACUUM ANALYZE {table._meta.db_table}")


def time_both(rounds: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds in the database, for each query: the portal's search and the plain statement in turn."""
    user = User.objects.get(username=READER)
    took: dict[str, dict[str, list[float]]] = {}
    for words in (words for group in QUERIES.values() for words in group):
        query = Query.parse(words)
        sides = {"portal": lambda q=query: _ours(q, user), "plain": lambda q=query: _plain(q, user)}
        # The plain one first: it may take its time, and reads from the disk what has not been asked for yet.
        if sides["plain"]() != sides["portal"]():
            raise SystemExit(f"“{words}”: the plain statement finds something else.")
        times: dict[str, list[float]] = {"portal": [], "plain": []}
        for number in range(rounds):
            for side in sorted(sides, reverse=bool(number % 2)):
                times[side].append(_timed(sides[side]))
        took[words] = times
    return took


def _ours(query: Query, user: User) -> list[str]:
    return [hit.url for hit in search_articles(query, user=user)]


def _plain(query: Query, user: User) -> list[str]:
    exactly = [rf"\m{phrase}\M" for phrase in query.phrases]
    phrases = " AND ".join(["(search_title ~ %(phrase)s OR search_text ~ %(phrase)s)"] * len(exactly))
    parameters = {
        "words": query.as_text(),
        "marks": query.marks,
        "first": query.phrase,
        "phrase": exactly[0] if exactly else "",
        "audiences": list(user.audiences),
        "reader": user.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(PLAIN.format(phrases=phrases or "true"), parameters)
        return [f"/tin-tuc/{row[2]}/" for row in cursor.fetchall()]


def _timed(act: Callable[[], Any]) -> float:
    with _in_the_database() as spent:
        act()
    return sum(spent) * 1000


@contextmanager
def _in_the_database() -> Iterator[list[float]]:
    spent: list[float] = []

    def measure(execute: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(measure):
        yield spent


def main(what: str, *numbers: str) -> Any:
    if what == "fill":
        return fill(int(numbers[0]))
    if what == "sign_in":
        return {name: session_cookie(User.objects.get(username=name)) for name in (READER, OTHER)}
    return time_both(int(numbers[0]))


json.dump(main(*sys.argv[1:]), sys.stdout)
