"""The texts under an agenda item: how it went, what was concluded, the writer's own scratch pad."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from meetings.actions.minutes.saving import FRESH, On, keep_revision, lock_for_writing, write
from meetings.models import (
    AgendaItem,
    Conclusion,
    ConclusionKind,
    Minutes,
    MinutesBlock,
    ScratchPad,
)
from members.models import User
from portal import richtext
from portal.vietnamese import nfc


@transaction.atomic
def save_block(
    minutes: Minutes, item: AgendaItem, *, body: str, revision: int = 0, by: User, on: On | None = None
) -> MinutesBlock:
    """Save one item's text on top of `revision`; a newer text is never overwritten.

    Two people in different blocks never meet. In the same block the second one gets `TextChanged`
    with both texts, unless both have written the same.
    """
    minutes = lock_for_writing(minutes, item)
    block = MinutesBlock.objects.filter(agenda_item=item).first() or MinutesBlock(
        minutes=minutes, agenda_item=item
    )
    values = {"body": richtext.clean(body)}
    if write(block, values, item=item, on=on or On(revision), by=by):
        keep_revision(minutes, block, f"block:{item.pk}", values, item=item, by=by)
    return block


@transaction.atomic
def save_conclusion(
    minutes: Minutes, item: AgendaItem, *, key: UUID, kind: str, text: str, by: User, on: On = FRESH
) -> Conclusion:
    """The chair's words under an item, next in order when `key` is new."""
    minutes = lock_for_writing(minutes, item)
    conclusion = Conclusion.objects.filter(key=key).prefetch_related("tasks").first()
    if conclusion is None:
        last = Conclusion.objects.filter(meeting=minutes.meeting_id).aggregate(last=Max("order"))["last"] or 0
        conclusion = Conclusion(key=key, meeting=minutes.meeting, agenda_item=item, order=last + 1)
    elif conclusion.agenda_item_id != item.pk:
        raise ValidationError("Kết luận này không thuộc mục đang ghi.")
    if conclusion.issued_at:
        raise ValidationError("Kết luận đã ban hành, không sửa được nữa.")
    if conclusion.pk and kind != ConclusionKind.TASK and conclusion.tasks.all():
        raise ValidationError("Kết luận này đã có nhiệm vụ. Bỏ nhiệm vụ trước khi đổi loại.")
    values = {"kind": kind, "text": nfc(text, multiline=True)}
    if write(conclusion, values, item=item, on=on, by=by):
        keep_revision(minutes, conclusion, f"conclusion:{key}", values, item=item, by=by)
    return conclusion


@transaction.atomic
def save_scratch(minutes: Minutes, item: AgendaItem, *, text: str, by: User, on: On = FRESH) -> ScratchPad:
    """The writer's own notes: no revision is kept of them and nobody else reads them."""
    lock_for_writing(minutes, item)
    pad = ScratchPad.objects.filter(agenda_item=item, owner=by).first() or ScratchPad(
        agenda_item=item, owner=by
    )
    write(pad, {"text": nfc(text, multiline=True)}, item=item, on=on, by=by)
    return pad
