"""What a decision says, before it is carried out."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from members.models import OrgLevel, PartyOrganization
from members.models.reorganizations import ReorgKind


@dataclass(frozen=True)
class Unit:
    """An organisation to be, or what one is called and is from now on."""

    name: str
    code: str
    level: OrgLevel
    #: Of a division: whom and what it takes. The last one also takes who was named to none.
    members: frozenset[int] = frozenset()
    branches: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Plan:
    """`source` is the organisation decided on; for a new one its superior, for a merger the first.

    `units` are the organisations to be. Of raising and lowering the first is what `source` becomes, the
    others are the cells it then has; `target` is its new superior where that changes.
    """

    kind: ReorgKind
    decision_number: str
    decided_on: datetime.date
    #: The first day of the new order.
    effective_on: datetime.date
    source: PartyOrganization
    others: tuple[PartyOrganization, ...] = ()
    target: PartyOrganization | None = None
    units: tuple[Unit, ...] = ()

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
