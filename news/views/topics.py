"""Items found together: the page of a tag and of a series, and where editors choose them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from members.requests import SignedInRequest
from news import actions, listing
from news.forms import TopicsForm
from news.models import Article, Series, Tag
from news.models.topics import Topic
from news.views.approval import ASK, Step, take
from news.views.desk import for_editors
from portal.search.suggestions import apart, syllables_of

SUGGESTED = 8
LONGEST = 100
TOPICS = Step(
    "Thẻ và loạt bài",
    "Người đọc bấm vào thẻ hay loạt bài để xem các bài cùng chủ đề mà họ được đọc. "
    "Chữ của bài không đổi: không phải duyệt lại.",
    "Ghi",
)


@require_safe
def tag(request: SignedInRequest, slug: str) -> HttpResponse:
    return _list(request, get_object_or_404(Tag.objects.visible_to(request.user), slug=slug))


@require_safe
def series(request: SignedInRequest, slug: str) -> HttpResponse:
    return _list(request, get_object_or_404(Series.objects.visible_to(request.user), slug=slug))


def _list(request: SignedInRequest, topic: Topic) -> HttpResponse:
    """Newest first, as every list of the news."""
    articles = Article.objects.published_to(request.user).filter(**{topic.on_article: topic.pk})
    before, after = request.GET.get("cu-hon"), request.GET.get("moi-hon")
    try:
        page = listing.page_of(articles, before, after)
    except ValueError as error:
        raise Http404("Không có trang này.") from error
    if after and not page.newer:
        return redirect(topic.get_absolute_url())
    context = {"topic": topic, "page": page, "rows": page.rows, "here": reverse("news:list")}
    return render(request, "news/topic.html", {**context, "show_category": True})


@require_http_methods(ASK)
@for_editors
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    given = {"tags": ", ".join(str(one) for one in article.tags.all()), "series": article.series or ""}
    form = TopicsForm(request.POST if request.method == "POST" else None, initial=given)

    def act() -> Article:
        return actions.set_topics(article, by=request.user, **form.cleaned_data)

    return take(request, article, form, TOPICS, act, "Đã ghi.")


@require_safe
@for_editors
def suggest_tags(request: SignedInRequest) -> JsonResponse:
    return _suggest(request, Tag)


@require_safe
@for_editors
def suggest_series(request: SignedInRequest) -> JsonResponse:
    return _suggest(request, Series)


def _suggest(request: SignedInRequest, model: type[Topic]) -> JsonResponse:
    """Names there are already, while somebody types one; in the form the suggestions of the search have."""
    found: list[Any] = []
    if syllables := syllables_of(request.GET.get("q", "")[:LONGEST]):
        rows = model.objects.visible_to(request.user)
        for syllable in syllables:
            rows = rows.filter(search_title__regex=rf"\m{syllable}")
        found = list(rows.order_by(apart(syllables), "name")[:SUGGESTED])
    return JsonResponse(
        {"found": [{"title": one.name, "url": one.get_absolute_url(), "kind": ""} for one in found]}
    )
