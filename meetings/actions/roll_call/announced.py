"""Absences that were announced with the answer to the invitation."""

from __future__ import annotations

from meetings.models import Answer, AnswerChoice, Meeting


def announced_reasons(meeting: Meeting) -> dict[int, str]:
    """Reasons of those whose last answer, to the meeting as it now stands, was "absent"."""
    latest = (
        Answer.objects.filter(participant__meeting=meeting, meeting_version=meeting.version)
        .order_by("participant_id", "-pk")
        .distinct("participant_id")
    )
    return {one.participant_id: one.reason for one in latest if one.choice == AnswerChoice.ABSENT}
