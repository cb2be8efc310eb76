"""Items put aside to be read again, by each reader for himself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from members.requests import SignedInRequest
from news import actions
from news.models import Article, SavedArticle

MOST_ROWS = 200


@require_safe
def saved(request: SignedInRequest) -> HttpResponse:
    mine = SavedArticle.objects.visible_to(request.user).newest_first()
    rows = list(mine.select_related("article__category").defer("article__body")[: MOST_ROWS + 1])
    context = {"rows": rows[:MOST_ROWS], "is_cut": len(rows) > MOST_ROWS, "most": MOST_ROWS}
    return render(request, "news/saved.html", context)


@require_POST
def save(request: SignedInRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user).as_rows(), pk=pk)
    actions.save_article(article, by=request.user)
    messages.success(request, "Đã lưu bài. Xem lại ở Tin tức, mục Bài đã lưu.")
    return redirect(article)


@require_POST
def forget(request: SignedInRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user).as_rows(), pk=pk)
    actions.forget_article(article, by=request.user)
    messages.success(request, "Đã bỏ bài khỏi danh sách đã lưu.")
    return redirect("news:saved")
