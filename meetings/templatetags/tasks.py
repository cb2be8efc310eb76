"""{% load tasks %}: what home, search and the desk show of tasks."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from meetings.models import Task
from portal.waiting import Waiting

register = template.Library()

AT_HOME = 4
ON_DESK = 10


@register.simple_tag(takes_context=True)
def tasks_to_do(context: Context) -> Waiting:
    """Open tasks of this person and of the organisations he manages, the most urgent first."""
    return Waiting.first(Task.objects.charged_to(context["request"].user).open().by_deadline(), AT_HOME)


@register.inclusion_tag("meetings/parts/overdue_tasks.html", takes_context=True)
def overdue_tasks(context: Context) -> dict[str, Any]:
    seen = Task.objects.visible_to(context["request"].user).overdue(timezone.localdate())
    return {"tasks": seen.select_related("lead_organization").by_deadline()[:ON_DESK]}
