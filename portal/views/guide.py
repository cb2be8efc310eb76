"""The user guide inside the portal: its contents with one's own part on top, and each part."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.guide import CONTENTS, page, parts_for


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    roles: frozenset[str] = getattr(request.user, "roles", frozenset())
    return render(
        request, "portal/guide.html", {"page": _found(CONTENTS), "own": parts_for(roles), "is_contents": True}
    )


@require_safe
def guide_page(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "portal/guide.html", {"page": _found(name)})


def _found(name: str) -> object:
    if (found := page(name)) is None:
        raise Http404("Hướng dẫn không có phần này.")
    return found
