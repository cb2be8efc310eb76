"""Members and who held what; what a secretary sees here is his own part of the tree."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from members import actions
from members.admin.search import FoldedSearchAdmin
from members.models import HoldingEnded, PartyMember, PartyOrganization, PositionHolding
from members.permissions import can_change_holdings
from members.roles import Role
from portal.admin import PortalModelAdmin


@admin.register(PartyMember)
class PartyMemberAdmin(FoldedSearchAdmin):
    """The list; a record is read and corrected on the portal's page, so its rules stand once."""

    list_display = ["full_name", "organization", "status", "admitted_on", "exit_reason"]
    list_filter = ["status"]
    list_select_related = ["organization"]

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("members:member", self.get_object(request, object_id).pk)

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The record's own history, which knows what is for fewer eyes: the trail alone would tell everybody
        who sees the record that there was discipline."""
        pk = self.get_object(request, unquote(object_id)).pk
        return redirect(reverse("members:member", args=[pk], query={"phan": "lich-su"}))


class EndingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A holding is never rewritten: it ends, with its day, its way and its decision."""

    class Meta:
        model = PositionHolding
        fields = ("valid_to", "ended_by", "end_decision_number")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("valid_to", "ended_by"):
            if name in self.fields:
                self.fields[name].required = True


@admin.register(PositionHolding)
class PositionHoldingAdmin(PortalModelAdmin):
    form = EndingForm
    readonly_fields = [
        "member",
        "title",
        "position",
        "organization",
        "body",
        "term",
        "begun_by",
        "valid_from",
    ]
    fields = [*readonly_fields, "valid_to", "ended_by", "end_decision_number"]
    list_display = ["member", "title", "organization", "valid_from", "valid_to"]
    list_filter = ["position"]
    list_select_related = ["member", "organization"]
    search_fields = ["title", "member__search_text"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The office looks all up; a secretary works on his own part (P81, P82)."""
        rows = super().get_queryset(request)
        user: Any = request.user
        if user.has_role(Role.OFFICE):
            return rows
        return rows.filter(
            organization__in=PartyOrganization.objects.under(user.organizations_as(Role.SECRETARY))
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        user: Any = request.user
        allowed = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return not obj.ended_by and can_change_holdings(user, obj.position, obj.organization)

    def save_model(self, request: Any, obj: PositionHolding, form: Any, change: bool) -> None:
        actions.end_holding(
            obj,
            by=request.user,
            on=form.cleaned_data["valid_to"],
            reason=HoldingEnded(form.cleaned_data["ended_by"]),
            decision_number=form.cleaned_data["end_decision_number"],
        )
