"""The page on which the portrait of a record is put in or taken out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members.actions import photos
from members.forms import PhotoForm
from members.models import MemberPhoto, PartyMember
from members.requests import SignedInRequest
from members.views.records import changeable


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    member = changeable(request, pk)
    photo = MemberPhoto.objects.visible_to(request.user).filter(member=member).first()
    if request.method == "POST" and request.POST.get("viec") == "bo":
        return _removed(request, member)
    form = PhotoForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            photos.put_photo(member, form.cleaned_data["picture"], by=request.user)
        except ValidationError as refused:
            form.add_error("picture", refused.messages)
        else:
            messages.success(request, "Đã ghi ảnh vào hồ sơ.")
            return redirect("members:member", pk=pk)
    return render(request, "members/photo.html", {"form": form, "member": member, "photo": photo})


def _removed(request: SignedInRequest, member: PartyMember) -> HttpResponse:
    try:
        photos.remove_photo(member, by=request.user)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, "Đã bỏ ảnh khỏi hồ sơ.")
    return redirect("members:member", pk=member.pk)
