"""{% load meetings %}: what home, search and the desk show of conferences."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from meetings.clashes import clashes_of
from meetings.models import CalendarFeed, Meeting, MeetingState, PaperRequest, Participant
from meetings.permissions import can_keep_schedule
from meetings.schedule import days_of, scheduled_week
from portal.dates import Week
from portal.waiting import Waiting

register = template.Library()

AT_HOME = 3


@register.simple_tag(takes_context=True)
def invitations_to_answer(context: Context) -> Waiting:
    """Invitations this person has not answered, the next one first."""
    user, now = context["request"].user, timezone.now()
    waiting = Participant.objects.of(user).silent().answerable(now).select_related("meeting")
    return Waiting.first(waiting.order_by("meeting__starts_at"), AT_HOME)


@register.simple_tag(takes_context=True)
def papers_to_hand_in(context: Context) -> Waiting:
    """Papers the organisations of this person still owe for conferences to come, the nearest day first."""
    user, now = context["request"].user, timezone.now()
    owed = PaperRequest.objects.visible_to(user).of_organizations_of(user).owed()
    open_ones = owed.filter(
        agenda_item__meeting__starts_at__gt=now,
        agenda_item__meeting__state__in=[MeetingState.DRAFT, MeetingState.CONVENED],
    )
    return Waiting.first(open_ones.select_related("organization").order_by("due_on", "pk"), AT_HOME)


@register.inclusion_tag("meetings/parts/upcoming.html", takes_context=True)
def upcoming_meetings(context: Context) -> dict[str, Any]:
    user, now = context["request"].user, timezone.now()
    return {"meetings": Meeting.objects.visible_to(user).upcoming(now).in_order()[:AT_HOME]}


@register.inclusion_tag("meetings/parts/this_week.html", takes_context=True)
def this_week(context: Context) -> dict[str, Any]:
    """From today to Sunday: what has passed this week is on the schedule's own page."""
    now = timezone.now()
    week, today = Week.of(now), timezone.localdate(now)
    view = scheduled_week(context["request"].user, week)
    days = [day for day in days_of(week, view.all) if day.date >= today and day.rows]
    return {"days": days, "today": today}


@register.inclusion_tag("meetings/parts/conferences_told.html", takes_context=True)
def conferences_told(context: Context, keys: list[int]) -> dict[str, Any]:
    """The conferences a news item tells of, for those who may open them."""
    return {"meetings": Meeting.objects.visible_to(context["request"].user).filter(pk__in=keys).in_order()}


@register.inclusion_tag("meetings/parts/clashes.html", takes_context=True)
def clashes_with_others(context: Context, meeting: Meeting) -> dict[str, Any]:
    """For the office alone, which may know of everything; what is over is left alone."""
    asks = can_keep_schedule(context["request"].user) and meeting.ends_at > timezone.now()
    return {"clashes": clashes_of(meeting) if asks and not meeting.is_stopped else []}


@register.inclusion_tag("meetings/parts/my_feed.html", takes_context=True)
def my_feed(context: Context) -> dict[str, Any]:
    """One's own calendar address, on the page of the account: whether there is one, and is it used."""
    feed = CalendarFeed.objects.filter(user=context["request"].user).first()
    return {"feed": feed, "csrf_token": context.get("csrf_token")}
