"""The saves of the minutes, for the office and for those who write them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.minutes_revisions import steps_of, texts_of
from meetings.models import AgendaItem, MinutesRevision
from meetings.permissions import can_see_revisions
from meetings.views.minutes.doors import minutes_of
from members.requests import SignedInRequest

NOT_YOURS = "Chỉ Văn phòng và người ghi biên bản xem được các lần lưu."


@require_safe
def revisions(request: SignedInRequest, pk: int) -> HttpResponse:
    """The texts on one side; of the chosen one each save, with what it changed."""
    meeting, found = minutes_of(request, pk)
    if not can_see_revisions(request.user, meeting):
        raise PermissionDenied(NOT_YOURS)
    seen = MinutesRevision.objects.visible_to(request.user).filter(minutes=found)
    kept = list(seen.select_related("saved_by").order_by("piece", "saved_at", "pk"))
    items = AgendaItem.objects.visible_to(request.user).filter(meeting=meeting)
    texts = texts_of(kept, items)
    asked = request.GET.get("phan", texts[0].piece if texts else "")
    chosen = next((text for text in texts if text.piece == asked), None)
    if asked and chosen is None:
        raise Http404("Không có phần này.")
    own = [revision for revision in kept if revision.piece == asked]
    context = {"meeting": meeting, "texts": texts, "chosen": chosen, "steps": steps_of(own)}
    return render(request, "meetings/minutes/revisions.html", context)
