"""The weekly schedule: as it is put up, one's own, by room; and the office's buttons (domain §2.3)."""

from __future__ import annotations

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from meetings.actions import schedule as actions
from meetings.clashes import clashes_in
from meetings.forms.schedule import OnScheduleForm, ViewForm
from meetings.models import Meeting
from meetings.permissions import can_keep_schedule
from meetings.schedule import ScheduledWeek, days_of, rooms_of, scheduled_week
from meetings.views.office import attempt
from members.requests import SignedInRequest
from portal.dates import Week
from portal.postgresql.plans import keeping_plans

NOT_YOURS = "Lịch công tác tuần do Văn phòng ghi và đăng."


@require_safe
@keeping_plans()
def week(request: SignedInRequest, week: str = "") -> HttpResponse:
    now = timezone.now()
    shown = parsed(week) if week else Week.of(now)
    view = scheduled_week(request.user, shown)
    form = ViewForm(request.GET)
    kind = form.kind
    lines = view.mine if kind == ViewForm.MINE else view.all if kind == ViewForm.ROOMS else view.lines
    context = {
        "week": shown,
        "view": view,
        "kind": kind,
        "kinds": ViewForm.KINDS,
        "days": days_of(shown, lines),
        "rooms": rooms_of(lines) if kind == ViewForm.ROOMS else [],
        "asked": f"?xem={kind}" if kind else "",
        "is_this_week": shown == Week.of(now),
        # A new line is most likely for today, or for the first day of a week to come.
        "first_day": max(shown.monday, min(timezone.localdate(now), shown.sunday)),
        "is_office": can_keep_schedule(request.user),
        **_for_office(request, view),
    }
    return render(request, "meetings/week.html", context)


@require_POST
def publish(request: SignedInRequest, week: str) -> HttpResponse:
    office_only(request)
    shown = parsed(week)
    attempt(request, lambda: actions.publish_week(shown, by=request.user), "Đã đăng lịch công tác tuần.")
    return redirect("meetings:week_of", shown)


@require_POST
def put_on(request: SignedInRequest, pk: int) -> HttpResponse:
    """A conference onto the common schedule, or off it."""
    office_only(request)
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    form = OnScheduleForm(request.POST)
    if not form.is_valid():
        raise BadRequest("Yêu cầu không đúng.")
    is_on = form.cleaned_data["len"]
    done = "Đã đưa lên lịch chung." if is_on else "Đã rút khỏi lịch chung."
    attempt(request, lambda: actions.put_on_schedule(meeting, is_on=is_on, by=request.user), done)
    return redirect("meetings:week_of", Week.of(meeting.starts_at))


def parsed(week: str) -> Week:
    try:
        return Week.parse(week)
    except ValueError as error:
        raise Http404("Không có tuần này.") from error


def office_only(request: SignedInRequest) -> None:
    if not can_keep_schedule(request.user):
        raise PermissionDenied(NOT_YOURS)


def _for_office(request: SignedInRequest, view: ScheduledWeek) -> dict[str, object]:
    if not can_keep_schedule(request.user):
        return {"clashes": [], "publish_refusal": ""}
    refusal = actions.get_publish_refusal(view, timezone.localdate())
    return {"clashes": clashes_in(view.week), "publish_refusal": refusal or ""}
