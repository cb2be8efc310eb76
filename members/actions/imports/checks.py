"""A list is checked: every row becomes a verdict in the table, and the register stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from members.imports.checking import Check, Verdict
from members.imports.register import Register
from members.models import PartyMember, PartyOrganization, User
from members.models.imports import ImportBatch, ImportColumn, ImportRow, ImportState
from members.models.people import PartyMemberQuerySet
from members.roles import Role

#: Rows written to the table, and told to the page, at a time.
STEP = 500


@dataclass(frozen=True)
class Scope:
    """The part of the house a list may speak of."""

    members: PartyMemberQuerySet
    organizations: QuerySet[PartyOrganization]

    def register(self) -> Register:
        return Register(self.members, self.organizations)


def scope_of(user: User | None) -> Scope:
    """What this person manages; without a person (the command) the whole house."""
    today = timezone.localdate()
    everything = PartyOrganization.objects.on(today)
    if user is None:
        return Scope(PartyMember.objects.all(), everything)
    mine = everything.under(user.organizations_as(Role.SECRETARY))
    return Scope(PartyMember.objects.visible_to(user).filter(organization__in=mine), mine)


def remembered(organization: PartyOrganization) -> dict[str, str]:
    """Headings explained before, here or above; the nearest organisation's word counts."""
    rows = ImportColumn.objects.filter(organization__in=organization.path)
    nearest = sorted(rows, key=lambda row: organization.path.index(row.organization_id))
    return {row.header: row.field for row in nearest}


def check_batch(batch: ImportBatch, tell: Callable[[int], None] = lambda done: None) -> None:
    """Fill the batch's rows anew. `tell` hears how many are done, and may raise to stop."""
    batch.rows.all().delete()
    with batch.file.open("rb") as file:
        check = Check(
            file,
            scope_of(batch.by).register(),
            remembered=remembered(batch.organization),
            pivot=batch.pivot,
            default=batch.organization_id,
        )
        counts: Counter[str] = Counter()
        waiting: list[ImportRow] = []
        for verdict in check.verdicts():
            counts[verdict.state] += 1
            waiting.append(row_of(batch, verdict))
            if len(waiting) == STEP:
                ImportRow.objects.bulk_create(waiting)
                waiting.clear()
                tell(sum(counts.values()))
        ImportRow.objects.bulk_create(waiting)
    batch.counts, batch.columns, batch.state = dict(counts), check.columns, ImportState.CHECKED
    batch.save(update_fields=["counts", "columns", "state"])


def row_of(batch: ImportBatch | None, verdict: Verdict) -> ImportRow:
    return ImportRow(
        batch=batch,
        sheet=verdict.sheet[:60],
        number=verdict.number,
        state=verdict.state,
        name=verdict.name,
        member_id=verdict.member,
        changes=verdict.changes,
        remarks=[remark.told() | {"is_error": remark.is_error} for remark in verdict.remarks],
    )
