"""A report as it was sent beside the same figures counted today: where they differ, and by which rows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from members.models import PeriodicReport, ReportedFigure
from members.places import Names
from members.statistics import INDICATORS, Figure, figures
from portal.numbers import number


@dataclass(frozen=True)
class Line:
    """One number then and now; `url` leads to the rows counted today."""

    name: str
    reported: int
    today: int | None
    url: str

    @property
    def difference(self) -> int:
        return 0 if self.today is None else self.today - self.reported

    @property
    def signed(self) -> str:
        """+3, −2"""
        return f"{'+' if self.difference > 0 else '−'}{number(abs(self.difference))}"


@dataclass(frozen=True)
class Compared:
    """One indicator: the whole, the parts that differ now, and what was expected for the period's end."""

    label: str
    whole: Line
    target: int | None
    last_year: int | None
    is_part: bool
    estimate: int | None = None
    parts: list[Line] = field(default_factory=list)

    @property
    def changed_parts(self) -> list[Line]:
        return [part for part in self.parts if part.difference]


def compare(report: PeriodicReport) -> list[Compared]:
    """In the order of the report; a constant number of queries."""
    lines = list(report.figures.select_related("part"))
    codes = dict.fromkeys(line.indicator for line in lines if line.indicator in INDICATORS)
    today = {one.code: one for one in figures(report.organization, report.until, codes)}
    return [
        _compared(line, lines, today.get(line.indicator))
        for line in lines
        if line.part is None and not line.is_estimate
    ]


def _compared(whole: ReportedFigure, lines: list[ReportedFigure], today: Figure | None) -> Compared:
    of_it = [line for line in lines if line.indicator == whole.indicator]
    return Compared(
        label=whole.label,
        whole=Line("", whole.value, today.value if today else None, today.url if today else ""),
        target=whole.target,
        last_year=whole.last_year,
        is_part=bool(today and today.definition.is_part),
        estimate=next((line.value for line in of_it if line.is_estimate), None),
        parts=_parts([line for line in of_it if line.part], today)
        if today and today.definition.is_split
        else [],
    )


def _parts(reported: list[ReportedFigure], today: Figure) -> list[Line]:
    """Those of the report first, then who has rows today and had none."""
    if not reported and not today.value:
        return []
    shares = {share.organization.pk: share for share in today.by_organization()}
    lines = []
    for line in reported:
        share = shares.pop(line.part_id or 0, None)
        url = share.url if share else replace(today, part=line.part).url
        lines.append(Line(line.part_name, line.value, share.value if share else 0, url))
    new = [share for share in shares.values() if share.value]
    called = Names(share.organization for share in new)
    return lines + [Line(share.name(called), 0, share.value, share.url) for share in new]
