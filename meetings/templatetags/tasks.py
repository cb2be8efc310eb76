"""{% load tasks %}: what home, search and the desk show of tasks."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.db.models import Q
from django.template import Context
from django.utils import timezone

from meetings.models import Task
from meetings.permissions import can_see_punctuality
from meetings.punctuality import punctuality, tasks_due
from members.models import PartyOrganization
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


@register.inclusion_tag("meetings/parts/organization_tasks.html", takes_context=True)
def organization_tasks(context: Context, organization: PartyOrganization) -> dict[str, Any]:
    """Open tasks of an organisation and all below it, as far as this person sees them; most urgent first."""
    below = PartyOrganization.objects.under([organization.pk])
    charged = Q(lead_organization__in=below) | Q(supporting_organizations__in=below)
    found = Task.objects.visible_to(context["request"].user).filter(charged).distinct().open()
    return {"tasks": Waiting.first(found.by_deadline(), AT_HOME)}


@register.inclusion_tag("meetings/parts/tasks_on_time.html", takes_context=True)
def tasks_on_time(
    context: Context, organization: PartyOrganization, first: datetime.date, last: datetime.date
) -> dict[str, Any]:
    """The share done on time of what an organisation had to finish in a period, with the way to the tasks."""
    user = context["request"].user
    found = tasks_due(organization, first, last, user=user, today=timezone.localdate())
    return {
        "organization": organization,
        "first": first,
        "last": last,
        "found": punctuality(found),
        "may_open": can_see_punctuality(user, organization),
    }
