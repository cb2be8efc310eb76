"""What is read: the list, an item, its picture and its files."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from members.models import User
from members.requests import SignedInRequest
from news import edition, listing, permissions
from news.models import Article, ArticleState, Attachment, Category
from news.models.articles import ArticleQuerySet
from portal import files
from portal.unchanged import unless_unchanged

UNPUBLISHED_SHOWN = 5
#: A picture for all readers may stay in their browsers this long; a restricted one never does.
PICTURE_SECONDS = 3600


@require_safe
def article_list(request: SignedInRequest) -> HttpResponse:
    user = request.user
    categories = edition.categories()
    slug = request.GET.get("chuyen-muc", "")
    category = categories.get(slug)
    if slug and category is None:
        raise Http404("Không có chuyên mục này.")
    before, after = request.GET.get("cu-hon"), request.GET.get("moi-hon")
    if before or after:
        rows = _rows(user, category, before, after)
    else:
        rows = edition.kept(f"list:{slug}", user=user, build=lambda: _rows(user, category))
    if after and not rows["newer"]:
        return redirect(category or "news:list")
    can_write = permissions.can_write_news(user)
    unpublished = _unpublished(user) if can_write and not (slug or rows["newer"]) else []
    context = {
        "rows": rows,
        "categories": categories.values(),
        "category": category,
        "can_write": can_write,
        "unpublished": unpublished,
    }
    return unless_unchanged(
        request,
        rows,
        [known.name for known in categories.values()],
        [(item.pk, item.updated_at, item.status) for item in unpublished],
        render=lambda: render(request, "news/list.html", context),
    )


def _rows(
    user: User, category: Category | None, before: str | None = None, after: str | None = None
) -> dict[str, str]:
    """The rows of a page as HTML, with the places its neighbours begin at."""
    articles = Article.objects.published_to(user).as_rows()
    if category:
        articles = articles.filter(category=category)
    page = _page(articles, before, after)
    html = render_to_string("news/rows.html", {"articles": page.articles, "show_category": category is None})
    return {"html": html, "newer": page.newer, "older": page.older}


def _page(articles: ArticleQuerySet, before: str | None, after: str | None) -> listing.Page:
    try:
        if before:
            return listing.older_than(listing.Place.parse(before), articles)
        if after:
            return listing.newer_than(listing.Place.parse(after), articles)
    except ValueError as error:
        raise Http404("Không có trang này.") from error
    return listing.newest(articles)


def _unpublished(user: User) -> list[Article]:
    rows = Article.objects.visible_to(user).unpublished().as_rows()
    return list(rows.order_by("-updated_at", "-pk")[:UNPUBLISHED_SHOWN])


@require_safe
def article(request: SignedInRequest, slug: str) -> HttpResponse:
    user = request.user
    found = get_object_or_404(Article.objects.visible_to(user).whole().annotate(files=_files()), slug=slug)
    context = {
        "article": found,
        "can_write": permissions.can_write_news(user),
        "can_submit": permissions.can_submit(user, found),
        "approval_refusal": permissions.approval_refusal(user, found),
    }
    return unless_unchanged(
        request,
        (found.pk, found.version, found.updated_at, found.status),
        (found.category.name, str(found.author)),
        render=lambda: render(request, "news/article.html", context),
    )


def _files() -> ArraySubquery:
    """The item's files as part of its own row: one query for both."""
    rows = Attachment.objects.filter(article=OuterRef("pk")).order_by("pk")
    return ArraySubquery(rows.values(row=JSONObject(pk="pk", name="name", size="size")))


@require_safe
def attachment(request: SignedInRequest, pk: int) -> FileResponse:
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    return files.serve(request, found.file, name=found.name, inline=True)


@require_safe
def image(request: SignedInRequest, pk: int) -> FileResponse:
    """The picture above an item."""
    pictured = Article.objects.visible_to(request.user).exclude(cover="")
    found = get_object_or_404(pictured.as_rows(), pk=pk)
    _, _, ending = str(found.cover.name).rpartition(".")
    response = files.serve(request, found.cover, name=f"{found.slug}.{ending}", inline=True)
    if found.is_for_all and found.status == ArticleState.PUBLISHED:
        response["Cache-Control"] = f"private, max-age={PICTURE_SECONDS}"
    return response
