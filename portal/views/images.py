"""Pictures of formatted text: taken in from the editor, given out by the owner's permission."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.core.files import File
from django.http import FileResponse, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.answers import json_answer
from portal.files import serve
from portal.files.checks import check_upload
from portal.files.pictures import rewritten
from portal.models import RichTextImage
from portal.richtext import may_upload

# Wider than the column of text on any screen; what a camera gives beyond is only weight.
MAX_SIDE = 1600
MAX_A_DAY = 300


@require_POST
def upload(request: HttpRequest) -> JsonResponse:
    """Take one picture from the editor and answer in the words CKEditor expects."""
    if not may_upload(request.user):
        return _refusal("Đồng chí không có quyền tải ảnh lên.", status=403)
    file = request.FILES.get("upload")
    if file is None:
        return _refusal("Không nhận được ảnh. Hãy chọn lại tệp.", status=400)
    try:
        image = _keep(request, file)
    except ValidationError as error:
        return _refusal(error.messages[0], status=507 if error.code == "no_space" else 400)
    size = {"width": image.width, "height": image.height}
    return json_answer({"uploaded": 1, "url": image.get_absolute_url()} | size, status=201)


def _keep(request: HttpRequest, file: File[bytes]) -> RichTextImage:
    uploader = cast(AbstractBaseUser, request.user)
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    if RichTextImage.objects.uploaded_by_since(uploader, today).count() >= MAX_A_DAY:
        raise ValidationError(f"Hôm nay đồng chí đã tải lên {MAX_A_DAY} ảnh. Hãy tiếp tục vào ngày mai.")
    check_upload(file, kinds=("image",))
    picture = rewritten(file, max_side=MAX_SIDE)
    return RichTextImage.objects.create(
        file=picture.file, width=picture.width, height=picture.height, uploaded_by_id=uploader.pk
    )


def _refusal(message: str, *, status: int) -> JsonResponse:
    return json_answer({"uploaded": 0, "error": {"message": message}}, status=status)


@require_safe
def show(request: HttpRequest, pk: UUID) -> FileResponse:
    """A picture for whoever may read the text it stands in."""
    image = get_object_or_404(RichTextImage.objects.visible_to(cast(AbstractBaseUser, request.user)), pk=pk)
    return serve(request, image.file, inline=True)
