"""Steps on an item's way: submit, return, publish, withdraw. A page asks, a POST acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from members.requests import SignedInRequest
from news import actions, checking, permissions
from news.forms import DisplayForm, PublishForm, ReasonForm, ReleaseForm, SubmitForm
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
    is_checked: bool = False


TO_EDITING = Step(
    "Gửi biên tập",
    "Biên tập viên sửa chữ rồi trình duyệt; mọi lần sửa đều so sánh được với bản của đồng chí.",
    "Gửi biên tập",
)
TO_APPROVAL = Step(
    "Trình duyệt",
    "Bài dưới đây là bài sẽ được đọc và duyệt. Người được chọn nhận thông báo ngay.",
    "Trình duyệt",
    is_checked=True,
)
PUBLISH = Step(
    "Duyệt và đăng",
    "Bài dưới đây là bài sẽ hiện với người đọc, đúng như thế này.",
    "Duyệt và đăng",
    is_checked=True,
)
RELEASE = Step("Đăng bài", "Bài đã duyệt, đúng như dưới đây.", "Đăng bài")
RETURN = Step(
    "Trả lại để sửa",
    "Bài trở về bản nháp; người viết và mọi người đã xử lý bài nhận được lý do này.",
    "Trả lại bài",
)
WITHDRAW = Step(
    "Gỡ tin, bài",
    "Bài, ảnh và tệp kèm theo không còn hiện với người đọc, kể cả trong tìm kiếm. Biên tập viên vẫn thấy.",
    "Gỡ bài",
    is_stop=True,
)


DISPLAY = Step(
    "Ghim và hạn hiện",
    "Chữ của bài không đổi: không phải duyệt lại, người đọc không thấy ghi “Đã sửa”.",
    "Lưu",
)


@require_http_methods(ASK)
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """By an editor, or by the author, who may be of the office."""
    article = _for_author(request, pk)
    form = SubmitForm(_sent(request), label="Trình ai duyệt", article=article, sender=request.user)

    def act() -> Article:
        asked = form.cleaned_data
        return actions.submit_for_approval(
            article, by=request.user, approver=asked["to"], due_on=asked["due_on"], text=asked["text"]
        )

    return take(request, article, form, TO_APPROVAL, act, "Đã trình duyệt. Người duyệt đã được báo.")


@require_http_methods(ASK)
def submit_for_editing(request: SignedInRequest, pk: int) -> HttpResponse:
    article = _for_author(request, pk)
    form = SubmitForm(_sent(request), label="Gửi biên tập viên", article=article, sender=request.user)

    def act() -> Article:
        asked = form.cleaned_data
        return actions.submit_for_editing(
            article, by=request.user, editor=asked["to"], due_on=asked["due_on"], text=asked["text"]
        )

    return take(request, article, form, TO_EDITING, act, "Đã gửi. Biên tập viên đã được báo.")


def _sent(request: SignedInRequest) -> QueryDict | None:
    """Also where nothing is filled in: every field of the form may be left open."""
    return request.POST if request.method == "POST" else None


def _for_author(request: SignedInRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    if not permissions.can_submit(request.user, article):
        raise PermissionDenied("Chỉ biên tập viên và người viết trình duyệt được bài.")
    return article


@require_http_methods(ASK)
@for_editors
def publish(request: SignedInRequest, pk: int) -> HttpResponse:
    """Approve, and publish at once, at an hour, or not yet."""
    user = request.user
    article = get_object_or_404(Article.objects.visible_to(user), pk=pk)
    if refusal := permissions.approval_refusal(user, article):
        raise PermissionDenied(refusal)
    form = PublishForm(request.POST or None, initial={"version": article.version})

    def act() -> Article:
        asked = form.cleaned_data
        if asked["when"] == PublishForm.NOT_YET:
            return actions.approve(article, by=user, version=asked["version"])
        return actions.approve_and_publish(
            article, by=user, version=asked["version"], published_at=asked["published_at"]
        )

    return take(request, article, form, PUBLISH, act, "Đã duyệt.")


@require_http_methods(ASK)
@for_editors
def release(request: SignedInRequest, pk: int) -> HttpResponse:
    """An approved item goes out now, or gets its hour, or another one."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    form = ReleaseForm(request.POST or None, initial={"version": article.version})

    def act() -> Article:
        return actions.publish(article, by=request.user, published_at=form.cleaned_data["published_at"])

    return take(request, article, form, RELEASE, act, "Đã ghi.")


@require_POST
@for_editors
def unschedule(request: SignedInRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    try:
        article = actions.unschedule(article, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "Đã bỏ giờ hẹn. Bài vẫn được duyệt, chưa đăng.")
    return redirect(article)


@require_http_methods(ASK)
@for_editors
def return_to_author(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    article = get_object_or_404(Article.objects.visible_to(user), pk=pk)
    form = ReasonForm(request.POST or None)

    def act() -> Article:
        return actions.return_with_reason(article, by=user, reason=form.cleaned_data["reason"])

    return take(
        request, article, form, RETURN, act, "Đã trả lại. Người viết và những người đã xử lý bài đã được báo."
    )


@require_http_methods(ASK)
@for_editors
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    user = request.user
    article = get_object_or_404(Article.objects.visible_to(user), pk=pk)
    form = ReasonForm(request.POST or None)

    def act() -> Article:
        return actions.withdraw(article, by=user, reason=form.cleaned_data["reason"])

    return take(request, article, form, WITHDRAW, act, "Đã gỡ. Bài không còn hiện với người đọc.")


@require_http_methods(ASK)
@for_editors
def display(request: SignedInRequest, pk: int) -> HttpResponse:
    """On top until a day, and taken away by itself after a day."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    given = {"pinned_until": article.pinned_until, "expires_on": article.expires_on}
    form = DisplayForm(_sent(request), initial=given)

    def act() -> Article:
        return actions.set_display(article, by=request.user, **form.cleaned_data)

    return take(request, article, form, DISPLAY, act, "Đã ghi.")


def take(
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
            # Under its field where the form has it, else above them all.
            said = error.message_dict if hasattr(error, "error_dict") else {}
            for name, sentences in said.items():
                field = {"editor": "to", "approver": "to"}.get(name, name)
                form.add_error(field if field in form.fields else None, sentences)
            if not said:
                form.add_error(None, " ".join(error.messages))
            status = 409
        else:
            messages.success(request, done)
            return redirect(article)
    findings = checking.findings_of(article) if step.is_checked else None
    context = {"article": article, "form": form, "step": step, "findings": findings}
    return render(request, "news/step.html", context, status=status)
