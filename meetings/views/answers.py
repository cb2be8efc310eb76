"""Answering an invitation: in the portal, or by the link in the letter without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from meetings.actions.answers import record_answer
from meetings.forms.answers import AnswerForm
from meetings.links import read_token
from meetings.models import AnswerChannel, AnswerChoice, Participant
from meetings.views.meetings import page_of, seen_by
from members.models import User
from members.requests import SignedInRequest
from portal.views.secret_links import private, wrong_link


@require_POST
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The answer of the person signed in, for nobody else."""
    meeting = get_object_or_404(seen_by(request.user), pk=pk)
    people = Participant.objects.taking_part().filter(meeting=meeting, member__isnull=False)
    person = get_object_or_404(people.select_related("meeting"), member=request.user.member_id)
    form = AnswerForm(request.POST)
    if form.is_valid() and _answered(person, form, AnswerChannel.PORTAL, by=request.user):
        messages.success(request, "Đã ghi câu trả lời của đồng chí.")
        return redirect(meeting)
    return render(request, "meetings/meeting.html", page_of(request, meeting, form), status=409)


@login_not_required
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def answer_link(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """GET shows and changes nothing, so that mail scanners may open it; POST answers.

    The answer counts for the person of the link, whoever is signed in. All wrong links get the
    same 404, and an address that keeps guessing has to wait.
    """
    participant_id = read_token(token, meeting_id=pk)
    if participant_id is None:
        return wrong_link(request)
    person = Participant.objects.select_related("meeting").filter(pk=participant_id, meeting=pk).first()
    if person is None or person.removed_at or person.meeting.is_stopped:
        return private(render(request, "meetings/answer_gone.html", status=410))
    refusal = person.meeting.get_answer_refusal(timezone.now())
    form = AnswerForm(request.POST or None, initial={"version": person.meeting.version})
    sent = request.method == "POST" and not refusal and form.is_valid()
    if sent and _answered(person, form, AnswerChannel.LINK, by=None):
        return private(redirect(request.path))
    status = 410 if refusal else 400 if form.errors else 200
    context = {"person": person, "meeting": person.meeting, "form": form, "refusal": refusal}
    return private(render(request, "meetings/answer.html", context, status=status))


def _answered(person: Participant, form: AnswerForm, channel: AnswerChannel, *, by: User | None) -> bool:
    given = form.cleaned_data
    try:
        record_answer(
            person,
            choice=AnswerChoice(given["choice"]),
            reason=given["reason"],
            substitute=given["substitute"],
            version=given["version"],
            channel=channel,
            by=by,
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True
