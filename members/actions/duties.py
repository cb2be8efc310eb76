"""Organisations are told of work that falls due: by themselves at each step, or when a superior asks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils import timezone

from members.actions.addressees import addressees
from members.models import PartyOrganization, Transfer, User
from members.permissions import can_receive, manages
from members.queues import QUEUES, Queue, step_of
from portal import audit, outbox
from portal.dates import day
from portal.models import Notice

KIND = "members.duty_due"
#: A step reached longer ago is told no more, the next one will be: so the first sweep tells no old news.
TOLD_WITHIN = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Group:
    """So many lines of one list that one organisation has to see to; `due` is the first day."""

    queue: Queue
    organization: PartyOrganization
    due: datetime.date
    number: int


@audit.act
def tell_due(today: datetime.date) -> int:
    """The sweep: each organisation once for each day of expiry and step; how many notices were posted."""
    wanted: dict[str, Group] = {}
    for queue in QUEUES.values():
        for group in _groups(queue, queue.due(today), "due"):
            step = step_of(group.due, today)
            if today - step.reached_on(group.due) < TOLD_WITHIN:
                place = f"{group.organization.pk}:{group.due.isoformat()}"
                wanted[f"{KIND}:{queue.code}:{place}:{step.value}"] = group
    told = set(Notice.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = {key: group for key, group in wanted.items() if key not in told}
    return _post(new, by=None, today=today)


@audit.act
def tell_asked(queue: Queue, rows: QuerySet[Any], *, by: User) -> int:
    """A superior tells the organisations of a list now, each at most once a day."""
    today = timezone.localdate()
    groups = {
        f"{KIND}:{queue.code}:{group.organization.pk}:{today.isoformat()}:asked": group
        for group in _groups(queue, rows)
        if manages(by, group.organization)
    }
    told = set(Notice.objects.filter(key__in=groups).values_list("key", flat=True))
    new = {key: group for key, group in groups.items() if key not in told}
    if not new:
        raise ValidationError("Các tổ chức trong danh sách này đã được báo hôm nay.")
    if not (posted := _post(new, by=by, today=today)):
        raise ValidationError("Không có ai khác quản lý các tổ chức này để báo.")
    audit.record(
        "members.tell_duties",
        about=by,
        by=by,
        summary=f"Báo việc đến hạn cho {posted} tổ chức: {queue.title}",
        changes={"organizations": [None, sorted(group.organization.pk for group in new.values())]},
    )
    return posted


@audit.act
def receive_transfer(transfer: Transfer, *, by: User, on: datetime.date) -> Transfer:
    """The letter has been shown, or the slip of the other committee has come back."""
    transfer = Transfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    if not can_receive(by, transfer):
        raise PermissionDenied("Nơi nhận ghi tiếp nhận; chuyển ra ngoài đảng bộ thì nơi đi ghi.")
    if transfer.received_on is not None:
        raise ValidationError(f"Trường hợp này đã được tiếp nhận ngày {day(transfer.received_on)}.")
    if not transfer.moved_on <= on <= timezone.localdate():
        raise ValidationError("Ngày tiếp nhận từ ngày chuyển đến hôm nay.")
    transfer.received_on = on
    transfer.save(update_fields=["received_on"])
    audit.record(
        "members.receive_transfer",
        about=transfer.member,
        by=by,
        summary=f"Tiếp nhận chuyển sinh hoạt ngày {day(on)}",
        changes={"received_on": [None, on.isoformat()]},
    )
    return transfer


def _groups(queue: Queue, rows: QuerySet[Any], *by: str) -> list[Group]:
    """The rows counted by organisation, and by what else is named."""
    counted = list(rows.order_by().values(queue.place, *by).annotate(number=Count("pk"), first=Min("due")))
    places = PartyOrganization.objects.in_bulk({row[queue.place] for row in counted})
    return [Group(queue, places[row[queue.place]], row["first"], row["number"]) for row in counted]


def _post(groups: dict[str, Group], *, by: User | None, today: datetime.date) -> int:
    reached = addressees((group.organization for group in groups.values()), on=today)
    posted = 0
    for key, group in groups.items():
        recipients = _without(reached[group.organization.pk], by)
        if not recipients:
            continue
        posted += 1
        outbox.post(
            kind=KIND,
            about=group.organization,
            recipients=recipients,
            key=key,
            title=f"{group.number} {group.queue.counted}: {group.organization.name}"[:250],
            url=reverse(
                "members:queue", args=[group.queue.code], query={"organization": group.organization.pk}
            ),
            by=by,
            context={
                "queue": group.queue.code,
                "number": group.number,
                "due": group.due.isoformat(),
            },
        )
    return posted


def _without(recipients: Iterable[outbox.Recipient], user: User | None) -> list[outbox.Recipient]:
    return [one for one in recipients if user is None or one.user is None or one.user.pk != user.pk]
