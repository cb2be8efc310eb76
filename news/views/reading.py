"""What is read: the list, an item, its picture and its files."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.fields.files import FieldFile
from django.db.models.functions import JSONObject
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from members.models import User
from members.requests import SignedInRequest
from news import checking, edition, listing, permissions
from news.forms import CommentForm
from news.models import Article, ArticleComment, ArticleState, ArticleStep, Attachment, Photo, Rendition, Tag
from news.models.articles import ArticleQuerySet
from news.related import companions_of, documents_named_in
from portal import files
from portal.postgresql.plans import keeping_plans
from portal.unchanged import unless_unchanged

UNPUBLISHED_SHOWN = 5
#: Of a series, beside one of its items.
PARTS_SHOWN = 12
#: One letter more than a category's slug can have: longer ones name nothing.
SLUG_LENGTH = 81
#: A picture for all readers may stay in their browsers this long; a restricted one never does.
PICTURE_SECONDS = 3600


@require_safe
@keeping_plans()
def article_list(request: SignedInRequest) -> HttpResponse:
    user = request.user
    slug = request.GET.get("chuyen-muc", "")[:SLUG_LENGTH]
    before, after = request.GET.get("cu-hon"), request.GET.get("moi-hon")
    if before or after:
        page = _page(user, slug, before, after)
    else:
        page = edition.kept(f"list:{slug}", user=user, build=lambda: _page(user, slug))
    if page is None:
        raise Http404("Không có trang này.")
    if after and not page["newer"]:
        return redirect(page["category"].address if page["category"] else "news:list")
    can_write = permissions.can_write_news(user)
    unpublished = _unpublished(user) if can_write and not (slug or page["newer"]) else []
    return unless_unchanged(
        request,
        page,
        [(item.pk, item.updated_at, item.status) for item in unpublished],
        render=lambda: render(
            request, "news/list.html", {**page, "can_write": can_write, "unpublished": unpublished}
        ),
    )


def _page(
    user: User, slug: str, before: str | None = None, after: str | None = None
) -> dict[str, Any] | None:
    """The rows as HTML, where the neighbouring pages begin, the categories; None for no such page."""
    categories = edition.categories()
    category = categories.get(slug)
    if slug and category is None:
        return None
    articles = Article.objects.published_to(user)
    if category:
        articles = articles.filter(category=category.pk)
    try:
        page = listing.page_of(articles, before, after)
    except ValueError:
        return None
    if not (before or after):
        page = listing.with_pinned(page, articles, timezone.localdate())
    context = {"rows": page.rows, "show_category": not slug, "here": reverse("news:list")}
    return {
        "html": render_to_string("news/rows.html", context),
        "newer": page.newer,
        "older": page.older,
        "category": category,
        "categories": list(categories.values()),
    }


def _unpublished(user: User) -> list[Article]:
    rows = Article.objects.visible_to(user).unpublished().as_rows()
    return list(rows.order_by("-updated_at", "-pk")[:UNPUBLISHED_SHOWN])


@require_safe
@keeping_plans()
def article(request: SignedInRequest, slug: str) -> HttpResponse:
    """Readers of one audience share the kept item; editors and the author see it as it stands."""
    user = request.user
    can_write = permissions.can_write_news(user)
    item = None
    if not can_write:
        item = edition.kept(
            f"article:{slug}",
            user=user,
            build=lambda: _item(_whole(Article.objects.published_to(user), slug), user),
        )
    if item is not None:
        return unless_unchanged(
            request, item, render=lambda: render(request, "news/article.html", {"item": item})
        )
    found = _whole(Article.objects.visible_to(user), slug)
    if found is None:
        raise Http404("Không có trang này.")
    findings = checking.findings_of(found) if checking.is_checked(found) else None
    stop = checking.stop_among(findings or [])
    context: dict[str, Any] = {
        "item": _item(found, user),
        "article": found,
        "can_write": can_write,
        "findings": findings,
        "submit_refusal": stop,
        "approval_refusal": permissions.approval_refusal(user, found) or stop,
        "steps": list(ArticleStep.objects.visible_to(user).filter(article=found).select_related("by", "to")),
        "comments": list(
            ArticleComment.objects.visible_to(user).filter(article=found).select_related("by", "done_by")
        ),
        "comment_form": CommentForm(auto_id="gop-y-%s"),
    }
    return unless_unchanged(
        request,
        context["item"],
        (found.status, found.due_on, found.publish_at, found.is_late, found.note),
        findings,
        [step.pk for step in context["steps"]],
        [(comment.pk, comment.done_at) for comment in context["comments"]],
        render=lambda: render(request, "news/article.html", context),
    )


def _whole(articles: ArticleQuerySet, slug: str) -> Article | None:
    return (
        articles.whole()
        .annotate(files=_files(), photo_rows=_photos(), tag_rows=_tags())
        .filter(slug=slug)
        .first()
    )


def _item(article: Article | None, user: User) -> dict[str, Any] | None:
    """What the page shows of an item, the same for all its readers."""
    if article is None:
        return None
    reading = getattr(article, "required_reading", None)
    context = {
        "article": article,
        "directive": getattr(article, "directive", None),
        "upkeep": getattr(article, "upkeep", None),
        "tags": [Tag(**row) for row in getattr(article, "tag_rows", [])],
        "series": article.series,
        "parts": _parts(article, user),
        "documents": documents_named_in(article, user),
        "reading_link": reading.get_absolute_url() if reading and reading.ended_at is None else "",
    }
    return {
        "pk": article.pk,
        "published": article.status == ArticleState.PUBLISHED,
        "title": article.title,
        "category": article.category,
        "head": render_to_string("news/head.html", context),
        "text": render_to_string("news/text.html", context),
        "files": render_to_string("news/files.html", context),
        "tags": render_to_string("news/tags.html", context),
        "series": render_to_string("news/series.html", context),
        "related": render_to_string("news/related.html", context),
        "companions": companions_of(article),
    }


def _files() -> ArraySubquery:
    """The item's files as part of its own row: one query for both."""
    rows = Attachment.objects.filter(article=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(row=JSONObject(pk="pk", name="name", size="size")))


