"""The fee register of a cell: by what each pays, and what was paid for a month."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.utils import timezone

from members.fees import FeeMonth, fee_lines
from members.models import FeeGroup, FeePayment, FeeStanding, PartyMember, PartyOrganization, User
from members.permissions import can_change_member, manages
from portal import audit
from portal.dates import day

NOT_YOURS = "Sổ đảng phí do cấp ủy quản lý tổ chức ghi."


@dataclass(frozen=True)
class Standing:
    """By what a member is to pay."""

    member: PartyMember
    group: FeeGroup
    income: int | None = None


@audit.act
def set_fee_standings(
    organization: PartyOrganization, given: Sequence[Standing], *, since: datetime.date, by: User
) -> int:
    """From a month on these members pay by these groups and incomes; how many that changes. What was paid
    before stays as it was reckoned."""
    if not manages(by, organization):
        raise PermissionDenied(NOT_YOURS)
    if since.day != 1:
        raise ValidationError({"since": "Diện đóng ghi từ ngày đầu tháng, ví dụ 01/02/2026."})
    changed = sum(_set_standing(one, organization, since, by) for one in given)
    if changed:
        audit.record(
            "members.set_fee_standings",
            about=organization,
            by=by,
            summary=f"Ghi diện đóng đảng phí của {changed} đồng chí từ {day(since)}",
        )
    return changed


def _set_standing(one: Standing, organization: PartyOrganization, since: datetime.date, by: User) -> bool:
    if one.member.organization_id != organization.pk:
        raise ValidationError(f"Đồng chí {one.member} không sinh hoạt ở tổ chức này.")
    rows = FeeStanding.objects.select_for_update().filter(member=one.member)
    present = rows.on(since).first()
    if present and (present.group, present.income) == (one.group, one.income):
        return False
    if not can_change_member(by, one.member):
        raise PermissionDenied(f"Đồng chí {one.member}: diện đóng của chính mình do cấp trên ghi.")
    eve = since - datetime.timedelta(days=1)
    rows.filter(valid_from__gte=since).delete()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=since)).update(valid_to=eve)
    row = FeeStanding(member=one.member, group=one.group, income=one.income, valid_from=since)
    row.full_clean()
    row.save()
    audit.record(
        "members.set_fee_standing",
        about=one.member,
        by=by,
        summary=f"Diện đóng đảng phí từ {day(since)}",
        changes={"group": [present.group if present else None, one.group]},
    )
    return True


@audit.act
def record_fees(
    organization: PartyOrganization,
    month: FeeMonth,
    paid: dict[int, int],
    *,
    paid_on: datetime.date,
    by: User,
    recounts: bool = False,
) -> int:
    """Write what these members ({key: đồng}) paid for a month; how many lines are new or changed. The sum
    due is reckoned when the line is first written, and again only when asked."""
    if not manages(by, organization):
        raise PermissionDenied(NOT_YOURS)
    today = timezone.localdate()
    if month.first > today:
        raise ValidationError(f"Chưa đến {month}.")
    if not month.first <= paid_on <= today:
        raise ValidationError({"paid_on": f"Ngày nộp từ {day(month.first)} đến hôm nay."})
    # Two people with the same register open write one after the other.
    PartyOrganization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    lines = {line.member.pk: line for line in fee_lines(organization, month)}
    if paid.keys() - lines.keys():
        raise ValidationError(f"Có người không ở tổ chức này {month}. Mở lại sổ rồi ghi.")
    told: dict[str, list[int | None]] = {}
    for pk, amount in paid.items():
        line = lines[pk]
        row = line.payment or FeePayment(member=line.member, organization=organization, month=month.first)
        if row.organization_id != organization.pk:
            raise ValidationError(f"Đồng chí {line.member} đã nộp {month} ở {row.organization}.")
        due = line.due if not recounts or line.reckoned.amount is None else line.reckoned.amount
        if due is None:
            raise ValidationError(f"Đồng chí {line.member}: {line.reckoned.words}.")
        if row.pk and (row.due, row.paid) == (due, amount):
            continue
        told[str(pk)] = [row.paid if row.pk else None, amount]
        if row.paid != amount:
            row.paid, row.paid_on = amount, paid_on if amount else None
        row.due = due
        row.full_clean()
        row.save()
    if told:
        audit.record(
            "members.record_fees",
            about=organization,
            by=by,
            summary=f"Sổ đảng phí {month}: {len(told)} dòng",
            changes=told,
        )
    return len(told)
