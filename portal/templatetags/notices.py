"""{% load notices %}: the bell, what is to be read, and the boards of what was sent."""

from __future__ import annotations

from typing import Any

from django import template
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Model
from django.template import Context
from django.utils import timezone

from portal import bell, changelog, outbox
from portal.models import ChannelBreaker, Delivery, DeliveryState, Notice, PortalNotice
from portal.outbox.progress import progress_of
from portal.waiting import Waiting

register = template.Library()

AT_HOME = 5
ON_DESK = 50


@register.filter
def masked(address: str) -> str:
    """Enough of a mail address to see where letters fail: `l…@khoi.example`."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""


@register.simple_tag(takes_context=True)
def unread_notices(context: Context) -> int:
    return bell.unread_count(context["request"])


@register.simple_tag(takes_context=True)
def unread_changes(context: Context) -> bool:
    """Whether the page of what is new in the portal holds something this browser has not opened."""
    return changelog.is_unread(context["request"])


@register.simple_tag(takes_context=True)
def notices_to_read(context: Context) -> Waiting:
    """The newest unread notices; their number is the one on the bell."""
    request = context["request"]
    unread = PortalNotice.objects.visible_to(request.user).unread()
    number = bell.unread_count(request)
    return Waiting(list(unread.newest_first()[:AT_HOME]) if number else [], number)


@register.inclusion_tag("portal/parts/sent_notices.html", takes_context=True)
def sent_notices(context: Context, about: Model) -> dict[str, Any]:
    """What was sent about this thing, each with its counts, for those who may see the board."""
    user, now = context["request"].user, timezone.now()
    found = Notice.objects.about(about).newest_first()[:ON_DESK]
    return {"sendings": [progress_of(notice, now) for notice in found if outbox.may_see_board(user, notice)]}


@register.inclusion_tag("portal/parts/letters_for_decision.html", takes_context=True)
def letters_for_decision(context: Context) -> dict[str, Any]:
    """Doubtful, failed, held and returned letters this person may decide on or watch, by sending."""
    user = context["request"].user
    rows = Delivery.objects.for_decision().order_by("-notice_id", "state")
    counted = list(rows.values_list("notice_id", "state").annotate(Count("pk"))[:ON_DESK])
    notices = Notice.objects.in_bulk({notice for notice, _, _ in counted})
    return {
        "lines": [
            (_title(user, notices[notice]), notices[notice].pk, DeliveryState(state), number)
            for notice, state, number in counted
            if outbox.may_decide(user, notices[notice]) or outbox.may_watch(user)
        ]
    }


def _title(user: AbstractBaseUser, notice: Notice) -> str:
    return notice.title if outbox.may_see_board(user, notice) else outbox.label_of(notice)


@register.inclusion_tag("portal/parts/mail_trouble.html")
def mail_trouble() -> dict[str, Any]:
    """A banner while the mail server can't be reached; nothing otherwise."""
    return {"trouble": ChannelBreaker.objects.filter(opened_at__isnull=False).first()}


@register.inclusion_tag("portal/parts/preview.html")
def sending_preview(preview: outbox.Preview) -> dict[str, Any]:
    """Who will get it and how, who will not and why, before anything is sent."""
    return {"preview": preview}
