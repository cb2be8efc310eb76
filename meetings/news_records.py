"""What a conference's records know about its news item: for the checker of the newsroom."""

from __future__ import annotations

import datetime

from meetings.models import MeetingArticle, Participant
from members.statistics import figures
from news.checking import Records
from news.models import Article


def records_of_conference(article: Article) -> Records | None:
    """Offices as frozen on its day, figures up to the day its report covers; None for any other item."""
    item = MeetingArticle.objects.filter(article=article).select_related("meeting__organization").first()
    if item is None:
        return None
    meeting = item.meeting
    until = item.facts.get("until")
    day = datetime.date.fromisoformat(until) if until else meeting.held_on
    seated = Participant.objects.filter(meeting=meeting, removed_at__isnull=True)
    people = dict(seated.values_list("full_name", "position_text"))
    name, title = item.facts.get("chair", ["", ""])
    return Records(
        on=meeting.held_on,
        people=people | ({name: title} if name else {}),
        figures=tuple(figures(meeting.organization, day)),
        source=f"Hồ sơ {meeting.title}",
    )


def conferences_of(article: Article) -> list[int]:
    """The keys of the conferences an item tells of."""
    return list(MeetingArticle.objects.filter(article=article).values_list("meeting", flat=True))
