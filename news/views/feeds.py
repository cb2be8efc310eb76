"""The news under a secret address."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members.requests import SignedInRequest
from news.actions import feeds
from news.feed import feed_of, feed_url
from news.models import NewsFeed
from portal.views.secret_links import feed_answer, wrong_link


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever knows the address reads it, so it holds headlines and no text."""
    found = NewsFeed.objects.by_token(token).select_related("user").first()
    if found is None:
        return wrong_link(request)
    NewsFeed.objects.note_use(found, timezone.localdate())
    return feed_answer(request, feed_of(found.user), "application/atom+xml", "tin-tuc.xml")


@require_POST
def reset(request: SignedInRequest) -> HttpResponse:
    """Shown on the answer itself and never again."""
    secret = feeds.reset_feed(by=request.user)
    return render(request, "news/feed_made.html", {"address": feed_url(secret)})


@require_POST
def end(request: SignedInRequest) -> HttpResponse:
    feeds.end_feed(by=request.user)
    messages.success(request, "Đã ngừng nguồn tin riêng. Địa chỉ cũ không mở được nữa.")
    return redirect("account:home")
