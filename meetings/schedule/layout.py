"""How a week is laid out: by day and half-day, or by room."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from meetings.schedule.lines import Line
from portal import dates
from portal.dates import Week
from portal.vietnamese import fold

SATURDAY = 5
NO_PLACE = "Chưa ghi địa điểm"


@dataclass(frozen=True)
class Row:
    line: Line
    #: "Sáng", "Chiều" or "Cả ngày"; empty when the row above says the same.
    half: str


@dataclass(frozen=True)
class Day:
    """A day, or the two of an empty weekend."""

    dates: list[datetime.date]
    rows: list[Row]

    @property
    def date(self) -> datetime.date:
        return self.dates[0]

    @property
    def name(self) -> str:
        """ "Thứ Hai"; "Thứ Bảy, Chủ nhật" """
        words = ", ".join(dates.weekday(day).replace(" ", "\N{NO-BREAK SPACE}") for day in self.dates)
        return words[:1].upper() + words[1:]

    @property
    def numbers(self) -> str:
        """ "23/9"; "28, 29/9" """
        first, last = self.dates[0], self.dates[-1]
        if first == last:
            return dates.day_short(first)
        shown = f"{first.day:02}" if first.month == last.month else dates.day_short(first)
        return f"{shown}, {dates.day_short(last)}"


@dataclass(frozen=True)
class Room:
    name: str
    rows: list[Row]


def days_of(week: Week, lines: Iterable[Line]) -> list[Day]:
    """All days; those without a line are there and empty, Saturday and Sunday as one."""
    by_day: dict[datetime.date, list[Line]] = {day: [] for day in week.days}
    for line in lines:
        by_day[line.shown.date].append(line)
    days = [Day([day], _rows(found)) for day, found in by_day.items()]
    weekdays, weekend = days[:SATURDAY], days[SATURDAY:]
    if any(day.rows for day in weekend):
        return days
    return [*weekdays, Day([day.date for day in weekend], [])]


def rooms_of(lines: Iterable[Line]) -> list[Room]:
    """One room however its name was typed, marks and capitals aside; what names none comes last."""
    rooms: dict[str, list[Line]] = {}
    for line in lines:
        rooms.setdefault(fold(line.shown.venue), []).append(line)
    names = sorted(name for name in rooms if name)
    found = [Room(rooms[name][0].shown.venue, _rows(rooms[name])) for name in names]
    return [*found, Room(NO_PLACE, _rows(rooms[""]))] if "" in rooms else found


def _rows(lines: Iterable[Line]) -> list[Row]:
    rows: list[Row] = []
    above = ("", "")
    for line in lines:
        this = (str(line.shown.date), line.half_label)
        rows.append(Row(line, "" if this == above else line.half_label))
        above = this
    return rows
