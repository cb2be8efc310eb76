"""`{% load members %}`: whose portal this is, its figures, and people found by name."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from members import first_page, sessions
from members.models import OwningCommittee
from members.owning_committee import owning_committee

register = template.Library()

FOUND = 20


@register.simple_tag
def committee() -> OwningCommittee:
    """The owning committee today: `{% committee as committee %}`."""
    return owning_committee()


@register.simple_tag(takes_context=True)
def session_marks(context: Context) -> SafeString:
    """Whose session a page belongs to and when it ends, for what the browser keeps (ADR 0021)."""
    mark, ends = sessions.mark_of(context["request"])
    return format_html(' data-session="{}" data-session-ends="{}"', mark, ends)


@register.simple_tag
def figures_in_small() -> SafeString:
    """The committee's figures of the year so far, each with the way to its rows."""
    return mark_safe(first_page.figures_in_small())


@register.inclusion_tag("members/figure_bar.html")
def attainment_bar(attainment: Decimal, expected: Decimal) -> dict[str, str]:
    """A bar of a hundred with a mark at the expected share; more than the target fills it."""
    return {"width": str(min(attainment, Decimal(100))), "mark": str(expected)}
