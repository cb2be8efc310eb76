"""One table of the shapes and tones of all states (look.md §5): the word comes from the record.

A state is told by word, shape and colour, in that order; printed black on white they still differ.
To add a state add a line: its code, or `owner.code` where two records mean different things by
one code. The owner is the record's model, or its choices without State, Status or Choice.
"""

from __future__ import annotations

import re

from django.db import models

GOOD, WAIT, BAD, INFO, PLAIN = "good", "wait", "bad", "info", ""

SHAPES: dict[str, tuple[str, str]] = {
    # Deliveries of a notice.
    "queued": ("ring", PLAIN),
    "claimed": ("half", PLAIN),
    "sending": ("dot", INFO),
    "sent": ("check", GOOD),
    "retry": ("again", WAIT),
    "failed": ("cross", BAD),
    "uncertain": ("question", WAIT),
    "cancelled": ("minus", PLAIN),
    "no_address": ("none", WAIT),
    "held": ("pause", WAIT),
    "bounced": ("return", BAD),
    # A notice on the portal.
    "unread": ("ring", PLAIN),
    "opened": ("half", PLAIN),
    "acknowledged": ("check", GOOD),
    "reader.gone": ("minus", PLAIN),
    # Answers to an invitation.
    "unanswered": ("ring", PLAIN),
    "attending": ("check", GOOD),
    "answer.absent": ("half", WAIT),
    "substitute": ("swap", INFO),
    # Roll call.
    "not_arrived": ("ring", PLAIN),
    "present": ("check", GOOD),
    "late": ("clock", WAIT),
    "left": ("return", WAIT),
    "excused": ("half", WAIT),
    "attendance.absent": ("cross", BAD),
    # Conferences.
    "meeting.draft": ("ring", PLAIN),
    "convened": ("check", GOOD),
    "in_session": ("dot", INFO),
    "minutes": ("half", WAIT),
    "final": ("check", PLAIN),
    "postponed": ("pause", BAD),
    "meeting.cancelled": ("cross", BAD),
    # Lines of the weekly schedule after it was put up.
    "change.new": ("dot", INFO),
    "change.cancelled": ("cross", BAD),
    "change.postponed": ("pause", BAD),
    "change.left": ("return", WAIT),
    "change.day": ("swap", WAIT),
    "change.hour": ("clock", WAIT),
    "change.room": ("swap", WAIT),
    "change.content": ("half", WAIT),
    "change.people": ("half", WAIT),
    "planned": ("ring", PLAIN),
    "entry.cancelled": ("cross", BAD),
    # Rows of the annual work programme.
    "program.planned": ("half", INFO),
    "program.ahead": ("ring", PLAIN),
    "program.due": ("clock", WAIT),
    "program.late": ("warn", BAD),
    # Minutes.
    "drafting": ("half", PLAIN),
    "approved": ("check", GOOD),
    "for_comment": ("question", INFO),
    # Agenda items on the minutes desk.
    "item.empty": ("ring", PLAIN),
    "item.written": ("half", PLAIN),
    "item.concluded": ("check", GOOD),
    # Papers.
    "submitted": ("question", WAIT),
    "accepted": ("check", GOOD),
    "returned": ("return", BAD),
    # Binders of papers.
    "binder.asked": ("half", INFO),
    "binder.ready": ("check", GOOD),
    "binder.unbound": ("warn", BAD),
    # Tasks.
    "not_started": ("ring", PLAIN),
    "in_progress": ("half", INFO),
    "reported": ("question", WAIT),
    "done": ("check", GOOD),
    "done_on_time": ("check", GOOD),
    "done_late": ("clock", WAIT),
    "overdue": ("warn", BAD),
    "extension": ("again", WAIT),
    "paused": ("pause", PLAIN),
    # News.
    "draft": ("ring", PLAIN),
    "for_editing": ("half", INFO),
    "for_approval": ("half", WAIT),
    "article.approved": ("check", INFO),
    "scheduled": ("clock", INFO),
    "published": ("check", GOOD),
    "withdrawn": ("minus", PLAIN),
    # Figures against the share of the year that has come.
    "pace.ahead": ("check", GOOD),
    "pace.on_time": ("check", GOOD),
    "pace.behind": ("warn", WAIT),
    # Work on members by the day it falls due.
    "badgeproposal.proposed": ("question", WAIT),
    "badgeproposal.awarded": ("check", GOOD),
    "badgeproposal.withdrawn": ("minus", PLAIN),
    "step.overdue": ("warn", BAD),
    "step.today": ("clock", BAD),
    "step.close": ("clock", WAIT),
    "step.near": ("half", INFO),
    "step.far": ("ring", PLAIN),
    # Lists of members brought in, and their rows.
    "importbatch.queued": ("half", INFO),
    "importbatch.checked": ("question", WAIT),
    "importbatch.accepted": ("half", INFO),
    "importbatch.done": ("check", GOOD),
    "importbatch.undone": ("return", WAIT),
    "importbatch.refused": ("cross", BAD),
    "row.new": ("dot", INFO),
    "row.changed": ("swap", INFO),
    "row.same": ("minus", PLAIN),
    "row.warning": ("warn", WAIT),
    "row.error": ("cross", BAD),
    "importrow.new": ("dot", INFO),
    "importrow.changed": ("swap", INFO),
    "importrow.same": ("minus", PLAIN),
    "importrow.warning": ("warn", WAIT),
    "importrow.error": ("cross", BAD),
    # Corrections people propose to their records.
    "recordcorrection.waiting": ("question", WAIT),
    "recordcorrection.declined": ("cross", BAD),
    # Members.
    "probationary": ("half", PLAIN),
    "official": ("check", PLAIN),
}

#: Where a record keeps its state. `status` may be a property that sees it against the date.
_ATTRIBUTES = ("status", "state", "choice")


def shape_of(subject: models.Model | models.Choices) -> tuple[str, str, str]:
    """Shape, tone and word of a record or of one of its choices."""
    if isinstance(subject, models.Choices):
        owner = re.sub(r"(State|Status|Choice)$", "", type(subject).__name__).lower()
        return *_look_up(owner, subject.value), str(subject.label)
    attribute = next(name for name in _ATTRIBUTES if hasattr(subject, name))
    value = getattr(subject, attribute)
    owner = str(subject._meta.model_name)
    if isinstance(value, models.Choices):
        return *_look_up(owner, value.value), str(value.label)
    word = getattr(subject, f"get_{attribute}_display")()
    return *_look_up(owner, value), str(word)


def _look_up(owner: str, code: str) -> tuple[str, str]:
    return SHAPES.get(f"{owner}.{code}") or SHAPES[code]
