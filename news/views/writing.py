"""The edit page's script talks to these: save what is typed, say who else is there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from members.requests import SignedInRequest
from news import actions, permissions
from news.comparison import parts_between
from news.forms import BeginForm, PresenceForm, TypingForm
from news.models import Article
from portal import dates
from portal.answers import json_answer
from portal.saving import On

SIGN_IN = "Phiên làm việc đã kết thúc. Đăng nhập lại để tiếp tục; chữ đã gõ còn nguyên trên máy này."


@require_POST
@login_not_required
def begin(request: HttpRequest) -> JsonResponse:
    """The first words of a new page, and where the page goes on saving from then on."""
    if refusal := _refusal(request):
        return refusal
    form = BeginForm(request.POST)
    if not form.is_valid():
        return _unreadable(form)
    user: Any = request.user
    try:
        category = form.cleaned_data["category"]
        begun = actions.begin_draft(by=user, category=category, values=_typed(form), on=_on(form))
    except actions.EditConflict as conflict:
        return json_answer(_both(conflict, _typed(form)), status=409)
    except ValidationError as refused:
        return json_answer({"sentence": " ".join(refused.messages)}, status=423)
    return json_answer(
        {
            "revision": begun.version,
            "at": dates.hour(begun.updated_at),
            "article": begun.pk,
            "edit": reverse("news:edit", args=[begun.pk]),
            "save": reverse("news:save", args=[begun.pk]),
            "presence": reverse("news:presence", args=[begun.pk]),
        }
    )


@require_POST
@login_not_required
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """On top of the version it was read at. 409 carries both texts, 401 asks to sign in."""
    article = _found(request, pk)
    if isinstance(article, JsonResponse):
        return article
    form = TypingForm(request.POST)
    if not form.is_valid():
        return _unreadable(form)
    user: Any = request.user
    try:
        saved = actions.save_typing(article, by=user, values=_typed(form), on=_on(form))
    except actions.EditConflict as conflict:
        return json_answer(_both(conflict, _typed(form)), status=409)
    except ValidationError as refused:
        return json_answer({"sentence": " ".join(refused.messages)}, status=423)
    return json_answer({"revision": saved.version, "at": dates.hour(saved.updated_at)})


@require_POST
@login_not_required
def presence(request: HttpRequest, pk: int) -> JsonResponse:
    """A sign of life; the answer says who else has the page open, and what stands now."""
    article = _found(request, pk)
    if isinstance(article, JsonResponse):
        return article
    form = PresenceForm(request.POST)
    if not form.is_valid():
        return json_answer({"sentence": "Trang mở không đúng cách. Tải lại trang."}, status=400)
    user: Any = request.user
    others = actions.note_presence(article, desk=form.cleaned_data["desk"], by=user)
    return json_answer(
        {
            "token": get_token(request),
            "others": sorted({str(one.user) for one in others if one.user_id != user.pk}),
            "revision": article.version,
            "at": dates.hour(article.updated_at),
            "refusal": "" if article.saves_itself else "Chữ chỉ đổi khi bấm Lưu.",
        }
    )


def _found(request: HttpRequest | SignedInRequest, pk: int) -> Article | JsonResponse:
    """The item, or the answer why not: a script can't follow the way to a sign-in page."""
    if refusal := _refusal(request):
        return refusal
    user: Any = request.user
    article = Article.objects.visible_to(user).filter(pk=pk).first()
    return article or json_answer({"sentence": "Không có bài này."}, status=404)


def _refusal(request: HttpRequest | SignedInRequest) -> JsonResponse | None:
    user: Any = request.user
    if not user.is_authenticated:
        return json_answer({"sentence": SIGN_IN}, status=401)
    if not permissions.can_write_news(user):
        return json_answer({"sentence": "Chỉ biên tập viên mở được bàn biên tập."}, status=403)
    return None


def _unreadable(form: TypingForm) -> JsonResponse:
    sentences = [str(error) for errors in form.errors.values() for error in errors]
    return json_answer({"sentence": " ".join(sentences)}, status=400)


def _typed(form: TypingForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("title", "lead", "body")}


def _on(form: TypingForm) -> On:
    return On(form.cleaned_data["revision"], form.cleaned_data["desk"], form.cleaned_data["step"])


def _both(conflict: actions.EditConflict, mine: dict[str, str]) -> dict[str, Any]:
    current = conflict.current
    last = current.revisions.select_related("saved_by").order_by("-version").first()
    typed = Article(**mine)
    return {
        "sentence": " ".join(conflict.messages),
        "theirs": {
            "revision": current.version,
            "by": str(last.saved_by) if last else "",
            "at": dates.hour(current.updated_at),
            "fields": {name: getattr(current, name) for name in mine},
        },
        "mine": mine,
        "difference": render_to_string("news/difference.html", {"parts": parts_between(current, typed)}),
    }
