"""The news of earlier months."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from members.requests import SignedInRequest
from news import archive, edition, listing
from news.models import Article


@require_safe
def years(request: SignedInRequest) -> HttpResponse:
    """Each month with the number of its items that this reader may read."""
    user = request.user
    found = edition.kept(
        "archive", user=user, build=lambda: archive.by_year(Article.objects.published_to(user))
    )
    return render(request, "news/archive.html", {"years": found})


@require_safe
def month(request: SignedInRequest, year: int, month: int) -> HttpResponse:
    try:
        first = datetime.date(year, month, 1)
        articles = archive.of_month(Article.objects.published_to(request.user), first)
    except ValueError as error:  # also of the month after the last one that has a name
        raise Http404("Không có tháng này.") from error
    before, after = request.GET.get("cu-hon"), request.GET.get("moi-hon")
    try:
        page = listing.page_of(articles, before, after)
    except ValueError as error:
        raise Http404("Không có trang này.") from error
    if after and not page.newer:
        return redirect("news:month", year, month)
    context = {"first": first, "page": page, "rows": page.rows, "here": reverse("news:list")}
    return render(request, "news/month.html", {**context, "show_category": True})
