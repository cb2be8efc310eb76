"""The registry of indicators, in the order in which a report tells them."""

from __future__ import annotations

from members.statistics.definitions import Definition, Group
from members.statistics.discipline import DISCIPLINE
from members.statistics.inspection import INSPECTION
from members.statistics.people import BALANCE, STRUCTURE
from members.statistics.results import RESULTS

INDICATORS: dict[str, Definition] = {
    definition.code: definition for definition in [*RESULTS, *BALANCE, *STRUCTURE, *INSPECTION, *DISCIPLINE]
}


def of_groups(*groups: Group) -> tuple[str, ...]:
    """The codes of these groups."""
    return tuple(code for code, definition in INDICATORS.items() if definition.group in groups)


#: Those whose rows open for the whole house, where they are the owning committee's.
PUBLIC = tuple(code for code, definition in INDICATORS.items() if definition.is_public)
