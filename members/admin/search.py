"""Searching a register without marks: "nguyen" finds Nguyễn."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portal.admin import PortalModelAdmin
from portal.vietnamese import fold


class FoldedSearchAdmin(PortalModelAdmin):
    search_fields = ["search_text"]
    search_help_text = "Không cần gõ dấu."

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, fold(search_term))
