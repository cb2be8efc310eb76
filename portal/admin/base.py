"""What every admin class of the portal has: the one door, the audit trail, care for stale forms."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from portal import audit
from portal.admin.stale import guarded
from portal.admin.widgets import AdminDateInput, AdminDateTimeField, AdminTimeInput
from portal.models import AuditEntry

SHOWN_HISTORY = 100


class Doors(BaseModelAdmin[Any]):
    """Rows come through `visible_to`, in lists, choices and autocomplete alike."""

    formfield_overrides = {
        models.DateField: {"widget": AdminDateInput},
        models.TimeField: {"widget": AdminTimeInput},
        models.DateTimeField: {"form_class": AdminDateTimeField},
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return seen_by(request, super().get_queryset(request))

    def get_field_queryset(
        self, db: str | None, db_field: Any, request: HttpRequest
    ) -> QuerySet[Any] | None:
        """Choices of a relation: a row that may not be seen may not be chosen either."""
        chosen_from = super().get_field_queryset(db, db_field, request)
        if chosen_from is None:
            chosen_from = db_field.remote_field.model._default_manager.all()
        return seen_by(request, chosen_from)


class PortalModelAdmin(Doors, admin.ModelAdmin[Any]):
    """The base of all admin classes. Changes of state are admin actions that call ours."""

    list_per_page = 50
    save_on_top = False
    show_full_result_count = False

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm[Any]]:
        form = super().get_form(request, obj, change=change, **kwargs)
        return guarded(form) if obj is not None else form

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """The mark of the state a form was opened with travels along, in no fieldset of its own."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        changes = _changes(form) if change else {}
        super().save_model(request, obj, form, change)
        audit.record(
            f"{obj._meta.app_label}.{'change' if change else 'add'}_{obj._meta.model_name}",
            about=obj,
            by=request.user,
            summary=_summary(form, change),
            changes=changes,
        )
