"""What was written when and by whom, and the remarks of those who work on an item (P04)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.requests import SignedInRequest
from news import actions, permissions
from news.comparison import parts_between
from news.forms import CommentForm, ComparisonForm
from news.models import Article, ArticleComment, ArticleRevision
from news.views.desk import for_editors

MOST_ROWS = 100


@require_safe
def history(request: SignedInRequest, pk: int) -> HttpResponse:
    """The revisions, newest first, and any two of them compared word by word."""
    article = _worked_on(request, pk)
    seen = ArticleRevision.objects.visible_to(request.user).filter(article=article)
    revisions = list(seen.select_related("saved_by").defer("body", "lead")[: MOST_ROWS + 1])
    form = ComparisonForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    newer = asked.get("moi") or (revisions[0].version if revisions else 0)
    older = asked.get("cu") or next((row.version for row in revisions if row.version < newer), 0)
    pair = {row.version: row for row in seen.filter(version__in=[older, newer]).select_related("saved_by")}
    context: dict[str, Any] = {
        "article": article,
        "revisions": revisions[:MOST_ROWS],
        "is_cut": len(revisions) > MOST_ROWS,
        "older": pair.get(older),
        "newer": pair.get(newer),
        "can_write": permissions.can_write_news(request.user),
    }
    if older in pair and newer in pair:
        context["parts"] = parts_between(pair[older], pair[newer])
    return render(request, "news/history.html", context)


@require_POST
@for_editors
def restore(request: SignedInRequest, pk: int, version: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    seen = ArticleRevision.objects.visible_to(request.user)
    revision = get_object_or_404(seen.select_related("article"), article=article, version=version)
    try:
        article = actions.restore(revision, by=request.user, version=article.version)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Đã lấy lại chữ của bản {version}. Các bản sau nó vẫn còn trong lịch sử.")
    return redirect(article)


@require_POST
def comment(request: SignedInRequest, pk: int) -> HttpResponse:
    article = _worked_on(request, pk)
    form = CommentForm(request.POST)
    if form.is_valid():
        actions.comment(article, by=request.user, text=form.cleaned_data["text"])
        messages.success(request, "Đã gửi góp ý. Những người làm bài này đã được báo.")
    else:
        messages.error(
            request, "Chưa ghi góp ý." if not request.POST.get("text") else "Góp ý dài quá 2.000 chữ."
        )
    return redirect(f"{article.get_absolute_url()}#gop-y")


@require_POST
def settle(request: SignedInRequest, pk: int, comment: int) -> HttpResponse:
    article = _worked_on(request, pk)
    remarks = ArticleComment.objects.visible_to(request.user).select_related("article")
    actions.settle_comment(get_object_or_404(remarks, article=article, pk=comment), by=request.user)
    return redirect(f"{article.get_absolute_url()}#gop-y")


def _worked_on(request: SignedInRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    if not permissions.can_comment(request.user, article):
        raise PermissionDenied("Chỉ biên tập viên và người viết mở được trang này.")
    return article
