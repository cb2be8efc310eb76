"""Who goes in another's place is told so, and told again when nobody has to go any more."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

from django.urls import reverse

from meetings.actions import letters
from meetings.models import Answer, Meeting, Participant
from members.models import User
from portal import outbox

NAMED = "meetings.stand_in_named"
RELEASED = "meetings.stand_in_released"


def post_change(before: Answer | None, answer: Answer, *, by: User | None) -> None:
    """After an answer: the one named now is told, the one named before is free."""
    earlier = before.substitute_member_id if before else None
    if earlier == answer.substitute_member_id:
        return
    if before and earlier:
        _post(RELEASED, before, by=by)
    if answer.substitute_member_id:
        _post(NAMED, answer, by=by)


def release(people: Iterable[Participant], *, by: User) -> None:
    """Their answers count no more: moved, called off, or off the list."""
    for person in people:
        if (answer := person.answer) and answer.substitute_member_id:
            _post(RELEASED, answer, by=by, hold=outbox.usual_hold())


def release_all(meeting: Meeting, *, by: User) -> None:
    people = meeting.participants.taking_part().filter(
        answers__meeting_version=meeting.version, answers__substitute_member__isnull=False
    )
    release(people.select_related("meeting").distinct(), by=by)


def _post(kind: str, answer: Answer, *, by: User | None, **more: object) -> None:
    person, meeting, member = answer.participant, answer.participant.meeting, answer.substitute_member
    if member is None:
        raise TypeError("nobody stands in by this answer")
    heading = "Cử dự thay" if kind == NAMED else "Thôi dự thay"
    outbox.post(
        kind=kind,
        about=meeting,
        recipients=[letters.to_member(member)],
        key=f"{kind}:{answer.pk}",
        title=shorten(f"{heading}: {meeting}", 250, placeholder="…"),
        url=reverse("notices"),
        by=by,
        context=letters.facts(meeting)
        | {"answer": answer.pk, "instead_of": person.full_name, "position": person.position_text},
        deadline=meeting.ends_at,
        **more,  # type: ignore[arg-type]
    )
