"""What is new for a convened conference, told once when it has come to rest: papers, and the agenda.

Called again and again by beat: what was told last says from when on things are new, and as long as the
office is still at it nobody is told anything. So an afternoon of uploads is one letter.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from meetings.actions import letters
from meetings.actions.meetings import lock
from meetings.models import AttendeeRole, Meeting, MeetingState, Paper
from portal.models import AuditEntry, Notice

#: So long nothing new must have come before it is told.
QUIET = datetime.timedelta(minutes=30)
#: Deeds that give the agenda another shape; a corrected word is none of them.
RESHAPED = ("add_item", "remove_item", "move_item", "order_items")


def tell_news(now: datetime.datetime | None = None) -> int:
    """Answers of how many conferences something was told."""
    now = now or timezone.now()
    coming = Meeting.objects.filter(state=MeetingState.CONVENED, starts_at__gt=now)
    return sum(_tell(meeting, now) for meeting in coming)


@transaction.atomic
def _tell(meeting: Meeting, now: datetime.datetime) -> bool:
    # The row of the conference is the lock: two beats come one after the other.
    meeting = lock(meeting)
    since = _told_at(meeting)
    if since is None or meeting.state != MeetingState.CONVENED or letters.held_summons(meeting, now):
        return False
    papers = _papers_since(meeting, since)
    reshaped = _reshaped_since(meeting, since)
    moments = [paper.told_from for paper in papers] + ([reshaped] if reshaped else [])  # type: ignore[attr-defined]
    if not moments or max(moments) > now - QUIET:
        return False
    news = _news(papers, is_reshaped=reshaped is not None) | {"until": max(moments).isoformat()}
    people = meeting.participants.taking_part()
    if not (news["papers"] or news["is_reshaped"]):
        people = people.filter(role=AttendeeRole.OFFICIAL)
    key = f"news:{max(moments):%Y%m%d%H%M%S}"
    letters.post(letters.NEWS, meeting, by=None, to=people, key=key, more=news)
    return True


def _told_at(meeting: Meeting) -> datetime.datetime | None:
    """When people last heard what there is to read; a conference called on paper has told nothing."""
    told = Notice.objects.about(meeting).live().filter(kind__in=[letters.CONVENED, letters.NEWS])
    last = told.newest_first().first()
    if last and last.kind == letters.NEWS:
        return datetime.datetime.fromisoformat(last.context["until"])
    return last.posted_at if last else None


def _papers_since(meeting: Meeting, since: datetime.datetime) -> list[Paper]:
    """Current papers that came, or were accepted by the office, since; none that only the organisers see."""
    current = Paper.objects.current().filter(agenda_item__meeting=meeting, agenda_item__is_internal=False)
    told_from = Coalesce("request__settled_at", "uploaded_at")
    new = current.annotate(told_from=told_from).filter(told_from__gt=since)
    return list(new.select_related("agenda_item").order_by("agenda_item__position", "pk"))


def _reshaped_since(meeting: Meeting, since: datetime.datetime) -> datetime.datetime | None:
    deeds = Q(action__in=[f"meetings.{deed}" for deed in RESHAPED], at__gt=since)
    last = AuditEntry.objects.about(meeting).filter(deeds).order_by("-at").first()
    return last.at if last else None


def _news(papers: list[Paper], *, is_reshaped: bool) -> dict[str, Any]:
    """Apart what official delegates alone may know (P29)."""
    lines = [(paper.agenda_item.is_committee_only, _line(paper)) for paper in papers]
    return {
        "papers": [line for is_apart, line in lines if not is_apart],
        "committee_papers": [line for is_apart, line in lines if is_apart],
        "is_reshaped": is_reshaped,
    }


def _line(paper: Paper) -> str:
    newer = f" (bản {paper.number})" if paper.number > 1 else ""
    return f"Mục {paper.agenda_item.position}: {paper.title}{newer}"
