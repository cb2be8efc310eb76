"""The short forms people type when they search."""

from __future__ import annotations

from django.contrib import admin

from portal.admin.base import PortalModelAdmin
from portal.models import SearchSynonym


@admin.register(SearchSynonym)
class SearchSynonymAdmin(PortalModelAdmin):
    list_display = ["short", "long"]
    search_fields = ["short", "long"]
    fields = ["short", "long"]
