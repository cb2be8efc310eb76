"""What the page of a conference shows of the reader himself, kept like its other pieces."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from meetings import pieces
from meetings.models import (
    AgendaAudience,
    Answer,
    Meeting,
    MeetingState,
    MinutesState,
    Opinion,
    Participant,
    Task,
)
from meetings.permissions import agenda_audience, reads_minutes
from members.models import User

#: When the conclusions of a conference may have handed out tasks.
CONCLUDED = (MeetingState.MINUTES, MeetingState.FINAL)


@dataclass(frozen=True)
class OwnPart:
    """The reader's place on the list, with his mark or else the answer that counts; and the section
    that says what he presents, what he said and what was given to him to do."""

    place: Participant | None
    html: str

    @property
    def is_marked(self) -> bool:
        """Whether the roll call has spoken of him, so that his answer no longer matters."""
        return self.place is not None and self.place.meeting.has_roll and self.place.mark is not None


NOTHING = OwnPart(None, "")


def own_part(meeting: Meeting, user: User, *, is_over: bool) -> OwnPart:
    """For a conference found with `pieces.with_marks` by somebody who may see it.

    The key names every row the piece is made of, what the reader may do, and the day: a task is
    overdue from one day to the next without any row changing.
    """
    if user.member_id is None:
        return NOTHING
    names = ("meeting", "agenda", "people", "answers", "work")
    rows = ":".join(getattr(meeting, f"{name}_mark") for name in names)
    powers = ",".join(sorted(f"{role}-{organization}" for role, organization in user.powers))
    reads = f"{agenda_audience(user, meeting, None)}:{may_read_minutes(user, meeting, None)}"
    who = f"{user.pk}:{user.member_id}:{powers}:{reads}"
    key = f"own:{who}:{is_over}:{timezone.localdate()}:{rows}"
    part = pieces.kept(key, lambda: _own_part(meeting, user, is_over))
    if part.place:
        part.place.meeting = meeting
    return part


def may_read_minutes(user: User, meeting: Meeting, place: Participant | None) -> bool:
    """Whether the minutes are open to this person, of a conference found with how far they are."""
    state, version = meeting.minutes_state, meeting.minutes_version  # type: ignore[attr-defined]
    return reads_minutes(user, meeting, place, state=state, version=version)


def _own_part(meeting: Meeting, user: User, is_over: bool) -> OwnPart:
    place = _place(meeting, user)
    audience = agenda_audience(user, meeting, place)
    agenda = pieces.agenda(meeting, audience, is_over=is_over)
    hears = place and may_read_minutes(user, meeting, place)
    context = {
        "to_present": agenda.spoken_by(user.member_id),
        "speeches": _speeches(meeting, place, user, audience) if place and hears else [],
        "tasks": _tasks(meeting, user) if place and meeting.state in CONCLUDED else [],
    }
    html = render_to_string("meetings/parts/my_part.html", context) if any(context.values()) else ""
    return OwnPart(place, html)


def _place(meeting: Meeting, user: User) -> Participant | None:
    """Without the conference itself, which the page has: what is kept holds no second copy of it."""
    listed = Participant.objects.taking_part().of(user).filter(meeting=meeting.pk)
    place = listed.select_related("attendance").order_by("pk").first()
    if place and not (meeting.has_roll and place.mark):
        given = Answer.objects.filter(participant=place.pk, meeting_version=meeting.version)
        recorded = given.select_related("recorded_by").defer(
            "recorded_by__password", "recorded_by__email", "recorded_by__phone"
        )
        place.current_answers = list(recorded.order_by("-pk")[:1])  # type: ignore[attr-defined]
    return place


def _speeches(meeting: Meeting, place: Participant, user: User, audience: AgendaAudience) -> list[Opinion]:
    """What this person said, as the minutes have it that he may read."""
    is_approved = meeting.minutes_state == MinutesState.APPROVED  # type: ignore[attr-defined]
    readable = Opinion.objects.read_by(audience) if is_approved else Opinion.objects.visible_to(user)
    said = readable.filter(participant=place).exclude(text="").select_related("agenda_item")
    return list(said.order_by("agenda_item__position", "pk"))


def _tasks(meeting: Meeting, user: User) -> list[Task]:
    """What this conference gave this person, or an organisation he answers for, to do."""
    given = Task.objects.charged_to(user).filter(conclusion__meeting=meeting)
    return list(given.select_related("lead_organization").by_deadline())
