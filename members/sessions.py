"""A signed-in session ends after an hour without a request, and after a working day in any case."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

#: Seconds. The stamp is written at most once a minute, so a page costs no write of its own.
IDLE_LIMIT = 60 * 60
STAMP_EVERY = 60
ENDED = "session_ended"
MARK_LENGTH = 20
_CAME_AT = "_came_at"

IDLE = "Phiên làm việc đã kết thúc vì hơn một giờ không dùng. Đăng nhập lại để tiếp tục."
TOO_LONG = "Phiên làm việc đã đủ 12 giờ. Đăng nhập lại để tiếp tục."


def end_idle_session(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Middleware, after authentication and before the demand to be signed in.

    A picture comes along with its page and is no sign of life of its own: it sets no cookie.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        now = timezone.now().timestamp()
        setattr(request, _CAME_AT, now)
        if request.user.is_authenticated:
            _end_if_over(request, now)
        response = get_response(request)
        if request.user.is_authenticated and not response.get("Content-Type", "").startswith("image/"):
            _stamp(request, now)
        return response

    return middleware


def mark_of(request: HttpRequest) -> tuple[str, int]:
    """A word that tells one session from another and betrays none, and its last moment in milliseconds."""
    mark = salted_hmac("members.sessions.mark", request.session.session_key or "").hexdigest()[:MARK_LENGTH]
    # On the first page the session is as old as the request; it is stamped with that only afterwards.
    began = request.session.get("began_at", getattr(request, _CAME_AT, 0))
    return mark, round((began + settings.SESSION_COOKIE_AGE) * 1000)


def _end_if_over(request: HttpRequest, now: float) -> None:
    began = request.session.get("began_at", now)
    seen = request.session.get("seen_at", now)
    if reason := (
        TOO_LONG
        if now - began > settings.SESSION_COOKIE_AGE
        else IDLE
        if now - seen > IDLE_LIMIT - STAMP_EVERY
        else ""
    ):
        logout(request)
        request.session[ENDED] = reason


def _stamp(request: HttpRequest, now: float) -> None:
    session = request.session
    session.setdefault("began_at", now)
    if now - session.get("seen_at", 0) >= STAMP_EVERY:
        session["seen_at"] = now
