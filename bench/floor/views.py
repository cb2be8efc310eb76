"""Three bare pages: a list of twenty, one post, and a home of one list."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from bench.floor.models import Post, Row


@login_required
def post_list(request: HttpRequest) -> HttpResponse:
    posts = Post.objects.order_by("-published_at", "-id")[:20]
    return render(request, "floor/list.html", {"posts": posts})


@login_required
def post_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "floor/detail.html", {"post": get_object_or_404(Post, pk=pk)})


@login_required
def rows(request: HttpRequest, number: int) -> HttpResponse:
    """The bare meeting page: as many rows as the portal's has agenda items and people."""
    return render(request, "floor/rows.html", {"rows": Row.objects.order_by("position")[:number]})
