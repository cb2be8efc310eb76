"""Whose minutes a request is about, and who may do what with them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from meetings.models import AgendaItem, Meeting, Minutes
from meetings.permissions import is_chair, is_minute_taker, is_minute_writer
from meetings.views.office import refuse_administrator
from members.requests import SignedInRequest

NOT_A_WRITER = "Chỉ thư ký được phân công ghi biên bản của hội nghị này."
NOT_THE_TAKER = "Chỉ thư ký của hội nghị này ký biên bản và gửi lấy ý kiến."
NOT_THE_CHAIR = "Chỉ người chủ trì hội nghị duyệt, trả lại hoặc mở lại biên bản."

CHAIRS_ACTS = ("approve", "return", "reopen")
TAKERS_ACTS = ("sign", "ask", "end_comments", "reply")
#: The delegate's own; the action knows who is asked.
ASKED_ACTS = ("comment",)


def minutes_of(request: SignedInRequest, pk: int) -> tuple[Meeting, Minutes | None]:
    """The conference and its minutes, None before they are begun; 404 for whom they are hidden from."""
    seen = Meeting.objects.visible_to(request.user)
    related = seen.select_related("kind", "body", "chair", "organization", "minute_taker")
    meeting = related.filter(pk=pk).first()
    if meeting is None:
        if request.method == "POST":
            refuse_administrator(request, NOT_A_WRITER)
        raise Http404
    found = Minutes.objects.visible_to(request.user).filter(meeting=meeting).first()
    if found is None and not is_minute_writer(request.user, meeting):
        raise Http404
    if found:
        found.meeting = meeting
    return meeting, found


def permit(request: SignedInRequest, meeting: Meeting, act: str) -> None:
    if act in CHAIRS_ACTS:
        allowed, sentence = is_chair(request.user, meeting), NOT_THE_CHAIR
    elif act in TAKERS_ACTS:
        allowed, sentence = is_minute_taker(request.user, meeting), NOT_THE_TAKER
    elif act in ASKED_ACTS:
        return
    else:
        allowed, sentence = is_minute_writer(request.user, meeting), NOT_A_WRITER
    if not allowed:
        raise PermissionDenied(sentence)


def item_of(request: SignedInRequest, meeting: Meeting) -> AgendaItem:
    key = request.POST.get("item", "")
    seen = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting)
    return get_object_or_404(seen, pk=int(key) if key.isdecimal() else 0)
