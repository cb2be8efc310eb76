"""Finding news, the documents among them, and the words inside attached files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.files.base import File
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from members.models import User
from news.models import Article, ArticleState, Attachment, Directive, Series, Tag
from portal.search import index
from portal.search.excerpts import marked
from portal.search.finding import SHOWN, find
from portal.search.query import Query
from portal.search.sources import Hit, IndexedSource, Results, Source, register
from portal.search.suggestions import OF_A_SOURCE, Suggestion, apart, titled


def search_articles(query: Query, *, user: User) -> list[Hit]:
    """At most SHOWN items the user may read, best first; no exact number of all is promised."""
    if not query:
        return []
    limits = query.limits.on_day("published_at")
    if query.limits.organization:
        restricted = Article.audience_organizations.through.objects.filter(
            partyorganization__path__contains=[query.limits.organization]
        )
        limits &= Q(pk__in=restricted.values("article"))
    parts = [part.filter(limits) for part in Article.objects.visible_parts(user)]
    finds = find(parts, query, moment="published_at")
    rows = Article.objects.visible_to(user).as_rows().in_bulk([one.pk for one in finds])
    return [_hit(rows[one.pk], one.excerpt, query) for one in finds]


def _hit(article: Article, excerpt: str, query: Query) -> Hit:
    pattern = query.pattern(article.title, excerpt)
    status = article.status
    return Hit(
        title=marked(article.title, pattern),
        url=article.get_absolute_url(),
        excerpt=marked(excerpt, pattern),
        note=article.category.name,
        moment=article.published_at,
        badge=None if status == ArticleState.PUBLISHED else status,
    )


class ArticleSource(Source):
    code = "tin"
    label = "Tin tức"
    has_organization = True

    def search(self, query: Query, user: User) -> Results:
        hits = search_articles(query, user=user)
        return Results(self, hits, is_full=len(hits) == SHOWN)

    def suggest(self, syllables: list[str], user: User) -> list[Suggestion]:
        rows = titled(Article.objects.visible_to(user), syllables).only("title", "slug")
        return [
            Suggestion(row.title, row.get_absolute_url())
            for row in rows.order_by(apart(syllables), "-published_at", "-pk")[:OF_A_SOURCE]
        ]


class DocumentSource(IndexedSource):
    """By number, symbol, abstract and issuing body, and by the words of attached files."""

    code = "van-ban"
    label = "Văn bản và tệp kèm theo"
    DIRECTIVE, FILE = "news.directive", "news.attachment"
    kinds: ClassVar = {DIRECTIVE: Directive, FILE: Attachment}

    def entries(self) -> Iterable[tuple[str, Iterable[Any]]]:
        yield self.DIRECTIVE, Directive.objects.select_related("article").iterator()
        yield self.FILE, Attachment.objects.select_related("article").iterator()

    def index(self, row: Directive | Attachment) -> None:
        if isinstance(row, Directive):
            index.put(
                self.DIRECTIVE,
                row.pk,
                title=f"{row} {row.abstract}",
                text=f"{row.issued_by}. {row.article.title}",
                url=row.article.get_absolute_url(),
                note=row.issued_by,
                moment=row.article.published_at or row.article.created_at,
            )
        else:
            index.put(
                self.FILE,
                row.pk,
                title=row.name,
                url=row.get_absolute_url(),
                note=f"Tệp kèm theo: {row.article.title}",
                moment=row.created_at,
                is_file=True,
            )

    def open_file(self, kind: str, pk: int) -> tuple[File[bytes], str] | None:
        attachment = Attachment.objects.filter(pk=pk).first() if kind == self.FILE else None
        return (attachment.file, attachment.name) if attachment else None


class TopicSource(IndexedSource):
    """By name; the page behind it lists the items."""

    code = "chu-de"
    label = "Thẻ và loạt bài"
    has_time = False
    has_organization = False
    TAG, SERIES = "news.tag", "news.series"
    kinds: ClassVar = {TAG: Tag, SERIES: Series}

    def entries(self) -> Iterable[tuple[str, Iterable[Any]]]:
        yield self.TAG, Tag.objects.iterator()
        yield self.SERIES, Series.objects.iterator()

    def index(self, row: Tag | Series) -> None:
        kind = self.TAG if isinstance(row, Tag) else self.SERIES
        index.put(kind, row.pk, title=row.name, url=row.get_absolute_url(), note=row.label)


register(ArticleSource())
documents = register(DocumentSource())
topics = register(TopicSource())


@receiver(post_save, sender=Series)
@receiver(post_save, sender=Tag)
def keep_topic(instance: Any, **kwargs: object) -> None:
    topics.index(instance)  # type: ignore[attr-defined]


@receiver(post_save, sender=Directive)
@receiver(post_save, sender=Attachment)
def keep(instance: Any, **kwargs: object) -> None:
    documents.index(instance)  # type: ignore[attr-defined]


@receiver(post_delete, sender=Directive)
@receiver(post_delete, sender=Attachment)
def forget(instance: Any, **kwargs: object) -> None:
    kind = DocumentSource.FILE if isinstance(instance, Attachment) else DocumentSource.DIRECTIVE
    index.drop(kind, instance.pk)
