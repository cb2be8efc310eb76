"""304 for a page that is for this reader what it was: asked before the page is rendered.

Pages after the sign-in are `no-store`, so browsers ask afresh; a program that polls a page, or a
proxy of the house, sends the ETag and is answered at a fraction of the cost.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from portal import changelog
from portal.bell import unread_count


def unless_unchanged(
    request: HttpRequest, *content: object, render: Callable[[], HttpResponse]
) -> HttpResponse:
    """`content` is all that the page shows beside its frame; the frame's own parts are added here."""
    if request.method not in ("GET", "HEAD") or len(get_messages(request)):
        return render()
    etag = _etag(request, *content)
    answer = get_conditional_response(request, etag=etag) or render()
    answer["ETag"] = etag
    return answer


def _etag(request: HttpRequest, *content: object) -> str:
    frame = (
        request.user.pk,
        sorted(map(str, getattr(request.user, "powers", ()))),
        str(request.user),
        unread_count(request),
        timezone.localdate(),
        request.COOKIES.get("text"),
        changelog.is_unread(request),
        request.get_full_path(),
    )
    return f'"{blake2b(repr((frame, content)).encode(), digest_size=16).hexdigest()}"'
