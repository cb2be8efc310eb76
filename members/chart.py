"""A line against expectation, drawn on the server: numbers in, SVG coordinates out."""

from __future__ import annotations

from dataclasses import dataclass

from members.statistics import Figure

LEFT, RIGHT, TOP, BOTTOM = 60, 804, 30, 250
STEPS = 4


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    label: str


@dataclass(frozen=True)
class Chart:
    """`real` to the month counted, `plan` straight to the year's target (None without one)."""

    grid: list[Point]
    months: list[Point]
    real: list[Point]
    plan: Point | None

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in [Point(LEFT, BOTTOM, ""), *self.real])

    @property
    def last(self) -> Point:
        return self.real[-1]


def cumulative(figure: Figure) -> Chart:
    totals = figure.by_month()
    top = _round_up(max([*totals, figure.target or 0, STEPS]))

    def x(month: int) -> int:
        return round(LEFT + (RIGHT - LEFT) * month / 12)

    def y(value: float) -> int:
        return round(BOTTOM - (BOTTOM - TOP) * value / top)

    steps = [top * step // STEPS for step in range(STEPS + 1)]
    return Chart(
        grid=[Point(LEFT, y(step), str(step)) for step in steps],
        months=[Point(x(month), BOTTOM, f"T{month}") for month in range(1, 13)],
        real=[Point(x(month), y(total), str(total)) for month, total in enumerate(totals, start=1)],
        plan=Point(RIGHT, y(figure.target), str(figure.target)) if figure.target else None,
    )


def _round_up(value: int) -> int:
    """To a number whose quarters are round: 116 gives 120, 160 stays."""
    unit = STEPS
    while unit * 25 < value:
        unit *= 10
    return -(-value // unit) * unit
