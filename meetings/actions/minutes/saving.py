"""Saving what is typed into the minutes, by the rule of `portal.saving`."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings.models import AgendaItem, Minutes, MinutesRevision, TypedText
from members.models import User
from portal import audit, dates
from portal.saving import FRESH, STRETCH, On, Outcome, outcome

__all__ = ["FRESH", "On", "TextChanged", "keep_revision", "lock_for_writing", "set_aside", "write"]

REMOVED = "Phần này vừa được người khác bỏ trong lúc đồng chí đang ghi. Bản đồng chí ghi còn dưới đây."
CHANGED = "Phần này vừa được người khác lưu trong lúc đồng chí đang ghi. Cả hai bản đều còn dưới đây."


class TextChanged(ValidationError):
    """Somebody saved the text meanwhile. Carries both: nothing typed is lost."""

    def __init__(self, row: TypedText | None, *, item: AgendaItem, mine: dict[str, Any]) -> None:
        super().__init__(CHANGED if row else REMOVED)
        self.row = row
        self.item = item
        self.mine = mine


def write(row: TypedText, values: dict[str, Any], *, item: AgendaItem, on: On, by: User) -> bool:
    """Lay `values` on the row; False when there was nothing to write."""
    stands = On(row.revision, row.desk, row.desk_step)
    is_same = bool(row.pk) and all(getattr(row, name) == value for name, value in values.items())
    match outcome(stands=stands, on=on, is_same=is_same):
        case Outcome.NOTHING:
            return False
        case Outcome.CONFLICT:
            raise TextChanged(row if row.pk else None, item=item, mine=values)
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    row.updated_by = by
    row.updated_at = timezone.now()
    row.desk, row.desk_step = on.desk, on.step
    row.save()
    return True


def keep_revision(
    minutes: Minutes, row: TypedText, piece: str, content: dict[str, Any], *, item: AgendaItem, by: User
) -> None:
    """One row a stretch of writing, however often it saves itself; the audit trail hears of it once."""
    now = row.updated_at
    last = (
        MinutesRevision.objects.filter(minutes=minutes, piece=piece, is_aside=False)
        .order_by("-revision")
        .first()
    )
    if last and last.saved_by_id == by.pk and now - last.saved_at < STRETCH:
        last.revision, last.content, last.saved_at = row.revision, content, now
        last.save(update_fields=["revision", "content", "saved_at"])
        return
    MinutesRevision.objects.create(
        minutes=minutes,
        piece=piece,
        revision=row.revision,
        content=content,
        saved_by=by,
        began_at=now,
        saved_at=now,
    )
    audit.record(
        "meetings.minutes_write",
        about=minutes,
        by=by,
        summary=f"Ghi mục {item.position}",
        changes={"revision": [row.revision - 1, row.revision]},
    )


@transaction.atomic
def set_aside(minutes: Minutes, changed: TextChanged, piece: str, *, by: User) -> None:
    """Keep what was typed on top of an older text, whichever of the two is chosen afterwards.

    The desk asks again while it is being decided: one row a stretch of writing here too.
    """
    now = timezone.now()
    content = {name: _in_words(value) for name, value in changed.mine.items()}
    kept = MinutesRevision.objects.select_for_update().filter(
        minutes=minutes, piece=piece, is_aside=True, saved_by=by, saved_at__gt=now - STRETCH
    )
    last = kept.order_by("-saved_at").first()
    if last:
        last.content, last.saved_at = content, now
        last.save(update_fields=["content", "saved_at"])
        return
    MinutesRevision.objects.create(
        minutes=minutes,
        piece=piece,
        revision=changed.row.revision if changed.row else 0,
        content=content,
        saved_by=by,
        began_at=now,
        saved_at=now,
        is_aside=True,
    )
    audit.record(
        "meetings.minutes_set_aside",
        about=minutes,
        by=by,
        summary=f"Để riêng bản ghi trùng ở mục {changed.item.position}",
    )


def _in_words(value: Any) -> str:
    if isinstance(value, datetime.time):
        return dates.hour(value)
    return str(value) if value else ""


def lock_for_writing(minutes: Minutes, item: AgendaItem) -> Minutes:
    """Under lock, so that a signature can't slip between the check and the write."""
    minutes = (
        Minutes.objects.select_for_update(of=("self",), no_key=True)
        .select_related("meeting__kind", "meeting__body")
        .get(pk=minutes.pk)
    )
    if item.meeting_id != minutes.meeting_id:
        raise ValidationError("Mục này không thuộc chương trình của hội nghị.")
    if refusal := minutes.get_write_refusal():
        raise ValidationError(refusal)
    return minutes
