"""What a decision says, before it is carried out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from members.models import OrgLevel, PartyOrganization
from members.models.reorganizations import ReorgKind


@dataclass(frozen=True)
class Unit:
    """An organisation to be, or the new name of one."""

    name: str
    code: str
    level: OrgLevel


@dataclass(frozen=True)
class Plan:
    """`source` is the organisation decided on; for a new one its superior, for a merger the first."""

    kind: ReorgKind
    decision_number: str
    decided_on: datetime.date
    #: The first day of the new order.
    effective_on: datetime.date
    source: PartyOrganization
    others: tuple[PartyOrganization, ...] = ()
    target: PartyOrganization | None = None
    units: tuple[Unit, ...] = ()
    #: Of a division: whom and what the first of the new organisations takes; the rest stays together.
    members: frozenset[int] = frozenset()
    branches: frozenset[int] = frozenset()

    @property
    def sources(self) -> list[PartyOrganization]:
        return [self.source, *self.others]

    @property
    def heads(self) -> list[PartyOrganization]:
        return [*self.sources, *([self.target] if self.target else [])]

    @property
    def eve(self) -> datetime.date:
        """The last day of the old order."""
        return self.effective_on - datetime.timedelta(days=1)
