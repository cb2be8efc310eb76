"""Naming who writes beside the minute-taker."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from meetings.actions import minutes
from meetings.actions.minutes.helpers import get_helpers_refusal
from meetings.forms.desk import HelpersForm
from meetings.forms.preparation import minute_takers_for
from meetings.views.office import form_page, posted, prepared_by, refused
from members.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def minute_helpers(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    if refusal := get_helpers_refusal(meeting):
        return refused(request, meeting, refusal)
    people = minute_takers_for(request.user).exclude(pk=meeting.minute_taker_id)
    form = HelpersForm(
        posted(request),
        people=people,
        initial={"helpers": meeting.minute_helpers.values_list("pk", flat=True)},
    )
    return form_page(
        request,
        meeting=meeting,
        form=form,
        title="Phân công cùng ghi biên bản",
        button="Lưu phân công",
        act=lambda given: minutes.name_minute_helpers(meeting, by=request.user, **given),
        done="Đã phân công. Mỗi đồng chí mở bàn ghi bằng tài khoản của mình.",
        then=meeting.get_absolute_url(),
    )
