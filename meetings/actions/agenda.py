"""The agenda of a conference: items in order, and the papers that belong to them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max

from meetings.actions.meetings import get_edit_refusal, lock, refuse
from meetings.models import AgendaItem, Meeting
from members.models import User
from portal import audit

#: What the office writes of an item.
WRITTEN = (
    "kind",
    "title",
    "presenter",
    "presenter_text",
    "minutes",
    "is_internal",
    "is_committee_only",
    "is_handed_out",
)


@transaction.atomic
def add_item(meeting: Meeting, *, by: User, **written: Any) -> AgendaItem:
    """One more item, at the end."""
    meeting = lock(meeting)
    refuse(get_edit_refusal(meeting))
    last = meeting.agenda.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem(meeting=meeting, position=last + 1, **_known(written))
    item.full_clean()
    item.save()
    audit.record("meetings.add_item", about=meeting, by=by, summary=f"Thêm mục {item.position}")
    return item


@transaction.atomic
def edit_item(item: AgendaItem, *, by: User, **written: Any) -> AgendaItem:
    meeting = lock(item.meeting)
    refuse(get_edit_refusal(meeting))
    item = AgendaItem.objects.get(pk=item.pk)
    for name, value in _known(written).items():
        setattr(item, name, value)
    if item.is_handed_out and item.papers.exists():
        raise ValidationError(
            {"is_handed_out": "Mục này đang có tài liệu trên cổng. Gỡ tài liệu trước khi đổi cách phát."}
        )
    item.full_clean()
    item.save(update_fields=list(written))
    audit.record("meetings.edit_item", about=meeting, by=by, summary=f"Sửa mục {item.position}")
    return item


@transaction.atomic
def move_item(item: AgendaItem, *, to: int, by: User) -> None:
    """Put an item at another place; the others close up."""
    meeting = lock(item.meeting)
    refuse(get_edit_refusal(meeting))
    items = list(meeting.agenda.order_by("position"))
    place = next(place for place, other in enumerate(items) if other.pk == item.pk)
    items.insert(max(0, min(to - 1, len(items) - 1)), items.pop(place))
    _number(items)
    audit.record("meetings.move_item", about=meeting, by=by, summary=f"Chuyển mục {place + 1} đến {to}")


@transaction.atomic
def order_items(meeting: Meeting, *, order: list[int], by: User) -> None:
    """Put all items in this order at once, as they were dragged; the list must be the whole agenda."""
    meeting = lock(meeting)
    refuse(get_edit_refusal(meeting))
    items = {item.pk: item for item in meeting.agenda.all()}
    if sorted(order) != sorted(items):
        raise ValidationError("Chương trình vừa được người khác sửa. Mở lại trang rồi xếp lại.")
    if order == sorted(order, key=lambda pk: items[pk].position):
        return
    _number([items[pk] for pk in order])
    audit.record(
        "meetings.order_items", about=meeting, by=by, summary="Xếp lại chương trình", changes={"order": order}
    )


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> None:
    """Take an item out; one that carries papers keeps them until they are taken out one by one."""
    meeting = lock(item.meeting)
    refuse(get_edit_refusal(meeting))
    if item.papers.exists():
        raise ValidationError("Mục này còn tài liệu. Gỡ tài liệu trước, rồi mới bỏ mục.")
    if item.paper_requests.exists():
        raise ValidationError("Mục này còn tài liệu giao đơn vị chuẩn bị. Bỏ yêu cầu đó trước.")
    place = item.position
    item.delete()
    meeting.agenda.filter(position__gt=place).update(position=F("position") - 1)
    audit.record("meetings.remove_item", about=meeting, by=by, summary=f"Bỏ mục {place}")


def _known(written: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(written) - set(WRITTEN):
        raise TypeError(f"not written by the office: {', '.join(sorted(unknown))}")
    return written


def _number(items: list[AgendaItem]) -> None:
    for place, item in enumerate(items, start=1):
        item.position = place
    AgendaItem.objects.bulk_update(items, ["position"])
