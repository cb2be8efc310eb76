"""Under which words an item is found, and which series it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from members.models import User
from news import edition
from news.actions.trail import locked
from news.models import Article, ArticleState, Series, Tag
from news.models.topics import NAME_LENGTH, Topic
from portal import audit
from portal.vietnamese import nfc
from portal.vietnamese.text import comparison_key

MOST_TAGS = 10

AnyTopic = TypeVar("AnyTopic", bound=Topic)


@transaction.atomic
def set_topics(article: Article, *, by: User, tags: Iterable[str], series: str = "") -> Article:
    """By their names: a known one keeps its own writing, a new one is made.

    The text is untouched: no approval is lost and no correction is told.
    """
    article = locked(article, *(state for state in ArticleState if state != ArticleState.WITHDRAWN))
    names = list({comparison_key(name): name for name in map(nfc, tags) if name}.values())
    if len(names) > MOST_TAGS:
        raise ValidationError({"tags": f"Một bài có nhiều nhất {MOST_TAGS} thẻ. Giữ lại những thẻ sát nhất."})
    before = _as_told(article)
    article.tags.set([_named(Tag, name, field="tags") for name in names])
    article.series = _named(Series, series, field="series") if (series := nfc(series)) else None
    article.save(update_fields=["series", "updated_at"])
    after = _as_told(article)
    changes = {name: [before[name], after[name]] for name in before}
    audit.record(
        "news.set_topics", about=article, by=by, summary="Thẻ, loạt bài của tin, bài", changes=changes
    )
    edition.renew()
    return article


def _named(model: type[AnyTopic], name: str, *, field: str) -> AnyTopic:
    """Two editors who type the same new name at once wait for each other here and get one row."""
    if len(name) > NAME_LENGTH:
        raise ValidationError({field: f"“{name[:40]}…” quá dài. Tên có nhiều nhất {NAME_LENGTH} chữ."})
    with connection.cursor() as cursor:
        key = [model._meta.label, comparison_key(name)]
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), hashtext(%s))", key)
    return cast(AnyTopic, model.objects.named(name).first() or model.objects.create(name=name))


def _as_told(article: Article) -> dict[str, object]:
    return {
        "tags": list(article.tags.values_list("name", flat=True)),
        "series": article.series.name if article.series else None,
    }
