"""Which notice of a paper goes to whom: the organisation that owes it, the office that waits for it."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from meetings.actions.desk_letters import answering_for
from meetings.models import Paper, PaperRequest
from members.actions.addressees import to
from members.models import User
from members.owning_committee import owning_committee
from portal import dates, outbox

PAPER_REQUESTED = "meetings.paper_requested"
PAPER_REMINDER = "meetings.paper_reminder"
PAPER_RETURNED = "meetings.paper_returned"
PAPER_HANDED_IN = "meetings.paper_handed_in"


def post_requested(request: PaperRequest, *, by: User) -> None:
    _post(PAPER_REQUESTED, request, answering_for([request.organization]), "Chuẩn bị tài liệu", by=by)


def post_reminder(request: PaperRequest, *, days: int) -> None:
    """Once for each rung of the ladder, by the clock alone."""
    owing = answering_for([request.organization])
    _post(PAPER_REMINDER, request, owing, "Nhắc nộp tài liệu", by=None, key=reminder_key(request, days))


def post_returned(paper: Paper, *, by: User) -> None:
    """With the reason of the office, once for each version sent back."""
    request = _request_of(paper)
    owing = answering_for([request.organization])
    key, words = f"{PAPER_RETURNED}:{paper.pk}", paper.return_reason
    _post(PAPER_RETURNED, request, owing, "Tài liệu cần sửa", by=by, key=key, words=words)


def post_handed_in(paper: Paper, *, by: User) -> None:
    """To whoever asked for it."""
    request = _request_of(paper)
    key, words = f"{PAPER_HANDED_IN}:{paper.pk}", f"Đơn vị nộp: {request.organization}"
    _post(
        PAPER_HANDED_IN, request, [to(request.requested_by)], "Tài liệu đã nộp", by=by, key=key, words=words
    )


def reminder_key(request: PaperRequest, days: int) -> str:
    return f"{PAPER_REMINDER}:{request.pk}:{request.due_on:%Y%m%d}:{days}"


def _request_of(paper: Paper) -> PaperRequest:
    if paper.request is None:
        raise TypeError("a paper of the office itself is owed by nobody")
    return paper.request


def _post(
    kind: str,
    request: PaperRequest,
    recipients: list[outbox.Recipient],
    heading: str,
    *,
    by: User | None,
    key: str = "",
    words: str = "",
) -> None:
    outbox.post(
        kind=kind,
        about=request,
        recipients=recipients,
        key=key or f"{kind}:{request.pk}",
        title=shorten(f"{heading}: {request}", 250, placeholder="…"),
        url=request.get_absolute_url(),
        by=by,
        context=_facts(request) | {"words": words},
    )


def _facts(request: PaperRequest) -> dict[str, Any]:
    """What the letter says, kept as it was when it was posted.

    The unit that owes a paper may not see the item it is for: such an item is not named (P29).
    """
    committee, meeting, item = owning_committee(), request.agenda_item.meeting, request.agenda_item
    return {
        "owner": committee.name,
        "owner_parent": committee.parent_name,
        "phone": committee.office_phone,
        "title": request.title,
        "meeting": meeting.title,
        "held_on": dates.moment(meeting.starts_at),
        "item": "" if item.is_internal or item.is_committee_only else item.title,
        "due_on": dates.day(request.due_on),
        "note": request.note,
    }
