"""What the office sets up once: kinds of conferences and the year's programme.

A conference itself is prepared on its own pages alone, so its rules stand once; the register here
finds it and leads there.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from meetings.models import (
    DefaultClass,
    DocumentKind,
    DocumentRegister,
    Meeting,
    MeetingKind,
    PartyDocument,
    QuorumProvision,
    ReminderStep,
    SkeletonItem,
    WorkProgram,
    WorkProgramItem,
)
from portal.admin import PortalModelAdmin, PortalTabularInline, ReadOnlyModelAdmin
from portal.templatetags.portal import state
from portal.vietnamese import fold


class PartOfKind(PortalTabularInline):
    """Who may change a kind may change its parts: they have no right of their own."""

    def has_view_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return request.user.has_perm("meetings.view_meetingkind")

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return request.user.has_perm("meetings.change_meetingkind")

    def has_add_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return self.has_change_permission(request, obj)


class SkeletonInline(PartOfKind):
    model = SkeletonItem


class ReminderStepInline(PartOfKind):
    model = ReminderStep


class QuorumProvisionInline(PartOfKind):
    """A change of the rule is a new row from a day on; conferences held before keep the old one."""

    model = QuorumProvision

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False


class DefaultClassInline(PartOfKind):
    model = DefaultClass
    autocomplete_fields = ["positions"]


@admin.register(MeetingKind)
class MeetingKindAdmin(PortalModelAdmin):
    list_display = ["name", "body_type", "is_numbered", "notice_working_days"]
    list_filter = ["body_type"]
    search_fields = ["name"]
    inlines = [QuorumProvisionInline, SkeletonInline, DefaultClassInline, ReminderStepInline]


class WorkProgramItemInline(PortalTabularInline):
    model = WorkProgramItem
    fields = ["month", "content", "preparing_body", "output", "meeting_kind"]


@admin.register(WorkProgram)
class WorkProgramAdmin(PortalModelAdmin):
    list_display = ["__str__", "body", "year", "symbol"]
    list_filter = ["year"]
    list_select_related = ["body"]
    inlines = [WorkProgramItemInline]


@admin.register(Meeting)
class MeetingAdmin(PortalModelAdmin):
    list_display = ["title", "starts_at", "venue", "state_badge", "chair"]
    list_filter = ["state", "kind", "starts_at"]
    list_select_related = ["chair"]
    search_fields = ["search_text"]
    search_help_text = "Tìm trong tên và địa điểm, không cần gõ dấu."
    date_hierarchy = "starts_at"

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, fold(search_term))

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        """A conference is called off, with a reason, and never deleted (P18)."""
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect("meetings:create")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.get_object(request, object_id))

    @admin.display(description="trạng thái", ordering="state")
    def state_badge(self, meeting: Meeting) -> SafeString:
        return state(meeting)


@admin.register(DocumentKind)
class DocumentKindAdmin(PortalModelAdmin):
    list_display = ["name", "mark", "valid_from", "valid_to", "basis"]
    search_fields = ["name", "mark"]


@admin.register(DocumentRegister)
class DocumentRegisterAdmin(ReadOnlyModelAdmin):
    list_display = ["__str__", "organization", "term"]
    list_filter = ["mark"]
    list_select_related = ["organization", "term"]


@admin.register(PartyDocument)
class PartyDocumentAdmin(ReadOnlyModelAdmin):
    """Numbers are given out and made void on the portal's pages, under lock and with a reason."""

    list_display = ["symbol", "issued_on", "kind", "abstract", "signer_name", "is_external"]
    list_filter = ["kind", "issued_on"]
    list_select_related = ["kind"]
    search_fields = ["search_text"]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, fold(search_term))
