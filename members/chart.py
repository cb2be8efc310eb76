"""Lines against expectation and last year, drawn on the server: numbers in, SVG coordinates out."""

from __future__ import annotations

from dataclasses import dataclass

from members.report_figures import Told

LEFT, RIGHT, TOP, BOTTOM = 60, 804, 30, 250
STEPS = 4


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    label: str


@dataclass(frozen=True)
class Chart:
    """`real` to the month counted, `before` the same a year earlier (empty where that is not known), `plan`
    straight to the year's target (None without one)."""

    grid: list[Point]
    months: list[Point]
    real: list[Point]
    plan: Point | None
    before: list[Point]
    #: What is counted over the year begins at nothing; what is there on a day does not.
    begins_at_zero: bool

    @property
    def line(self) -> str:
        return self._line(self.real)

    @property
    def line_before(self) -> str:
        return self._line(self.before)

    @property
    def last(self) -> Point:
        return self.real[-1]

    def _line(self, points: list[Point]) -> str:
        begin = [Point(LEFT, BOTTOM, "")] if self.begins_at_zero else []
        return " ".join(f"{point.x},{point.y}" for point in [*begin, *points])


def cumulative(told: Told) -> Chart:
    totals = told.figure.by_month() if told.figure else []
    then = None if told.last_year is None else told.figure_last_year
    before = then.by_month() if then else []
    top = _round_up(max([*totals, *before, told.target or 0, STEPS]))

    def x(month: int) -> int:
        return round(LEFT + (RIGHT - LEFT) * month / 12)

    def y(value: float) -> int:
        return round(BOTTOM - (BOTTOM - TOP) * value / top)

    steps = [top * step // STEPS for step in range(STEPS + 1)]
    return Chart(
        grid=[Point(LEFT, y(step), str(step)) for step in steps],
        months=[Point(x(month), BOTTOM, f"T{month}") for month in range(1, 13)],
        real=[Point(x(month), y(total), str(total)) for month, total in enumerate(totals, start=1)],
        plan=Point(RIGHT, y(told.target), str(told.target)) if told.target else None,
        before=[Point(x(month), y(total), str(total)) for month, total in enumerate(before, start=1)],
        begins_at_zero=not (told.figure and told.figure.definition.is_stock),
    )


def _round_up(value: int) -> int:
    """To a number whose quarters are round: 116 gives 120, 160 stays."""
    unit = STEPS
    while unit * 25 < value:
        unit *= 10
    return -(-value // unit) * unit
