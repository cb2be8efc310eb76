"""The first page: a composition of the apps' own tags, so that nothing here knows them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.postgresql.plans import keeping_plans


@require_safe
@keeping_plans()
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "home.html")
