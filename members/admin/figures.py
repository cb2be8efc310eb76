"""The rows behind the figures, for who manages the organisation they belong to."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from members.models import (
    Admission,
    AwardDay,
    BadgeAward,
    BadgeRule,
    DisciplinaryAction,
    FeeRule,
    Inspection,
    InspectionSubject,
    Petition,
    RatingRule,
    Target,
    TrainingCourse,
)
from portal.admin import PortalModelAdmin, PortalTabularInline, ReadOnlyModelAdmin


@admin.register(Target)
class TargetAdmin(ReadOnlyModelAdmin):
    list_display = ["indicator", "organization", "year", "value", "basis"]
    list_filter = ["year", "indicator"]
    list_select_related = ["organization"]


@admin.register(Admission)
class AdmissionAdmin(ReadOnlyModelAdmin):
    list_display = ["member", "organization", "decision_number", "decision_on", "admitted_on"]
    list_select_related = ["member", "organization"]
    date_hierarchy = "admitted_on"


@admin.register(BadgeAward)
class BadgeAwardAdmin(ReadOnlyModelAdmin):
    list_display = ["member", "badge_years", "organization", "awarded_on", "decision_number"]
    list_filter = ["badge_years"]
    list_select_related = ["member", "organization"]
    date_hierarchy = "awarded_on"


@admin.register(TrainingCourse)
class TrainingCourseAdmin(ReadOnlyModelAdmin):
    list_display = ["name", "kind", "organization", "starts_on", "ends_on"]
    list_filter = ["kind"]
    list_select_related = ["organization"]


class InspectionSubjectInline(PortalTabularInline):
    model = InspectionSubject
    autocomplete_fields = ["organization"]
    fields = ["organization", "member", "result"]


@admin.register(Inspection)
class InspectionAdmin(PortalModelAdmin):
    list_display = ["decision_number", "kind", "inspector", "organization", "concluded_on"]
    list_filter = ["kind", "inspector"]
    list_select_related = ["organization"]
    search_fields = ["decision_number"]
    autocomplete_fields = ["organization"]
    inlines = [InspectionSubjectInline]
    date_hierarchy = "concluded_on"


@admin.register(Petition)
class PetitionAdmin(PortalModelAdmin):
    list_display = ["received_on", "kind", "is_anonymous", "organization", "settled_on"]
    list_filter = ["kind", "is_anonymous"]
    list_select_related = ["organization"]
    autocomplete_fields = ["organization"]
    date_hierarchy = "received_on"


@admin.register(DisciplinaryAction)
class DisciplinaryActionAdmin(ReadOnlyModelAdmin):
    """For the inspection commission; who manages members reads and writes it in the record."""

    list_display = ["decision_number", "member", "level", "decided_by", "decided_on"]
    list_filter = ["level"]
    list_select_related = ["member", "decided_by"]
    date_hierarchy = "decided_on"


class DatedRuleAdmin(PortalModelAdmin):
    """A rule that changes ends, and the new one gets a row with its day."""

    def has_delete_permission(self, request: HttpRequest, obj: Any | None = None) -> bool:
        return False


@admin.register(BadgeRule)
class BadgeRuleAdmin(DatedRuleAdmin):
    list_display = ["badge_years", "early_months", "posthumous_months", "valid_from", "valid_to", "basis"]


@admin.register(AwardDay)
class AwardDayAdmin(DatedRuleAdmin):
    list_display = ["__str__", "valid_from", "valid_to", "basis"]


@admin.register(RatingRule)
class RatingRuleAdmin(DatedRuleAdmin):
    list_display = [
        "valid_from",
        "valid_to",
        "excellent_from",
        "good_from",
        "completed_from",
        "cap_percent",
        "cap_base",
        "basis",
    ]


@admin.register(FeeRule)
class FeeRuleAdmin(DatedRuleAdmin):
    list_display = ["group", "percent", "amount", "rounding", "valid_from", "valid_to", "basis"]
