"""A person's own calendar under a secret address (P36, P37)."""

from __future__ import annotations

from hashlib import blake2b

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_POST, require_safe

from meetings.actions import feeds
from meetings.feed import feed_of
from meetings.links import feed_url
from meetings.models import CalendarFeed
from members.requests import SignedInRequest
from portal.views.secret_links import private, wrong_link

POLICY = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever knows the address reads it, so it holds no more than where its owner goes and when."""
    found = CalendarFeed.objects.by_token(token).select_related("user").first()
    if found is None:
        return wrong_link(request)
    now = timezone.now()
    feeds.note_use(found, today=timezone.localdate(now))
    content = feed_of(found.user, now)
    etag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    calendar = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    calendar["Content-Disposition"] = 'inline; filename="lich-cong-tac.ics"'
    calendar["ETag"] = etag
    response = get_conditional_response(request, etag=etag, response=calendar) or calendar
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = POLICY
    return private(response)


@require_POST
def reset(request: SignedInRequest) -> HttpResponse:
    """Shown on the answer itself and never again: the address is stored nowhere, not in a session either."""
    token = feeds.reset_feed(by=request.user)
    return render(request, "meetings/feed_made.html", {"address": feed_url(token)})


@require_POST
def end(request: SignedInRequest) -> HttpResponse:
    feeds.end_feed(by=request.user)
    messages.success(request, "Đã ngừng lịch riêng. Địa chỉ cũ không mở được nữa.")
    return redirect("account:home")
