"""Buttons beside the filters of a list: keep this one under a name, let that one go."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from portal import saved_filters
from portal.filter_forms import SavedFilterForm
from portal.models.filters import SavedFilter


@require_POST
def save_filter(request: HttpRequest) -> HttpResponse:
    form = SavedFilterForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(said) for field in form.errors.values() for said in field))
        return redirect(form.instance if form.instance.path and form.instance.query else "home")
    wanted: SavedFilter = form.instance
    try:
        saved_filters.keep(wanted, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"Đã lưu bộ lọc “{wanted.name}”.")
    return redirect(wanted)


@require_POST
def drop_filter(request: HttpRequest, pk: int) -> HttpResponse:
    """The list stays as it was looked at; only the name for it is gone."""
    saved = get_object_or_404(SavedFilter.objects.visible_to(request.user), pk=pk)  # type: ignore[arg-type]
    saved_filters.drop(saved, by=request.user)  # type: ignore[arg-type]
    messages.success(request, f"Đã bỏ bộ lọc “{saved.name}”.")
    return redirect(saved)
