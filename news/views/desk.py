"""The editors' desk: what is in the making, and the page where an item is written."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from members.requests import SignedInRequest
from news import actions, permissions
from news.comparison import parts_between
from news.forms import ArticleForm
from news.models import Article, ArticleState
from portal.richtext import editor_page

View = Callable[..., HttpResponse]
MOST_ROWS = 50
#: In the order in which somebody has to act.
GROUPS = [
    ("Chờ duyệt", ArticleState.FOR_APPROVAL),
    ("Chờ biên tập", ArticleState.FOR_EDITING),
    ("Đã duyệt, chưa đăng", ArticleState.APPROVED),
    ("Hẹn đăng", ArticleState.SCHEDULED),
    ("Bản nháp", ArticleState.DRAFT),
    ("Đã gỡ", ArticleState.WITHDRAWN),
]


def for_editors(view: View) -> View:
    """The desk is no secret: whoever is no editor gets 403, whatever the number in the address."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_write_news(request.user):
            raise PermissionDenied("Chỉ biên tập viên mở được bàn biên tập.")
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_editors
def drafts(request: SignedInRequest) -> HttpResponse:
    """Everything not yet before its readers, in the order in which somebody has to act."""
    visible = Article.objects.visible_to(request.user).as_rows()
    people = ("author", "editor", "approver")
    unpublished = visible.select_related(*people).unpublished().order_by("-updated_at", "-pk")
    rows = list(unpublished[: MOST_ROWS + 1])
    context = {
        "groups": [(heading, [row for row in rows if row.state == state]) for heading, state in GROUPS],
        "has_rows": bool(rows),
        "is_cut": len(rows) > MOST_ROWS,
    }
    return render(request, "news/drafts.html", context)


@editor_page
@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def create(request: SignedInRequest) -> HttpResponse:
    form = ArticleForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            article = actions.create_draft(by=request.user, **form.values(), **form.around())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Đã lưu bản nháp.")
            return redirect(article)
    return render(request, "news/edit.html", {"form": form})


@editor_page
@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    form = ArticleForm(request.POST or None, request.FILES or None, instance=article)
    current = None
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.edit(
                article,
                by=request.user,
                version=form.cleaned_data["version"],
                values=form.values(),
                without_cover=form.cleaned_data.get("without_cover", False),
                removed=form.cleaned_data.get("removed", ()),
                correction=form.cleaned_data.get("correction", ""),
                **form.around(),
            )
        except actions.EditConflict as conflict:
            # The typed text stays in the form; saving once more, having read both, goes over the other.
            current = conflict.current
            data = request.POST.copy()
            data["version"] = str(current.version)
            form.data = data
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Đã lưu.")
            return redirect(saved)
    context: dict[str, Any] = {"form": form, "article": article, "current": current}
    if current:
        typed = Article(**{name: form.cleaned_data[name] for name in ("title", "lead", "body")})
        context["parts"] = parts_between(current, typed)
    return render(request, "news/edit.html", context, status=409 if current else 200)
