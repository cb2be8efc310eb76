"""Lines against expectation and last year, drawn on the server: numbers in, SVG coordinates out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from members.report_figures import Told
from portal.numbers import number

#: To the right of the months stands what the year's target is, where no line goes.
LEFT, RIGHT, TOP, BOTTOM = 60, 716, 30, 250
STEPS = 4
#: How much room words take: each letter, the line above and below where they stand, and around it.
LETTER, ASCENT, DESCENT, AROUND = 7, 10, 3, 3
#: Where words may stand beside their point, the best first; the further ones for lines close together.
NEAR, FURTHER, FURTHEST = (24, -12), (42, -30), (60, -48)
PLACES = [(side, dy) for pair in (NEAR, FURTHER, FURTHEST) for dy in pair for side in ("start", "end")]


@dataclass(frozen=True)
class Point:
    x: int
    y: int
    label: str


ORIGIN = Point(LEFT, BOTTOM, "")


@dataclass(frozen=True)
class Words:
    """Written beside a point, to its right (`start`) or its left (`end`)."""

    x: int
    y: int
    anchor: str
    text: str

    @property
    def begin(self) -> int:
        return self.x if self.anchor == "start" else self.x - LETTER * len(self.text)

    @property
    def end(self) -> int:
        return self.begin + LETTER * len(self.text)

    @property
    def is_inside(self) -> bool:
        return self.begin >= LEFT and self.end <= RIGHT and ASCENT < self.y < BOTTOM - DESCENT

    def lie_on(self, line: list[Point]) -> bool:
        top, bottom = self.y - ASCENT - AROUND, self.y + DESCENT + AROUND
        for one, next_one in pairwise(line):
            first, last = max(one.x, self.begin - AROUND), min(next_one.x, self.end + AROUND)
            if first > last:
                continue
            ends = [one.y + (next_one.y - one.y) * (x - one.x) / (next_one.x - one.x) for x in (first, last)]
            if min(ends) <= bottom and max(ends) >= top:
                return True
        return False


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
        return _points(self._from_begin(self.real))

    @property
    def line_before(self) -> str:
        return _points(self._from_begin(self.before))

    @property
    def last(self) -> Point:
        return self.real[-1]

    @property
    def words_of_last(self) -> Words:
        """Where they lie on no line, as long as there is such a place."""
        lines = [self._from_begin(self.real), self._from_begin(self.before)]
        if self.plan:
            lines.append([ORIGIN, self.plan])
        last = self.last
        places = [
            Words(last.x + (10 if side == "start" else -10), last.y + dy, side, f"{last.label}, thực hiện")
            for side, dy in PLACES
        ]
        free = (one for one in places if one.is_inside and not any(one.lie_on(line) for line in lines))
        return next(free, places[0])

    def _from_begin(self, points: list[Point]) -> list[Point]:
        return [ORIGIN, *points] if self.begins_at_zero and points else points


def _points(points: list[Point]) -> str:
    return " ".join(f"{point.x},{point.y}" for point in points)


def cumulative(told: Told) -> Chart:
    then = None if told.last_year is None else told.figure_last_year
    return drawn(
        told.figure.by_month() if told.figure else [],
        before=then.by_month() if then else [],
        target=told.target,
        begins_at_zero=not (told.figure and told.figure.definition.is_stock),
    )


def drawn(totals: list[int], *, before: list[int], target: int | None, begins_at_zero: bool) -> Chart:
    top = _round_up(max([*totals, *before, target or 0, STEPS]))

    def x(month: int) -> int:
        return round(LEFT + (RIGHT - LEFT) * month / 12)

    def y(value: float) -> int:
        return round(BOTTOM - (BOTTOM - TOP) * value / top)

    steps = [top * step // STEPS for step in range(STEPS + 1)]
    return Chart(
        grid=[Point(LEFT, y(step), number(step)) for step in steps],
        months=[Point(x(month), BOTTOM, f"T{month}") for month in range(1, 13)],
        real=[Point(x(month), y(total), number(total)) for month, total in enumerate(totals, start=1)],
        plan=Point(RIGHT, y(target), number(target)) if target else None,
        before=[Point(x(month), y(total), number(total)) for month, total in enumerate(before, start=1)],
        begins_at_zero=begins_at_zero,
    )


def _round_up(value: int) -> int:
    """To a number whose quarters are round: 116 gives 120, 160 stays."""
    unit = STEPS
    while unit * 25 < value:
        unit *= 10
    return -(-value // unit) * unit
