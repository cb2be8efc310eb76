"""The weekly schedule, made from the conferences of the week (domain §2.3)."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.models import Meeting
from meetings.schedule import days_of
from members.requests import SignedInRequest
from portal.dates import Week


@require_safe
def week(request: SignedInRequest, week: str = "") -> HttpResponse:
    now = timezone.now()
    try:
        shown = Week.parse(week) if week else Week.of(now)
    except ValueError as error:
        raise Http404("Không có tuần này.") from error
    meetings = (
        Meeting.objects.visible_to(request.user).between(shown.starts_at, shown.next.starts_at).in_order()
    )
    context = {"week": shown, "days": days_of(shown, list(meetings)), "is_this_week": shown == Week.of(now)}
    return render(request, "meetings/week.html", context)
