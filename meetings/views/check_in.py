"""Self check-in: the changing code on the room's screen, and the page a participant's telephone opens."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from meetings.actions import roll_call
from meetings.actions.roll_call.self_check_in import (
    NOT_LISTED,
    get_code_refusal,
    get_opening_refusal,
    welcome,
)
from meetings.check_in_code import code_url, seconds_left
from meetings.models import Meeting, Participant, SelfCheckIn
from meetings.roll import roll_of
from meetings.views.roll_call import desk_of
from members.requests import SignedInRequest
from portal.views.secret_links import private

#: Codes that did not check in, of one person within a minute, before a pause.
WRONG_CODES = 10
MINUTE = 60


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: SignedInRequest, pk: int) -> HttpResponse:
    """The code, large, for a screen in the room; it is opened and closed here."""
    meeting = desk_of(request, pk)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "open":
                roll_call.open_self_check_in(meeting, by=request.user)
            else:
                roll_call.close_self_check_in(meeting, by=request.user)
            return redirect(request.path)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
    context = _shown(meeting) | {"refusal": get_opening_refusal(meeting)}
    return render(request, "meetings/check_in_screen.html", context)


@require_safe
def code(request: SignedInRequest, pk: int) -> HttpResponse:
    """The code alone, for the script that changes it."""
    return render(request, "meetings/parts/check_in_code.html", _shown(desk_of(request, pk)))


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """GET shows whose attendance the button records and changes nothing; POST records it."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=pk)
    me = Participant.objects.filter(meeting=meeting).taking_part().of(request.user).first()
    refusal = get_code_refusal(meeting, code, timezone.now()) if me else NOT_LISTED
    if refusal is None and request.method == "POST":
        try:
            marked = roll_call.check_in_self(meeting, by=request.user, code=code)
        except ValidationError as refused:
            refusal = " ".join(refused.messages)
        else:
            messages.success(request, welcome(marked))
            return redirect(meeting)
    if refusal and _tries_too_often(request):
        response = render(request, "errors/429.html", {"wait": MINUTE}, status=429)
        response["Retry-After"] = str(MINUTE)
        return response
    context = {"meeting": meeting, "me": me, "refusal": refusal}
    return private(render(request, "meetings/check_in.html", context, status=409 if refusal else 200))


def _shown(meeting: Meeting) -> dict[str, object]:
    now = timezone.now()
    check_in = SelfCheckIn.objects.filter(meeting=meeting, closed_at=None).first()
    is_open = check_in is not None and get_opening_refusal(meeting) is None
    return {
        "meeting": meeting,
        "check_in": check_in if is_open else None,
        "picture": _drawn(code_url(check_in, now)) if check_in and is_open else "",
        "seconds": seconds_left(now),
        "roll": roll_of(meeting),
    }


def _drawn(address: str) -> SafeString:
    """A QR code as SVG inside the page, sized by the style sheet; error level M stands a photo askew."""
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(omitsize=True, border=2, svgclass="qr", lineclass=None)
    return mark_safe(svg)  # noqa: S308 - drawn by segno from an address of our own


def _tries_too_often(request: SignedInRequest) -> bool:
    key = f"wrong-check-ins:{request.user.pk}"
    cache.add(key, 0, timeout=MINUTE)
    try:
        tried = cache.incr(key)
    except ValueError:  # the count ran out between the two calls, or there is no cache just now
        tried = 1
    return tried > WRONG_CODES
