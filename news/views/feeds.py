"""The news under a secret address."""

from __future__ import annotations

from hashlib import blake2b

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from members.requests import SignedInRequest
from news.actions import feeds
from news.feed import feed_of, feed_url
from news.models import NewsFeed
from portal.views.secret_links import private, wrong_link

POLICY = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever knows the address reads it, so it holds headlines and no text."""
    found = NewsFeed.objects.by_token(token).select_related("user").first()
    if found is None:
        return wrong_link(request)
    feeds.note_use(found, today=timezone.localdate())
    content = feed_of(found.user)
    etag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    atom = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    atom["Content-Disposition"] = 'inline; filename="tin-tuc.xml"'
    atom["ETag"] = etag
    response = get_conditional_response(request, etag=etag, response=atom) or atom
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = POLICY
    return private(response)


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
