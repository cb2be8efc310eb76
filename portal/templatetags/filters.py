"""{% load filters %}{% saved_filters %}: the reader's own filters of the list on the page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from portal.filters import narrowing
from portal.models.filters import SavedFilter

register = template.Library()


@register.inclusion_tag("portal/parts/saved_filters.html", takes_context=True)
def saved_filters(context: Context) -> dict[str, Any]:
    """Those kept, the one now looked at marked; or a place to give this one a name."""
    request = context["request"]
    query = narrowing(request.GET)
    kept = list(SavedFilter.objects.visible_to(request.user).filter(path=request.path))
    current = next((saved for saved in kept if saved.query == query), None)
    return {
        "kept": kept,
        "current": current,
        "path": request.path,
        "query": query,
        "csrf_token": context.get("csrf_token"),
    }