def _photos() -> ArraySubquery:
    """The gallery in the same query too."""
    rows = Photo.objects.filter(article=OuterRef("pk")).order_by("position", "pk")
    names = ("pk", "file", "width", "height", "alt", "caption", "credit", "widths")
    return ArraySubquery(rows.values(row=JSONObject(**{name: name for name in names})))


def _tags() -> ArraySubquery:
    """And the tags."""
    rows = Tag.objects.filter(articles=OuterRef("pk")).order_by("name")
    return ArraySubquery(rows.values(row=JSONObject(name="name", slug="slug")))


def _parts(article: Article, user: User) -> list[Article]:
    """The items of its series in their order, the last of them where there are many."""
    if article.series_id is None:
        return []
    rows = Article.objects.published_to(user).filter(series=article.series_id).only("title", "slug")
    return list(rows.newest_first()[:PARTS_SHOWN])[::-1]


@require_safe
def attachment(request: SignedInRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    return files.serve(request, found.file, name=found.name, inline=True)


@require_safe
def image(request: SignedInRequest, pk: int, size: str = "") -> FileResponse:
    """The picture above an item, whole or in one of the sizes made of it: asked for by the same door."""
    pictured = Article.objects.visible_to(request.user).exclude(cover="")
    found = get_object_or_404(pictured.as_rows(), pk=pk)
    return _picture(request, found, found.cover, size)


@require_safe
def photo(request: SignedInRequest, pk: int, size: str = "") -> FileResponse:
    """One of the gallery."""
    found = get_object_or_404(Photo.objects.visible_to(request.user).select_related("article"), pk=pk)
    return _picture(request, found.article, found.file, size)


def _picture(request: SignedInRequest, article: Article, original: FieldFile, size: str) -> FileResponse:
    file = get_object_or_404(Rendition, original=original.name, name=size).file if size else original
    _, _, ending = str(file.name).rpartition(".")
    response = files.serve(request, file, name=f"{article.slug}.{ending}", inline=True)
    if article.is_for_all and article.status == ArticleState.PUBLISHED:
        response["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
    return response
