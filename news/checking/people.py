"""Names and offices against the records: those frozen for the conference, else who held what on the day.

Only who holds an office is known here, as everybody finds them in the directory (permissions: P63).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from members.models import PositionHolding
from news.checking.findings import Finding
from news.checking.outline import Line, Outline
from news.checking.records import Records
from news.models import Article
from portal import dates
from portal.vietnamese import comparison_key, fold

_CAPITAL = "A-ZÀ-ÝĂĐĨŨƠƯẠ-Ỹ"
_NAME = rf"[{_CAPITAL}][\wÀ-ỹ]*(?: [{_CAPITAL}][\wÀ-ỹ]*){{1,4}}"
#: "đồng chí Phạm Hưng Hùng, Bí thư Đảng ủy Khối": the name, and the office up to the next comma or stop.
_NAMED = re.compile(rf"(?:[Đđ]ồng chí|[Đđ]/c) (?P<name>{_NAME})(?:, (?P<office>[^,.;:()–]+))?")
#: Words that begin an office; anything else after the comma is no office.
_OFFICE = re.compile(
    r"^(?:(?:nguyên|quyền) )?(?:Bí thư|Phó|Ủy viên|Uỷ viên|Chủ nhiệm|Trưởng|Chánh|Chủ tịch|Giám đốc)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Known:
    name: str
    offices: tuple[str, ...]


def check(article: Article, outline: Outline, records: Records) -> Iterator[Finding]:
    named = [(line, found) for line in outline.lines for found in _NAMED.finditer(line.words)]
    if not named:
        return
    known = _known(records, {fold(found["name"]) for _, found in named})
    where_from = records.source or f"Hồ sơ ngày {dates.day(records.on)}"
    for line, found in named:
        yield from _compared(line, found["name"], (found["office"] or "").strip(), known, where_from)


def _compared(
    line: Line, name: str, office: str, known: dict[str, list[Known]], source: str
) -> Iterator[Finding]:
    """The same letters without marks is the same person; two people of one name are left in peace."""
    found = known.get(fold(name), [])
    same = [one for one in found if comparison_key(one.name) == comparison_key(name)]
    if not same and len(found) == 1:
        yield Finding(
            line.where, f"Viết tên “{name}”.", f"{source} viết “{found[0].name}”: xem lại dấu.", line.number
        )
    if len(same) != 1 or not _OFFICE.match(office) or office.lower().startswith("nguyên "):
        return
    offices = same[0].offices
    if offices and not any(_agree(office, one) for one in offices):
        yield Finding(
            line.where,
            f"Ghi {name} là “{office}”.",
            f"{source} ghi: {'; '.join(offices)}.",
            line.number,
        )


def _agree(written: str, recorded: str) -> bool:
    """A shorter form of the same office is no fault: "Bí thư" for "Bí thư Đảng ủy Khối"."""
    one, other = comparison_key(written), comparison_key(recorded)
    parts = [part.strip() for part in other.split(",")]
    return one == other or any(part.startswith(one) or one.startswith(part) for part in parts if part)


def _known(records: Records, wanted: set[str]) -> dict[str, list[Known]]:
    """By the name without marks, those the text speaks of."""
    offices: dict[str, list[str]] = defaultdict(list)
    held = PositionHolding.objects.on(records.on).filter(member__search_text__in=wanted).by_rank()
    for name, title in held.values_list("member__full_name", "title"):
        offices[name].append(title)
    # What was frozen for the conference is what was said there.
    offices |= {name: [title] for name, title in records.people.items() if title}
    known = defaultdict(list)
    for name, titles in offices.items():
        known[fold(name)].append(Known(name, tuple(titles)))
    return known
