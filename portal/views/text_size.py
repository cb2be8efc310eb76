"""The large-text switch: a cookie the server reads, so no script is needed and nothing flashes."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "text"
A_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    response = HttpResponseRedirect(_way_back(request))
    if request.POST.get("text") == "large":
        response.set_cookie(
            COOKIE, "large", max_age=A_YEAR, secure=settings.IS_HTTPS, httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _way_back(request: HttpRequest) -> str:
    """The page the switch was pressed on, if it is one of ours."""
    path = request.POST.get("next", "")
    if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return reverse("home")
