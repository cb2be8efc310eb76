"""What is new in the portal, and that this browser has read it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import changelog

A_YEAR = 365 * 24 * 60 * 60


@require_safe
def whats_new(request: HttpRequest) -> HttpResponse:
    response = render(request, "portal/whats_new.html", {"releases": changelog.releases()})
    response.set_cookie(
        changelog.COOKIE,
        changelog.mark(),
        max_age=A_YEAR,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
