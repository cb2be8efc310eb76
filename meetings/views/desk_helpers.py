"""Who helps at the roll-call desk of one conference: named and ended by who prepares it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from meetings.actions import roll_call
from meetings.actions.roll_call.helpers import get_helper_refusal
from meetings.forms.roll_call import HelperForm
from meetings.views.office import prepared_by
from members.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def desk_helpers(request: SignedInRequest, pk: int) -> HttpResponse:
    meeting = prepared_by(request, pk)
    helping = meeting.desk_helpers.filter(ended_at=None).select_related("user", "named_by")
    if request.method == "POST" and "end" in request.POST:
        key = request.POST["end"]
        helper = get_object_or_404(helping, pk=key if key.isdecimal() else 0)
        roll_call.end_helper(helper, by=request.user)
        messages.success(request, f"Đồng chí {helper.user} thôi giúp điểm danh.")
        return redirect(request.path)
    form = HelperForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            named = roll_call.name_helper(meeting, helper=form.cleaned_data["username"], by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, f"Đồng chí {named.user} điểm danh được hội nghị này.")
            return redirect(request.path)
    context = {"meeting": meeting, "form": form, "helping": helping, "refusal": get_helper_refusal(meeting)}
    return render(request, "meetings/desk_helpers.html", context, status=409 if form.errors else 200)
