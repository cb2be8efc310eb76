"""Steps on an item's way: submit, return, publish, withdraw. A page asks, a POST acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from members.requests import SignedInRequest
from news import actions, permissions
from news.forms import PublishForm, ReasonForm
from news.models import Article
from news.views.desk import for_editors

ASK = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Step:
    """The words of a step's page."""

    heading: str
    outcome: str
    button: str
    is_stop: bool = False


PUBLISH = Step(
    "Duyệt và đăng", "Bài dưới đây là bài sẽ hiện với người đọc, đúng như thế này.", "Duyệt và đăng"
)
RETURN = Step("Trả lại để sửa", "Bài trở về bản nháp; người viết nhận được lý do này.", "Trả lại bài")
WITHDRAW = Step(
    "Gỡ tin, bài",
    "Bài, ảnh và tệp kèm theo không còn hiện với người đọc, kể cả trong tìm kiếm. Biên tập viên vẫn thấy.",
    "Gỡ bài",
    is_stop=True,
)


@require_POST
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """By an editor, or by the author, who may be of the office."""
    user = request.user
    article = get_object_or_404(Article.objects.visible_to(user), pk=pk)
    if not permissions.can_submit(user, article):
        raise PermissionDenied("Chỉ biên tập viên và người viết trình duyệt được bài.")
    try:
        article = actions.submit_for_approval(article, by=user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Đã trình duyệt. Các biên tập viên khác đã được báo.")
    return redirect(article)


@require_http_methods(ASK)
@for_editors
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    article = get_object_or_404(Article.objects.visible_to(user), pk=pk)
    if refusal := permissions.approval_refusal(user, article):
        raise PermissionDenied(refusal)
    form = PublishForm(request.POST or None, initial={"version": article.version})

    def act() -> Article:
        moment = {name: form.cleaned_data[name] for name in ("version", "published_at")}
        return actions.approve_and_publish(article, by=user, **moment)

    return _take(request, article, form, PUBLISH, act, "Đã duyệt.")


@require_http_methods(ASK)
@for_editors
def return_to_author(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    article = get_object_or_404(Article.objects.visible_to(user), pk=pk)
    form = ReasonForm(request.POST or None)

    def act() -> Article:
        return actions.return_with_reason(article, by=user, reason=form.cleaned_data["reason"])

    return _take(request, article, form, RETURN, act, "Đã trả lại. Người viết đã được báo.")


@require_http_methods(ASK)
@for_editors
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    article = get_object_or_404(Article.objects.visible_to(user), pk=pk)
    form = ReasonForm(request.POST or None)

    def act() -> Article:
        return actions.withdraw(article, by=user, reason=form.cleaned_data["reason"])

    return _take(request, article, form, WITHDRAW, act, "Đã gỡ. Bài không còn hiện với người đọc.")


def _take(
    request: SignedInRequest,
    article: Article,
    form: forms.Form,
    step: Step,
    act: Callable[[], Article],
    done: str,
) -> HttpResponse:
    """Ask, act, or say why not: 409 where the item's state or a newer text does not allow it."""
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            article = act()
        except ValidationError as error:
            form.add_error(None, " ".join(error.messages))
            status = 409
        else:
            messages.success(request, done)
            return redirect(article)
    context = {"article": article, "form": form, "step": step}
    return render(request, "news/step.html", context, status=status)
