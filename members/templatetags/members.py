"""`{% load members %}`: whose portal this is, its figures, and people found by name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone

from members.models import OwningCommittee
from members.owning_committee import owning_committee
from members.statistics import figures

register = template.Library()

FOUND = 20


@register.simple_tag
def committee() -> OwningCommittee:
    """The owning committee today: `{% committee as committee %}`."""
    return owning_committee()


@register.inclusion_tag("members/figures_in_small.html")
def figures_in_small() -> dict[str, Any]:
    """The committee's figures of the year so far, each with the way to its rows."""
    whole = owning_committee()
    today = timezone.localdate()
    if whole.organization_id is None:
        return {"figures": []}
    return {"figures": figures(whole.organization, today), "until": today}


@register.inclusion_tag("members/figure_bar.html")
def attainment_bar(attainment: Decimal, expected: Decimal) -> dict[str, str]:
    """A bar of a hundred with a mark at the expected share; more than the target fills it."""
    return {"width": str(min(attainment, Decimal(100))), "mark": str(expected)}
