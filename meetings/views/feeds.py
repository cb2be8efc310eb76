"""A person's own calendar under a secret address (P36, P37)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from meetings.actions import feeds
from meetings.feed import feed_of
from meetings.links import feed_url
from meetings.models import CalendarFeed
from members.requests import SignedInRequest
from portal.views.secret_links import feed_answer, wrong_link


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever knows the address reads it, so it holds no more than where its owner goes and when."""
    found = CalendarFeed.objects.by_token(token).select_related("user").first()
    if found is None:
        return wrong_link(request)
    now = timezone.now()
    CalendarFeed.objects.note_use(found, timezone.localdate(now))
    return feed_answer(request, feed_of(found.user, now), "text/calendar", "lich-cong-tac.ics")


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
