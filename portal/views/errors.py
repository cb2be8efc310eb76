"""Pages for what went wrong. Each says what to do, and a number that finds its line in the log.

A hidden record and one that never was get the same 404, word for word but for that number
(permissions, rule 2).
"""

from __future__ import annotations

import logging
import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.logs import request_number

logger = logging.getLogger(__name__)

SOON = 30


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`PermissionDenied("Chỉ thư ký …")` is shown; it says who may, and names nothing hidden."""
    return _page(request, 403, reason=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    return _page(request, 405, headers={"Allow": allowed})


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away: then trying again soon helps."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _page(request, 503, headers={"Retry-After": str(SOON)})
    return _page(request, 500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Mostly a page left open over a sign-out; what was typed is still behind the back button."""
    logger.warning("CSRF check failed: %s", reason)
    return _page(request, 403, template="errors/csrf.html")


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """Too many wrong passwords for one name from one machine."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return _page(request, 429, headers={"Retry-After": str(minutes * 60)}, minutes=minutes)


def _page(
    request: HttpRequest,
    status: int,
    *,
    template: str = "",
    headers: dict[str, str] | None = None,
    **context: object,
) -> HttpResponse:
    number = request_number.get()
    response = render(
        request, template or f"errors/{status}.html", {"number": number, **context}, status=status
    )
    for name, value in (headers or {}).items():
        response[name] = value
    return response
