"""Organisations, bodies, terms and kinds of position."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members.admin.search import FoldedSearchAdmin
from members.models import Body, OwningCommittee, PartyOrganization, Position, RegisterRule, Term
from portal.admin import PortalModelAdmin, ReadOnlyModelAdmin


class Kept(PortalModelAdmin):
    """Nothing of these is deleted: it ends."""

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False


@admin.register(PartyOrganization)
class PartyOrganizationAdmin(FoldedSearchAdmin, ReadOnlyModelAdmin):
    """To look up and to choose from; names and superiors change by decision, through the actions."""

    fields = ["name", "short_name", "code", "level", "parent", "email", "position", "valid_from", "valid_to"]
    list_display = ["name", "code", "level", "parent", "valid_from", "valid_to"]
    list_filter = ["level"]
    list_select_related = ["parent"]
    ordering = ["tree_order"]


@admin.register(OwningCommittee)
class OwningCommitteeAdmin(Kept):
    list_display = ["name", "parent_name", "letters", "place", "effective_from"]
    autocomplete_fields = ["organization"]


@admin.register(Body)
class BodyAdmin(Kept):
    list_display = ["name", "body_type", "organization", "letters", "valid_from", "valid_to"]
    list_filter = ["body_type"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]


@admin.register(Term)
class TermAdmin(Kept):
    list_display = ["name", "organization", "ordinal", "valid_from", "valid_to"]
    list_select_related = ["organization"]
    search_fields = ["name"]
    autocomplete_fields = ["organization"]


@admin.register(Position)
class PositionAdmin(Kept):
    list_display = ["title", "rank", "body_type", "is_single_seat", "is_head", "has_vote", "role"]
    search_fields = ["title"]


@admin.register(RegisterRule)
class RegisterRuleAdmin(Kept):
    """A rule that changes gets a new row with its day: what was reckoned before stays so."""

    list_display = ["code", "value", "effective_from", "basis"]
    list_filter = ["code"]
