"""The tree: 62 grassroots organisations (42 committees, 20 cells), 9 sections, 470 cells in all."""

from __future__ import annotations

import datetime

from members.demo.names import CELLS, COMMITTEES, ROOMS
from members.models import OrgLevel, PartyOrganization
from portal.vietnamese import fold

SECTIONS = 9
CELLS_IN_ALL = 470
FOUNDED = datetime.date(1994, 1, 27)


def plant() -> PartyOrganization:
    """Write the tree level by level; the root comes back."""
    root = _write(
        [_node(None, "Đảng bộ Khối các cơ quan thành phố", "Đảng bộ Khối", "ĐUK", OrgLevel.SUPERIOR, 1)]
    )[0]
    grassroots = _write(
        [
            *(
                _node(root, f"Đảng bộ {name}", name, f"ĐB{place:02}", OrgLevel.GRASSROOTS_COMMITTEE, place)
                for place, name in enumerate(COMMITTEES, start=1)
            ),
            *(
                _node(root, f"Chi bộ {name}", name, f"CB{place:02}", OrgLevel.GRASSROOTS_CELL, place)
                for place, name in enumerate(CELLS, start=len(COMMITTEES) + 1)
            ),
        ]
    )
    committees = grassroots[: len(COMMITTEES)]
    sections = _write(
        [
            _node(
                committee,
                f"Đảng bộ bộ phận Chi cục, {committee.short_name}",
                "",
                f"{committee.code}-BP",
                OrgLevel.SECTION,
                90,
            )
            for committee in committees[:SECTIONS]
        ]
    )
    below = CELLS_IN_ALL - len(CELLS)
    cells = []
    for number in range(below):
        committee = committees[number % len(committees)]
        place = number // len(committees) + 1
        section = next((one for one in sections if one.parent_id == committee.pk), None)
        # The last cells of a large committee lie in its section.
        above = section if section and place > 7 else committee
        name = f"Chi bộ {ROOMS[place - 1]}, {committee.short_name}"
        cells.append(_node(above, name, "", f"{committee.code}-{place:02}", OrgLevel.CELL, place))
    _write(cells)
    return root


def _node(
    parent: PartyOrganization | None, name: str, short_name: str, code: str, level: OrgLevel, position: int
) -> PartyOrganization:
    return PartyOrganization(
        parent=parent,
        name=name,
        short_name=short_name,
        code=code,
        level=level,
        position=position,
        valid_from=FOUNDED,
        search_text=fold(f"{name} {short_name} {code}"),
    )


def _write(nodes: list[PartyOrganization]) -> list[PartyOrganization]:
    """A bulk write goes round `save`, so it sets the two place columns itself (ADR 0006)."""
    PartyOrganization.objects.bulk_create(nodes)
    for node in nodes:
        above = node.parent
        node.path = [*(above.path if above else []), node.pk]
        node.tree_order = [*(above.tree_order if above else []), node.position, node.pk]
    PartyOrganization.objects.bulk_update(nodes, ["path", "tree_order"], batch_size=200)
    return nodes
