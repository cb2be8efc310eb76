"""The gallery of an item on the editors' desk: photographs added, described, put in order, taken out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from members.requests import SignedInRequest
from news import actions
from news.forms import PhotoForm
from news.models import Article, Photo
from news.views.desk import for_editors


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def gallery(request: SignedInRequest, pk: int) -> HttpResponse:
    """All photographs with their words, and below them the form for one more."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_photo(article, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Đã thêm ảnh. Các cỡ ảnh được làm trong một phút.")
            return redirect("news:gallery", article.pk)
    return render(request, "news/gallery_desk.html", _context(request, article, form))


@require_POST
@for_editors
def change(request: SignedInRequest, pk: int, photo: int) -> HttpResponse:
    """What the pressed button says: other words, another place, or out of the gallery."""
    article = get_object_or_404(Article.objects.visible_to(request.user), pk=pk)
    seen = Photo.objects.visible_to(request.user).select_related("article")
    found = get_object_or_404(seen, article=article, pk=photo)
    match request.POST.get("act"):
        case "remove":
            actions.remove_photo(found, by=request.user)
            messages.success(request, "Đã bỏ ảnh khỏi bộ ảnh.")
        case "forward" | "back" as way:
            actions.move_photo(found, by=request.user, forward=way == "forward")
        case _:
            form = PhotoForm(request.POST, instance=found, prefix=f"anh-{found.pk}")
            if not form.is_valid():
                context = _context(request, article, PhotoForm(), wrong=form)
                return render(request, "news/gallery_desk.html", context)
            actions.describe_photo(found, by=request.user, **form.cleaned_data)
            messages.success(request, "Đã lưu lời của ảnh.")
    return redirect("news:gallery", article.pk)


def _context(
    request: SignedInRequest, article: Article, form: PhotoForm, *, wrong: PhotoForm | None = None
) -> dict[str, Any]:
    photos = Photo.objects.visible_to(request.user).filter(article=article)
    forms = [
        wrong
        if wrong and wrong.instance.pk == photo.pk
        else PhotoForm(instance=photo, prefix=f"anh-{photo.pk}")
        for photo in photos
    ]
    return {"article": article, "forms": forms, "form": form}
