"""The papers of today's conferences, for a browser to have at hand when the network is away (ADR 0021)."""

from __future__ import annotations

from django.utils import timezone

from meetings.models import Paper
from members.models import User
from portal.dates import hour
from portal.offline import FileAhead

#: A day of the whole office; what is beyond stays on the server.
MOST = 60


def papers_at_hand(user: User) -> list[FileAhead]:
    """What this person may read of them, in the order in which it will be wanted."""
    papers = Paper.objects.visible_to(user).at_hand_on(timezone.localdate())
    rows = papers.select_related("agenda_item__meeting").order_by(
        "agenda_item__meeting__starts_at", "agenda_item__meeting", "agenda_item__position", "pk"
    )
    return [
        FileAhead(paper.get_absolute_url(), paper.title, _heading(paper), paper.size) for paper in rows[:MOST]
    ]


def _heading(paper: Paper) -> str:
    meeting = paper.agenda_item.meeting
    return f"{hour(meeting.starts_at)}: {meeting}"
