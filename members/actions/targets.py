"""A superior gives the organisations directly below it their targets of a year (domain §5.4)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from members.models import Indicator, PartyOrganization, Target, User
from members.permissions import manages
from portal import audit
from portal.vietnamese import nfc

NOT_YOURS = "Chỉ tiêu do cấp ủy cấp trên trực tiếp giao."


def share_of_members(members: int, percent: Decimal) -> int:
    """What "at least so many percent of the members" comes to: never less, so it is rounded up."""
    return int((Decimal(members) * percent / 100).to_integral_value(ROUND_CEILING))


@transaction.atomic
def set_targets(
    head: PartyOrganization,
    numbers: Mapping[int, int | None],
    *,
    by: User,
    indicator: Indicator,
    year: int,
    basis: str,
) -> int:
    """Write a number for each organisation by its key, None for one that is given no target; how many have
    changed. The head of the whole house, which no one here is above, writes its own too."""
    if not manages(by, head):
        raise PermissionDenied(NOT_YOURS)
    basis = nfc(basis).strip()
    if not basis:
        raise ValidationError({"basis": "Ghi văn bản giao chỉ tiêu."})
    PartyOrganization.objects.select_for_update().get(pk=head.pk)
    given = set(head.children.values_list("pk", flat=True)) | ({head.pk} if head.parent_id is None else set())
    if strangers := numbers.keys() - given:
        raise ValidationError(f"Không trực thuộc {head.name}: {', '.join(map(str, sorted(strangers)))}.")
    before = {
        target.organization_id: target
        for target in Target.objects.filter(organization__in=numbers, indicator=indicator, year=year)
    }
    changes = {}
    for pk, number in numbers.items():
        target = before.get(pk)
        old = target.value if target else None
        if number == old and (target is None or target.basis == basis):
            continue
        changes[str(pk)] = [old, number]
        if number is None:
            Target.objects.filter(organization=pk, indicator=indicator, year=year).delete()
            continue
        row = target or Target(organization_id=pk, indicator=indicator, year=year)
        row.value, row.basis = number, basis
        row.full_clean()
        row.save()
    if changes:
        audit.record(
            "members.set_targets",
            about=head,
            by=by,
            summary=f"Giao chỉ tiêu {indicator.label.lower()} năm {year}, theo {basis}",
            changes=changes,
        )
    return len(changes)
