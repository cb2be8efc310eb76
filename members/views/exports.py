"""A list leaves the house: why is asked first, and who, which list and how many is logged (P67)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render

from members.forms import ReasonForm
from members.requests import SignedInRequest
from portal import audit
from portal.files import attach
from portal.workbooks import CONTENT_TYPE


@dataclass(frozen=True)
class Export:
    """A list as it is filtered."""

    action: str
    title: str
    #: How many, with the word for what: "12 đồng chí".
    counted: str
    count: int
    name: str
    #: The page the list was seen on.
    back: str
    write: Callable[[], bytes]
    filters: dict[str, Any] = field(default_factory=dict)
    about: Model | None = None


def ask_and_export(request: SignedInRequest, export: Export) -> HttpResponse:
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        content = export.write()
        audit.record(
            export.action,
            about=export.about or request.user,
            by=request.user,
            summary=f"Xuất {export.title}, {export.counted}: {form.cleaned_data['reason']}",
            changes={"filter": [None, export.filters], "count": [None, export.count]},
        )
        return attach(content, name=export.name, content_type=CONTENT_TYPE)
    return render(request, "members/export_reason.html", {"form": form, "export": export})
