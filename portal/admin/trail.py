"""The trail of deeds, for administrators: who did what kind of thing, when and from where.

Titles, names and values stay out: an administrator runs the system and reads nothing by that right
(permissions: rule 5 and P85). The number leads whoever may see the object to its own history.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from portal.admin.base import ReadOnlyModelAdmin
from portal.dates import moment
from portal.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnlyModelAdmin):
    fields = ["when", "who", "deed", "about_type", "about_id", "ip", "request_id"]
    list_display = ["when", "who", "deed", "about_type", "about_id", "ip"]
    list_filter = ["at"]
    list_select_related = ["actor", "about_type"]
    search_fields = ["actor__username", "actor__full_name", "=request_id", "=ip"]
    search_help_text = "Tên người thực hiện, địa chỉ máy, hoặc số yêu cầu ghi trên trang báo lỗi."

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.defer("about_text", "changes")

    @admin.display(description="lúc", ordering="at")
    def when(self, entry: AuditEntry) -> str:
        return moment(entry.at)

    @admin.display(description="người thực hiện")
    def who(self, entry: AuditEntry) -> str:
        return str(entry.actor) if entry.actor else "Cổng tự làm"

    @admin.display(description="việc")
    def deed(self, entry: AuditEntry) -> str:
        return entry.summary or entry.action
