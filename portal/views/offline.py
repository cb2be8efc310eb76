"""Reading without a network: the page shown then, the worker that shows it, what may be kept."""

from __future__ import annotations

import json
import re
from hashlib import blake2b

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.answers import json_answer
from portal.offline import at_hand

#: More texts than a browser keeps (static/js/offline/store.js); what is named beyond is left aside.
MOST_TEXTS = 50
#: A row's number: more figures than these name nothing.
NUMBER = re.compile(r"[0-9]{1,18}")
SCRIPTS = ("js/offline/store.js", "js/offline/worker.js")


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The same for everybody, so that it can be kept: it asks who reads nothing."""
    return HttpResponse(_page())


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """At the root, where a worker reaches all pages. Its bytes change with the page or any of its
    parts, which is how a browser learns to fetch them anew."""
    page = _page()
    parts = re.findall(rf'(?:href|src)="({re.escape(settings.STATIC_URL)}[^"]+)"', page)
    version = blake2b(page.encode(), digest_size=8).hexdigest()
    frame = {"version": version, "page": reverse("offline"), "parts": sorted(set(parts))}
    scripts = ", ".join(json.dumps(static(script)) for script in SCRIPTS)
    content = f"const FRAME = {json.dumps(frame)};\nimportScripts({scripts});\n"
    return HttpResponse(content, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a telephone is told when somebody puts the portal among its programs."""
    return render(request, "portal/manifest.json", content_type="application/manifest+json")


@require_safe
def kept(request: HttpRequest) -> JsonResponse:
    """Asked by every page that is read: of the texts this browser has kept, which may stay, and which
    files of today it should have."""
    named = request.GET.getlist("bai")[:MOST_TEXTS]
    return json_answer(at_hand(request.user, [int(one) for one in named if NUMBER.fullmatch(one)]))


def _page() -> str:
    return render_to_string("portal/offline.html")
