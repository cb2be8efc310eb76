"""One search over all that the reader may see; each app's tag finds and shows its own."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.vietnamese import nfc


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Tìm gì",
        required=False,
        max_length=100,
        help_text="Không cần gõ dấu: “hoi nghi” cũng tìm thấy “hội nghị”.",
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def clean_q(self) -> str:
        return nfc(self.cleaned_data["q"])


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    return render(request, "search.html", {"form": form, "words": words})
