"""The edit page's script talks to these: save what is typed, say who else is there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from members.requests import SignedInRequest
from news import actions, permissions
from news.comparison import parts_between
from news.forms import PresenceForm, TypingForm
from news.models import Article
from portal import dates
from portal.answers import json_answer
from portal.saving import On

SIGN_IN = "Phiên làm việc đã kết thúc. Đăng nhập lại để tiếp tục; chữ đã gõ còn nguyên trên máy này."


@require_POST
@login_not_required
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """On top of the version it was read at. 409 carries both texts, 401 asks to sign in."""
    article = _found(request, pk)
    if isinstance(article, JsonResponse):
        return article
    form = TypingForm(request.POST)
    if not form.is_valid():
        sentences = [str(error) for errors in form.errors.values() for error in errors]
        return json_answer({"sentence": " ".join(sentences)}, status=400)
    asked = form.cleaned_data
    values = {name: asked[name] for name in ("title", "lead", "body")}
    on = On(asked["revision"], asked["desk"], asked["step"])
    try:
        saved = actions.save_typing(article, by=request.user, values=values, on=on)  # type: ignore[arg-type]
    except actions.EditConflict as conflict:
        return json_answer(_both(conflict, values), status=409)
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
    user: Any = request.user
    if not user.is_authenticated:
        return json_answer({"sentence": SIGN_IN}, status=401)
    if not permissions.can_write_news(user):
        return json_answer({"sentence": "Chỉ biên tập viên mở được bàn biên tập."}, status=403)
    article = Article.objects.visible_to(user).filter(pk=pk).first()
    return article or json_answer({"sentence": "Không có bài này."}, status=404)


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
