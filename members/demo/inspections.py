"""What is supervised, and letters that came in: counted beside the inspections, never among them
(domain §5.3)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence

from members.models import (
    Inspection,
    InspectionKind,
    InspectionResult,
    InspectionSubject,
    Inspector,
    OrgLevel,
    PartyMember,
    PartyOrganization,
    Petition,
    PetitionKind,
)

#: Grassroots committees that supervised cells of theirs, and how many cells each.
HEADS, CELLS_EACH = 6, 3
#: By the superior's commission: so many organisations and so many members.
BY_COMMISSION = 3
#: Day of the year each letter came, and after how many days it was settled.
LETTERS: tuple[tuple[int, int | None], ...] = (
    (20, 25),
    (48, 40),
    (75, 30),
    (110, 45),
    (160, 28),
    (215, 40),
    (255, None),
)
ANONYMOUS = (1, 4)


def supervise(
    until: datetime.date,
    root: PartyOrganization,
    grassroots: list[PartyOrganization],
    members: list[PartyMember],
) -> None:
    """The commission of the superior, and some committees below it."""
    heads = [one for one in grassroots if one.level == OrgLevel.GRASSROOTS_COMMITTEE][:HEADS]
    cells: dict[int | None, list[PartyOrganization]] = defaultdict(list)
    for cell in PartyOrganization.objects.filter(parent__in=heads).in_tree_order():
        cells[cell.parent_id].append(cell)
    _supervised(
        root, Inspector.COMMISSION, "UBKT", until, [*grassroots[:BY_COMMISSION], *members[:BY_COMMISSION]]
    )
    for place, head in enumerate(heads, start=1):
        concluded_on = until - datetime.timedelta(days=30 * place)
        _supervised(head, Inspector.COMMITTEE, "ĐU", concluded_on, cells[head.pk][:CELLS_EACH])


def _supervised(
    organization: PartyOrganization,
    inspector: Inspector,
    letters: str,
    concluded_on: datetime.date,
    subjects: Sequence[PartyOrganization | PartyMember],
) -> None:
    held = Inspection.objects.create(
        organization=organization,
        inspector=inspector,
        kind=InspectionKind.SUPERVISION,
        decision_number=f"9-QĐ/{letters}",
        concluded_on=concluded_on,
    )
    InspectionSubject.objects.bulk_create(
        InspectionSubject(
            inspection=held,
            organization=subject if isinstance(subject, PartyOrganization) else None,
            member=subject if isinstance(subject, PartyMember) else None,
            result=InspectionResult.CLEAN,
        )
        for subject in subjects
    )


def receive_letters(until: datetime.date, root: PartyOrganization) -> None:
    """Those of the year that had come by the day; what is settled later is open still."""
    new_year, kinds = until.replace(month=1, day=1), list(PetitionKind)
    rows = []
    for place, (came, took) in enumerate(LETTERS):
        received_on = new_year + datetime.timedelta(days=came)
        settled_on = None if took is None else received_on + datetime.timedelta(days=took)
        if received_on <= until:
            rows.append(
                Petition(
                    organization=root,
                    kind=kinds[place % len(kinds)],
                    is_anonymous=place in ANONYMOUS,
                    received_on=received_on,
                    settled_on=settled_on if settled_on and settled_on <= until else None,
                )
            )
    Petition.objects.bulk_create(rows)
