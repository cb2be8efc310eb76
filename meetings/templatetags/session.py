"""{% load session %}: the way from a conference's page to its desks, minutes and news."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse

from meetings.actions.meetings import get_cancel_refusal, get_edit_refusal, get_postpone_refusal
from meetings.documents.facts import sentence_of
from meetings.models import Meeting, MeetingState
from meetings.permissions import can_prepare, can_take_documents, can_write_minutes, can_write_news_item

register = template.Library()
register.filter("as_sentence", sentence_of)


@register.inclusion_tag("meetings/parts/session_tools.html", takes_context=True)
def session_tools(context: Context, meeting: Meeting, has_minutes: bool) -> dict[str, Any]:
    """Only the doors that open for this person now; `has_minutes`: there are some he may read."""
    user = context["request"].user
    is_over = meeting.state in (MeetingState.MINUTES, MeetingState.FINAL)
    return {
        "meeting": meeting,
        "can_run": can_prepare(user, meeting) and meeting.state != MeetingState.DRAFT,
        "can_name_helpers": can_prepare(user, meeting)
        and meeting.state not in (MeetingState.DRAFT, MeetingState.FINAL)
        and not meeting.is_stopped,
        "has_minutes": has_minutes or can_write_minutes(user, meeting),
        "can_take_documents": can_take_documents(user, meeting),
        "can_write_news": is_over and can_write_news_item(user, meeting),
    }


@register.inclusion_tag("meetings/parts/desks_to_help_at.html", takes_context=True)
def desks_to_help_at(context: Context) -> dict[str, Any]:
    """The roll-call desks this person was named to help at: the only way a helper sees a conference."""
    return {"meetings": Meeting.objects.helped_by(context["request"].user).in_order()[:3]}


@register.inclusion_tag("meetings/office/tools.html")
def office_tools(meeting: Meeting) -> dict[str, Any]:
    """The pages of preparation that still do something: asked by the refusals of the server itself."""
    summons = "Triệu tập" if meeting.state == MeetingState.DRAFT else "Giấy mời và trả lời"
    is_planned = get_edit_refusal(meeting) is None
    was_called = meeting.state == MeetingState.DRAFT or meeting.convened_at is not None
    offered = [
        ("agenda", "Chương trình và tài liệu", True),
        ("participants", "Thành phần", True),
        ("convene", summons, was_called),
        ("correct", "Sửa chủ trì, thư ký, nội dung", is_planned),
        ("move", "Đổi thời gian, địa điểm", is_planned),
        ("postpone", "Hoãn…", get_postpone_refusal(meeting) is None),
        ("cancel", "Hủy…", get_cancel_refusal(meeting) is None),
    ]
    return {
        "links": [
            (reverse(f"meetings:{name}", args=[meeting.pk]), words)
            for name, words, is_open in offered
            if is_open
        ]
    }
