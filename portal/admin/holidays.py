"""Public holidays, written down by the office as the State announces them."""

from __future__ import annotations

from django.contrib import admin

from portal.admin.base import PortalModelAdmin
from portal.models import Holiday


@admin.register(Holiday)
class HolidayAdmin(PortalModelAdmin):
    list_display = ["day", "name", "is_worked", "basis"]
    list_filter = ["is_worked"]
    date_hierarchy = "day"
