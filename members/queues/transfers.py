"""Members whose letter has left and who have not been received yet (29-QĐ/TW 6.3)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from members.models import PartyOrganization, Transfer
from members.queues.duties import Duty, Queue
from portal.dates import day


class Transfers(Queue):
    code = "chuyen-sinh-hoat"
    title = "Chuyển sinh hoạt chưa tiếp nhận"
    what = (
        "Nơi nhận xem giấy giới thiệu rồi bấm Đã tiếp nhận. Chuyển ra ngoài đảng bộ thì nơi đi bấm khi có "
        "phiếu báo của nơi nhận."
    )
    counted = "trường hợp chuyển sinh hoạt chưa được tiếp nhận"
    place = "acting"

    def everywhere(self, today: datetime.date) -> QuerySet[Any]:
        return (
            Transfer.objects.awaiting_receipt()
            .select_related("member", "from_organization", "to_organization")
            .annotate(due=F("receipt_due_on"), acting=Coalesce("to_organization", "from_organization"))
        )

    def within(self, organizations: QuerySet[PartyOrganization], today: datetime.date) -> QuerySet[Any]:
        """Those who let somebody go see whether he has arrived, too."""
        return self.due(today).filter(
            Q(from_organization__in=organizations) | Q(to_organization__in=organizations)
        )

    def duties(self, rows: Iterable[Any], today: datetime.date) -> list[Duty]:
        return [_duty(transfer, today) for transfer in rows]


def _duty(transfer: Any, today: datetime.date) -> Duty:
    detail = f"{transfer.origin} → {transfer.destination}, từ {day(transfer.moved_on)}"
    acting = transfer.to_organization or transfer.from_organization
    paper = transfer.decision_number
    return Duty(transfer.pk, transfer.member, acting, transfer.due, today, detail, paper)
