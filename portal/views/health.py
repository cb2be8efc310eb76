"""Is the portal well? For the container engine, the monitor, and the curious administrator."""

import logging
from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


@login_not_required
@require_safe
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served, 503 when not. Only staff learn of the parts.

    Redis does not count: without it the portal is slower and mails wait, but nothing is refused.
    """
    database = _database_answers()
    parts = {"status": "ok" if database else "unavailable"}
    if database and request.user.is_authenticated and request.user.is_staff:
        parts |= {"database": "ok", "cache": _word(_cache_answers)}
    response = JsonResponse(parts, status=200 if database else 503)
    response["Cache-Control"] = "no-store"
    if not database:
        response["Retry-After"] = "5"
    return response


def _word(answers: Callable[[], bool]) -> str:
    return "ok" if answers() else "away"


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as error:
        logger.error("The database does not answer: %s", type(error).__name__)
        return False
    return True


def _cache_answers() -> bool:
    cache.set("health", "ok", timeout=10)
    return bool(cache.get("health") == "ok")
