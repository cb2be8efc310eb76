"""Lasting pages: the list of those to be looked through, and who answers for one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.requests import SignedInRequest
from news import actions
from news.forms import UpkeepForm
from news.models import Article, Upkeep
from news.permissions import can_write_news
from news.views.approval import Step, take
from news.views.desk import for_editors
from portal.dates import months_later

MOST_ROWS = 200
USUAL_MONTHS = 12
GIVE = Step(
    "Phụ trách và rà soát",
    "Cho bài dùng lâu dài, như quy định, hướng dẫn: người đọc thấy ai phụ trách và rà soát gần nhất khi nào; "
    "đến hạn thì người phụ trách được nhắc. Chữ của bài không đổi, không phải duyệt lại.",
    "Lưu",
)


@require_safe
def upkeeps(request: SignedInRequest) -> HttpResponse:
    """What this person answers for; for an editor all of them. What is late stands on top."""
    user = request.user
    rows = Upkeep.objects.visible_to(user).before_readers()
    seen = rows.filter(article__in=Article.objects.visible_to(user))
    context = {
        "rows": seen.select_related("article", "owner", "organization", "reviewed_by")[:MOST_ROWS],
        "is_editor": can_write_news(user),
    }
    return render(request, "news/upkeeps.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def give(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    article = get_object_or_404(Article.objects.visible_to(user), pk=pk)
    kept = Upkeep.objects.visible_to(user).filter(article=article).first()
    given = {
        "owner": kept.owner_id if kept else None,
        "organization": kept.organization_id if kept else None,
        "months": kept.months if kept else USUAL_MONTHS,
        "review_on": kept.review_on if kept else months_later(timezone.localdate(), USUAL_MONTHS),
    }
    form = UpkeepForm(request.POST or None, initial=given, by=user)

    def act() -> Article:
        return actions.give_upkeep(article, by=user, **form.cleaned_data)

    return take(request, article, form, GIVE, act, "Đã ghi người phụ trách.")


@require_POST
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    kept = actions.review(_kept(request, pk), by=request.user)
    messages.success(request, f"Đã rà soát. Lần tới trước hết ngày {kept.review_on:%d/%m/%Y}.")
    return redirect("news:upkeeps")


@require_POST
@for_editors
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    actions.end_upkeep(_kept(request, pk), by=request.user)
    messages.success(request, "Bài không còn phải rà soát.")
    return redirect("news:upkeeps")


def _kept(request: SignedInRequest, pk: int) -> Upkeep:
    return get_object_or_404(Upkeep.objects.visible_to(request.user), pk=pk)
