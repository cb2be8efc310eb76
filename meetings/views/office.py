"""What the pages of the office share: whose conference it is, and a form that runs one action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from meetings import clashes
from meetings.forms.clashes import ClashForm
from meetings.models import Meeting
from meetings.permissions import can_prepare
from members.requests import SignedInRequest
from members.roles import Role

NOT_YOURS = "Chỉ Văn phòng hoặc người phụ trách tổ chức chuẩn bị hội nghị này."


def prepared_by(request: SignedInRequest, pk: int) -> Meeting:
    """The conference, for who prepares it; hidden is 404, seen by others is 403."""
    seen = Meeting.objects.visible_to(request.user)
    meeting = seen.select_related("kind", "body", "organization", "chair", "convener").filter(pk=pk).first()
    if meeting is None:
        refuse_administrator(request, NOT_YOURS)
        raise Http404
    if not can_prepare(request.user, meeting):
        raise PermissionDenied(NOT_YOURS)
    return meeting


def refuse_administrator(request: SignedInRequest, sentence: str) -> None:
    """403 whether the conference exists or not: the function is no secret to him, the rows are (P16–P35)."""
    if request.user.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied(sentence)


def refused(request: SignedInRequest, meeting: Meeting, sentence: str) -> HttpResponse:
    """409: the state of the conference does not allow it, in the words of the action."""
    context = {"meeting": meeting, "sentence": sentence}
    return render(request, "meetings/office/refused.html", context, status=409)


def posted(request: SignedInRequest) -> QueryDict | None:
    """What was sent, even if it is nothing: an empty form sent is not a form just opened."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: SignedInRequest,
    *,
    meeting: Meeting | None,
    form: forms.BaseForm,
    title: str,
    button: str,
    act: Callable[[dict[str, Any]], Any],
    done: str,
    then: str,
    warning: str = "",
    is_stop: bool = False,
    back: str = "",
    warns_of_clashes: bool = False,
) -> HttpResponse:
    """Show a form; when it is sent and right, run one action and go on.

    `warns_of_clashes`: the form holds a time, a place or a chair. What it meets is shown while it
    is typed; sent unseen, it comes back once with the warning before anything is written.
    """
    found = clashes_typed(request, meeting) if warns_of_clashes else []
    was_seen = not found or _were_known(request, meeting, found)
    if form.is_bound and form.is_valid() and was_seen and run(form, act):
        messages.success(request, done)
        return redirect(then)
    context = {
        "meeting": meeting,
        "form": form,
        "heading": title,
        "button": button,
        "warning": warning,
        "is_stop": is_stop,
        "back": back or (meeting.get_absolute_url() if meeting else reverse("meetings:list")),
        "warns_of_clashes": warns_of_clashes,
        "clashes": found,
        "clash_key": clash_key(found),
        "is_asked_again": form.is_bound and form.is_valid() and not was_seen,
    }
    return render(request, "meetings/office/form.html", context)


def clashes_typed(request: SignedInRequest, meeting: Meeting | None) -> list[clashes.Hindrance]:
    """What the time, place and chair just typed, or else those of the conference, meet."""
    plan = ClashForm(request.POST, user=request.user, meeting=meeting).plan()
    return clashes.find(plan, seen_by=request.user) if plan else []


def clash_key(found: list[clashes.Hindrance]) -> str:
    """Says which clashes were on the page, so that a new one is shown before it is accepted."""
    return "-".join(sorted({clash.key for clash in found}))


def _were_known(request: SignedInRequest, meeting: Meeting | None, found: list[clashes.Hindrance]) -> bool:
    """Each clash stood on the page that was sent, or stands already: a typing error is free to mend."""
    known = set(request.POST.get("clashes_seen", "").split("-"))
    if meeting:
        standing = clashes.find(clashes.plan_of(meeting), seen_by=request.user)
        known |= set(clash_key(standing).split("-"))
    return set(clash_key(found).split("-")) <= known


def run(form: forms.BaseForm, act: Callable[[dict[str, Any]], Any]) -> bool:
    """The action with what was typed; what it refuses stands beside the field it speaks of."""
    try:
        act(form.cleaned_data)
    except ValidationError as error:
        by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
        for field, errors in by_field.items():
            form.add_error(field if field in form.fields else None, errors)
        return False
    return True


def attempt(request: SignedInRequest, act: Callable[[], Any], done: str) -> None:
    """One button without a form: done, or why not, said on the next page."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
