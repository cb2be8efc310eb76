"""Delegates' speeches and opinions, in the order spoken, and how the chair answered them."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings.actions.minutes.saving import FRESH, On, keep_revision, lock_for_writing, write
from meetings.models import AgendaItem, Minutes, Opinion, Participant
from members.models import User
from portal import audit, dates
from portal.vietnamese import nfc


@transaction.atomic
def save_opinion(
    minutes: Minutes,
    item: AgendaItem,
    *,
    key: UUID,
    participant: Participant | None,
    text: str,
    response: str = "",
    said_at: datetime.time | None = None,
    by: User,
    on: On = FRESH,
) -> Opinion:
    """A speech while it is written down. Begun twice with one `key` it is still one speech."""
    minutes = lock_for_writing(minutes, item)
    if participant and (participant.meeting_id != minutes.meeting_id or participant.removed_at):
        raise ValidationError("Người phát biểu không có trong danh sách của hội nghị này.")
    opinion = Opinion.objects.filter(key=key).first() or Opinion(key=key, agenda_item=item)
    if opinion.agenda_item_id != item.pk:
        raise ValidationError("Ý kiến này không thuộc mục đang ghi.")
    values: dict[str, Any] = {
        "participant": participant,
        "text": nfc(text, multiline=True),
        "response": response,
        "said_at": said_at,
    }
    if write(opinion, values, item=item, on=on, by=by):
        content = values | {
            "participant": participant.full_name if participant else "",
            "said_at": dates.hour(said_at) if said_at else "",
        }
        keep_revision(minutes, opinion, f"opinion:{key}", content, item=item, by=by)
    return opinion


@transaction.atomic
def record_opinion(
    minutes: Minutes,
    item: AgendaItem,
    *,
    participant: Participant,
    text: str,
    response: str = "",
    said_at: datetime.time | None = None,
    by: User,
) -> Opinion:
    """A delegate's opinion under an item, whole at once."""
    opinion = save_opinion(
        minutes,
        item,
        key=uuid4(),
        participant=participant,
        text=text,
        response=response,
        said_at=said_at,
        by=by,
    )
    opinion.full_clean()
    return opinion


@transaction.atomic
def change_opinion(opinion: Opinion, *, text: str, response: str, by: User) -> Opinion:
    return save_opinion(
        opinion.agenda_item.meeting.minutes,
        opinion.agenda_item,
        key=opinion.key,
        participant=opinion.participant,
        text=text,
        response=response,
        said_at=opinion.said_at,
        by=by,
        on=On(opinion.revision),
    )


@transaction.atomic
def remove_opinion(opinion: Opinion, *, by: User) -> None:
    """Taken out of the minutes; what it read stays among the revisions."""
    minutes = lock_for_writing(opinion.agenda_item.meeting.minutes, opinion.agenda_item)
    audit.record(
        "meetings.opinion_remove",
        about=minutes,
        by=by,
        summary=f"Bỏ ý kiến ở mục {opinion.agenda_item.position}",
    )
    opinion.delete()
