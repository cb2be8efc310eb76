"""How one wants to be told; what nobody may switch off says so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portal.models.preferences import NoticePreference
from portal.notice_forms import PreferencesForm
from portal.outbox import preferences


@require_http_methods(["GET", "HEAD", "POST"])
def notice_preferences(request: HttpRequest) -> HttpResponse:
    mine = NoticePreference.objects.visible_to(request.user)  # type: ignore[arg-type]
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        kinds=preferences.mutable_kinds(),
        initial=dict(mine.values_list("kind", "choice")),
    )
    if form.is_valid():
        preferences.choose(form.cleaned_data, by=request.user)  # type: ignore[arg-type]
        messages.success(request, "Đã ghi cách nhận thông báo.")
        return redirect("notice_preferences")
    context = {"form": form, "always": preferences.mandatory_labels()}
    return render(request, "portal/notice_preferences.html", context)
