"""One search over all that the reader may see; each app's sources find their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.views.decorators.http import require_safe

from portal.dates import day
from portal.forms import DateField, LongSelect
from portal.search.query import Limits, Query
from portal.search.sources import Source, organizations_for, sources_for, suggestions_for
from portal.vietnamese import nfc

LONGEST = 100


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Tìm gì",
        required=False,
        max_length=LONGEST,
        help_text="Không cần gõ dấu: “hoi nghi” cũng tìm thấy “hội nghị”. Cả cụm thì đặt trong ngoặc kép.",
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "data-suggest": reverse_lazy("suggestions")}
        ),
    )
    loai = forms.ChoiceField(label="Trong", required=False)
    tu = DateField(label="Từ ngày", required=False)
    den = DateField(label="Đến hết ngày", required=False)
    to_chuc = forms.TypedChoiceField(
        label="Của tổ chức", required=False, coerce=int, empty_value=None, widget=LongSelect
    )

    def __init__(
        self, *args: Any, sources: list[Source], organizations: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(source.code, source.label) for source in sources]
        self.fields["loai"].choices = [("", "Tất cả"), *kinds]  # type: ignore[attr-defined]
        self.fields["to_chuc"].choices = [("", "Mọi tổ chức"), *organizations]  # type: ignore[attr-defined]

    def clean_q(self) -> str:
        return nfc(self.cleaned_data["q"])

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("tu"), self.cleaned_data.get("den")
        if since and until and until < since:
            raise ValidationError({"den": "Ngày này sớm hơn ngày bắt đầu."})
        return self.cleaned_data


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    sources = sources_for(request.user)
    form = SearchForm(request.GET or None, sources=sources, organizations=organizations_for(request.user))
    asked = form.cleaned_data if form.is_valid() else {}
    limits = Limits(asked.get("tu"), asked.get("den"), asked.get("to_chuc"))
    query = Query.parse(asked.get("q", ""), limits)
    found = []
    if query:
        kind = asked["loai"]
        chosen = [source for source in sources if _answers(source, limits) and kind in ("", source.code)]
        found = [source.results(query, request.user) for source in chosen]
    context = {
        "form": form,
        "words": query.words if query else "",
        "found": [results for results in found if results.hits or results.is_too_slow],
        "is_limited": bool(asked.get("loai") or limits != Limits()),
        "limits": _in_words(form, asked),
    }
    return render(request, "search.html", context)


def _in_words(form: SearchForm, asked: dict[str, Any]) -> list[str]:
    """What narrows the search, for the printed page: its fields are not printed."""
    words = []
    for name in ("loai", "tu", "den", "to_chuc"):
        if value := asked.get(name):
            field = form.fields[name]
            choices: Any = getattr(field, "choices", None)
            told = dict(choices)[value] if choices else day(value)
            words.append(f"{str(field.label).lower()}: {told}")
    return words


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """For the field of the search, while somebody types."""
    words = request.GET.get("q", "")[:LONGEST]
    return JsonResponse({"found": [vars(one) for one in suggestions_for(words, request.user)]})


def _answers(source: Source, limits: Limits) -> bool:
    """A source that knows no days or organisations has nothing to say where these are asked for."""
    if (limits.since or limits.until) and not source.has_time:
        return False
    return source.has_organization or not limits.organization
