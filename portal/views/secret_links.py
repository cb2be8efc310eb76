"""Pages whose address is a secret: kept out of every index, and slow for who guesses."""

from __future__ import annotations

from hashlib import blake2b

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response

#: Wrong links from one address within a minute before it has to wait.
WRONG_LINKS = 60
MINUTE = 60
FEED_POLICY = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"


def wrong_link(request: HttpRequest) -> HttpResponse:
    """The same 404 whatever is wrong with it; 429 for an address that keeps guessing."""
    key = f"wrong-links:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, timeout=MINUTE)
    try:
        tried = cache.incr(key)
    except ValueError:  # the count ran out between the two calls, or there is no cache just now
        tried = 1
    if tried > WRONG_LINKS:
        response = render(request, "errors/429.html", {"wait": MINUTE}, status=429)
        response["Retry-After"] = str(MINUTE)
        return private(response)
    return private(render(request, "errors/404.html", status=404))


def private(response: HttpResponse, *, referrer: str = "strict-origin") -> HttpResponse:
    """The address carries a secret: it goes into no Referer and no index.

    Not "no-referrer" on a page with a form: browsers then send `Origin: null` with it, which no CSRF
    check can accept.
    """
    response["Referrer-Policy"] = referrer
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def feed_answer(request: HttpRequest, content: bytes, content_type: str, filename: str) -> HttpResponse:
    """A feed for a program: 304 when it has not changed, kept by nobody, and nothing in it runs."""
    etag = f'"{blake2b(content, digest_size=16).hexdigest()}"'
    whole = HttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    whole["Content-Disposition"] = f'inline; filename="{filename}"'
    whole["ETag"] = etag
    response = get_conditional_response(request, etag=etag, response=whole) or whole
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = FEED_POLICY
    return private(response, referrer="no-referrer")
