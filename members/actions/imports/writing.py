"""Accepted rows become records: in one transaction, all of those accepted or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models
from django.utils import timezone

from members.actions.imports.checks import row_of
from members.imports.checking import Verdict
from members.imports.register import FIELDS
from members.models import FormerNumber, Membership, MemberStatus, NumberKind, PartyMember, PartyOrganization
from members.models.imports import WRITABLE, ImportBatch, ImportRow, ImportState

STEP = 500
_MARK = """
UPDATE members_importrow SET is_written = true, member_id = written.member
FROM unnest(%s::bigint[], %s::bigint[]) AS written(row, member) WHERE id = written.row
"""
TAKEN_MEANWHILE = "Một số thẻ hoặc số định danh vừa được ghi cho người khác. Hãy kiểm tra lại danh sách."


class Stale(ValidationError):
    """A record has changed since the list was checked against it."""


def write_batch(batch: ImportBatch, tell: Callable[[int], None] = lambda done: None) -> None:
    """Write the rows that are good and not left out. The caller's transaction holds the batch."""
    rows = list(batch.rows.filter(state__in=WRITABLE, is_skipped=False))
    written = write_rows(rows, tell)
    _mark(written)
    batch.state, batch.written_at = ImportState.DONE, timezone.now()
    batch.save(update_fields=["state", "written_at"])


def _mark(written: list[ImportRow]) -> None:
    """In one statement: `bulk_update` takes longer than writing the members themselves."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [[row.pk for row in written], [row.member_id for row in written]])


def write_rows(rows: list[ImportRow], tell: Callable[[int], None] = lambda done: None) -> list[ImportRow]:
    new = [row for row in rows if row.member_id is None]
    changed = [row for row in rows if row.member_id is not None and wanted(row)]
    _change(changed)
    tell(len(changed))
    _add(new)
    tell(len(rows))
    return [*changed, *new]


def wanted(row: ImportRow) -> dict[str, Any]:
    """{field: value} of the changes that were not left as they are, as the record holds them."""
    return {
        name: stored(name, after)
        for name, (_, after) in row.changes.items()
        if name in FIELDS and name not in row.kept
    }


def stored(name: str, value: Any) -> Any:
    field = PartyMember._meta.get_field(name)
    if isinstance(field, models.DateField):
        return field.to_python(value) if value else None
    return value


def _change(rows: list[ImportRow]) -> None:
    members = PartyMember.objects.select_for_update().in_bulk([row.member_id for row in rows])
    former: list[FormerNumber] = []
    touched: set[str] = set()
    for row in rows:
        member, new = members.get(row.member_id or 0), wanted(row)
        before = {name: stored(name, row.changes[name][0]) for name in new}
        if member is None or any(getattr(member, name) != value for name, value in before.items()):
            raise Stale(f"Hồ sơ của {row.name} đã thay đổi từ lúc kiểm tra. Hãy kiểm tra lại danh sách.")
        former += [
            FormerNumber(member=member, kind=kind, number=getattr(member, kind), batch_id=row.batch_id)
            for kind in NumberKind.values
            if kind in new and getattr(member, kind)
        ]
        for name, value in new.items():
            setattr(member, name, value)
        member.derive()
        touched |= new.keys()
    FormerNumber.objects.bulk_create(former)
    if touched:
        fields = [*touched, "sort_key", "search_text"] if "full_name" in touched else [*touched]
        PartyMember.objects.bulk_update(members.values(), fields, batch_size=STEP)


def _add(rows: list[ImportRow]) -> None:
    """A new member belongs to the cell from the day of admission, as far as the list knows it."""
    today = timezone.localdate()
    organizations = PartyOrganization.objects.in_bulk({row.changes["organization"][1] for row in rows})
    for row in rows:
        member = PartyMember(organization=organizations[row.changes["organization"][1]], **wanted(row))
        member.status = member.status or MemberStatus.OFFICIAL
        member.derive()
        row.member = member
    members = [row.member for row in rows if row.member]
    PartyMember.objects.bulk_create(members, batch_size=STEP)
    for row, member in zip(rows, members, strict=True):
        # Only now has the member a key for the row to keep.
        row.member_id = member.pk
    Membership.objects.bulk_create(
        [
            Membership(
                member=member,
                organization=member.organization,
                valid_from=max(member.admitted_on or today, member.organization.valid_from),
                reason="Theo danh sách nhập",
            )
            for member in members
        ],
        batch_size=STEP,
    )


def write_verdicts(verdicts: Iterable[Verdict]) -> Counter[PartyOrganization]:
    """For the command, which keeps no batch: how many records were written, by organisation."""
    rows = [row_of(None, verdict) for verdict in verdicts if verdict.state in WRITABLE]
    try:
        written = write_rows(rows)
    except IntegrityError as error:
        raise ValidationError(TAKEN_MEANWHILE) from error
    return Counter(row.member.organization for row in written if row.member)
