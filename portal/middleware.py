"""Around every request: where a deed comes from, the headers of its answer, words for a refusal."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from portal import audit
from portal.logs import request_number
from portal.views.errors import method_not_allowed

GetResponse = Callable[[HttpRequest], HttpResponse]

#: What the portal never asks of a browser.
SWITCHED_OFF = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)

#: A page of an intranet stays in nobody's cache and in no index; a view that knows better
#: (a hashed file, a picture open to all) sets its own value, and that one stands.
DEFAULTS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in SWITCHED_OFF),
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}


def audit_origin(get_response: GetResponse) -> GetResponse:
    """What is recorded while answering carries the machine's address and the request's number.

    Only the address of the connection is believed: X-Forwarded-For is whatever the sender writes.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        ip = request.META.get("REMOTE_ADDR") or None
        with audit.coming_from(ip=ip, request_id=request_number.get()):
            return get_response(request)

    return middleware


def hardening_headers(get_response: GetResponse) -> GetResponse:
    """Stands outside of WhiteNoise and of every redirect, so no answer leaves without them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for header, value in DEFAULTS.items():
            response.setdefault(header, value)
        return response

    return middleware


#: What a view says of its own policy, as the decorators of the library note it on the answer.
_OF_ITS_OWN = frozenset({"_csp_config", "_csp_update", "_csp_replace", "_csp_exempt"})


class OnePolicy(CSPMiddleware):
    """The library puts the policy together twice for every answer. It is one text for all of them, but for
    a view that says otherwise and for Django's own pages of errors."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if settings.DEBUG or not _OF_ITS_OWN.isdisjoint(vars(response)):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.usual)
        return response

    @cached_property
    def usual(self) -> str:
        return build_policy()


#: What the portal is ever asked with. TRACE would hand a request's headers back to its sender.
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


def refusals_in_words(get_response: GetResponse) -> GetResponse:
    """Other methods than ours are refused, and a bare 405 becomes a page that says what to do."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return method_not_allowed(request, ", ".join(sorted(METHODS)))
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return method_not_allowed(request, response["Allow"])
        return response

    return middleware
