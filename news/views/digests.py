"""News by letter: asked for among one's notices, ended there or by the link in the letter."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from members.models import User
from members.requests import SignedInRequest
from news import actions, digest_letters
from news.forms import DigestForm
from news.models import NewsDigest
from portal.views.secret_links import private, wrong_link


@require_POST
def choose(request: SignedInRequest) -> HttpResponse:
    form = DigestForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Chọn một trong các cách nhận bản tin.")
    elif not (rhythm := form.cleaned_data["rhythm"]):
        actions.end_digest(request.user, by=request.user)
        messages.success(request, "Đã thôi gửi bản tin qua thư.")
    else:
        try:
            actions.set_digest(rhythm, by=request.user)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, "Đã ghi. Thư chỉ gồm tin mới mà đồng chí được đọc.")
    return redirect("notice_preferences")


@login_not_required
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """GET shows and changes nothing, so that mail scanners may open it; POST ends it. All wrong links
    get the same 404, and an address that keeps guessing has to wait."""
    user = User.objects.filter(pk=pk).first() if digest_letters.is_stop_token(token, pk) else None
    if user is None:
        return wrong_link(request)
    if request.method == "POST":
        actions.end_digest(user, by=None)
        return private(redirect(request.path))
    digest = NewsDigest.objects.visible_to(user).first()
    return private(render(request, "news/digest_stop.html", {"digest": digest}))
