"""What every admin class of the portal has: the one door, the audit trail, care for stale forms."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.db.models.fields.related import RelatedField
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse

from portal import audit
from portal.admin.stale import MARK, guarded
from portal.models import AuditEntry

HISTORY_SHOWN = 100


def seen_by(user: Any, model: type[Model]) -> QuerySet[Any]:
    """The rows of a model that this user may see; dated rules and the like are open to all staff."""
    manager: Any = model._default_manager
    rows: QuerySet[Any] = (
        manager.visible_to(user) if hasattr(manager, "visible_to") else manager.get_queryset()
    )
    return rows


@dataclass(frozen=True)
class InWords:
    """A related row as words without a link; for `fields` of an admin class."""

    name: str
    short_description: str

    @property
    def __name__(self) -> str:
        return self.name

    def __call__(self, row: Model) -> str:
        return str(getattr(row, self.name) or "–")


def _replaced(names: Iterable[Any], closed: dict[str, InWords], readonly: set[Any]) -> list[Any]:
    """Lines of several fields too."""
    return [
        tuple(_replaced(one, closed, readonly))
        if isinstance(one, list | tuple)
        else closed[one]
        if one in readonly and one in closed
        else one
        for one in names
        if not isinstance(one, InWords)
    ]


class Doors(BaseModelAdmin):  # type: ignore[type-arg]
    """Rows come through `visible_to`: in lists, in choices, and so in autocomplete."""

    #: Its address asks no door: see `portal.admin.site`.
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = seen_by(request.user, self.model)
        return rows.order_by(*ordering) if (ordering := self.get_ordering(request)) else rows

    def get_field_queryset(
        self, db: str | None, db_field: RelatedField[Any, Any], request: HttpRequest
    ) -> QuerySet[Any]:
        """What may not be seen may not be chosen either."""
        ordered = super().get_field_queryset(db, db_field, request)
        choices = seen_by(request.user, db_field.related_model)
        return choices.order_by(*ordered.query.order_by) if ordered is not None else choices

    def get_readonly_fields(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """Django shows a related row as a link to its page, also to who would meet 403 there."""
        return [*super().get_readonly_fields(request, obj), *self._closed(request)]

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        readonly = {*self.get_readonly_fields(request, obj)}
        closed = {one.name: one for one in readonly if isinstance(one, InWords)}
        if not self.has_change_permission(request, obj):
            readonly |= closed.keys()
        return [
            (title, options | {"fields": _replaced(options["fields"], closed, readonly)})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def _closed(self, request: HttpRequest) -> list[InWords]:
        """What refers to a register this person may not open."""
        registers = self.admin_site._registry
        return [
            InWords(field.name, str(field.verbose_name))
            for field in self.opts.fields
            if (field.many_to_one or field.one_to_one) and field.related_model
            if (register := registers.get(field.related_model))
            and not register.has_view_or_change_permission(request)
        ]


class PortalModelAdmin(Doors, admin.ModelAdmin):  # type: ignore[type-arg]
    """The base of all admin classes. Changes of state are admin actions that call ours."""

    list_per_page = 50
    show_full_result_count = False
    #: Counting every choice of every filter costs a query each, and its link speaks English.
    show_facets = admin.ShowFacets.NEVER

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The right first, then the row: one outside the door is as little there as one that never was."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        if (found := super().get_object(request, object_id, from_field)) is None:
            raise Http404
        return found

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return guarded(form) if obj is not None else form

    def _changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, Any] | None,
    ) -> HttpResponse:
        """Within Django's transaction: what a form saves is one act of who sent it."""
        with _act_of(request):
            return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc,no-any-return]

    def _delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        with _act_of(request):
            return super()._delete_view(request, object_id, extra_context)  # type: ignore[misc,no-any-return]

    def get_fields(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """The mark of a stale form stands above the fieldsets, in admin/change_form.html."""
        return [field for field in super().get_fields(request, obj) if field != MARK]

    def log_addition(  # type: ignore[override]
        self, request: HttpRequest, obj: Model, message: Any
    ) -> AuditEntry:
        return self._record(request, "add", obj, "Thêm trong quản trị.")

    def log_change(  # type: ignore[override]
        self, request: HttpRequest, obj: Model, message: Any
    ) -> AuditEntry:
        return self._record(request, "change", obj, _sentence(message))

    def log_deletions(  # type: ignore[override]
        self, request: HttpRequest, queryset: QuerySet[Any]
    ) -> list[AuditEntry]:
        return [self._record(request, "delete", obj, "Xóa trong quản trị.") for obj in queryset]

    def _record(self, request: HttpRequest, deed: str, obj: Model, summary: str) -> AuditEntry:
        """Into the portal's own trail, which the database lets nobody change."""
        action = f"{obj._meta.app_label}.{deed}_{obj._meta.model_name}"
        return audit.record(action, about=obj, by=request.user, summary=summary)  # type: ignore[arg-type]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """All that was done to the object, in the admin and on the portal's pages."""
        obj = self.get_object(request, unquote(object_id))
        entries = AuditEntry.objects.about(obj)[:HISTORY_SHOWN]
        return super().history_view(request, object_id, {**(extra_context or {}), "entries": entries})


class PortalTabularInline(Doors, admin.TabularInline):  # type: ignore[type-arg,misc]
    template = "admin/inline_table.html"
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows if self.has_view_or_change_permission(request) else rows.none()


class ReadOnlyModelAdmin(PortalModelAdmin):
    """A register to look things up in: what is written there is written by the portal's actions."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False


def _act_of(request: HttpRequest) -> AbstractContextManager[None]:
    return audit.acting(request.user) if request.method == "POST" else nullcontext()  # type: ignore[arg-type]


def _sentence(message: Any) -> str:
    """Which fields were changed, by their names; the values are nobody's business here."""
    changes: Iterable[dict[str, Any]] = message if isinstance(message, list) else []
    fields = [field for change in changes for field in change.get("changed", {}).get("fields", [])]
    return f"Sửa trong quản trị: {', '.join(fields)}." if fields else "Lưu lại, không đổi gì."
