"""Who else writes: the office names them for one conference, before or while it is minuted."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings.actions.meetings import lock
from meetings.models import Meeting, MeetingState
from members.models import User
from portal import audit


def get_helpers_refusal(meeting: Meeting) -> str | None:
    """Why nobody can be named any more; None while somebody can."""
    if meeting.is_stopped or meeting.state == MeetingState.FINAL:
        return f"Hội nghị ở trạng thái “{meeting.get_state_display()}” nên không phân công thêm được."
    return None


@transaction.atomic
def name_minute_helpers(meeting: Meeting, *, helpers: Collection[User], by: User) -> Meeting:
    """They write at the desk beside the minute-taker, who alone signs (P21, P24)."""
    meeting = lock(meeting)
    if refusal := get_helpers_refusal(meeting):
        raise ValidationError(refusal)
    before = sorted(meeting.minute_helpers.values_list("pk", flat=True))
    # Named twice is named once: the minute-taker writes anyway.
    meeting.minute_helpers.set(one for one in helpers if one.pk != meeting.minute_taker_id)
    after = sorted(meeting.minute_helpers.values_list("pk", flat=True))
    if before != after:
        audit.record(
            "meetings.minute_helpers",
            about=meeting,
            by=by,
            summary="Phân công người cùng ghi biên bản",
            changes={"minute_helpers": [before, after]},
        )
    return meeting
