"""Dates, hours and weeks in the words of a Vietnamese office (domain §1.4, §8.7).

Days below 10 and months 1 and 2 carry a leading zero, months 3 to 9 do not: 03/10, 26/9/2024,
"ngày 20 tháng 02 năm 2018" (36-HD/VPTW). Moments are told in local time.
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Self

from django.utils import timezone

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

#: What the filters may be handed: a day, a moment, or an hour of a day.
Day = datetime.date | datetime.datetime
Hour = datetime.datetime | datetime.time


def local_day(value: Day) -> datetime.date:
    """The day on the office's wall when this moment came."""
    if not isinstance(value, datetime.datetime):
        return value
    return timezone.localdate(value) if timezone.is_aware(value) else value.date()


def day(value: Day) -> str:
    """26/9/2024, 03/10/2024"""
    date = local_day(value)
    return f"{day_short(date)}/{date.year}"


def day_short(value: Day) -> str:
    """26/9, 03/10"""
    date = local_day(value)
    return f"{date.day:02}/{_month(date)}"


def weekday(value: Day) -> str:
    return WEEKDAYS[local_day(value).weekday()]


def day_long(value: Day) -> str:
    """thứ Năm 26/9/2024"""
    return f"{weekday(value)} {day(value)}"


def day_official(value: Day) -> str:
    """ngày 26 tháng 9 năm 2024, as in the head of a paper"""
    date = local_day(value)
    return f"ngày {date.day:02} tháng {_month(date)} năm {date.year}"


def hour(value: Hour) -> str:
    """14 giờ 00, 8 giờ 30"""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value.hour} giờ {value.minute:02}"


def moment(value: datetime.datetime) -> str:
    """14 giờ 00, thứ Năm 26/9/2024"""
    return f"{hour(value)}, {day_long(value)}"


def unbroken(text: str) -> str:
    """The same for a narrow column: no line ends inside "14 giờ 00"."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def duration(value: datetime.timedelta) -> str:
    """2 phút, 1 phút 48 giây, 12 giây"""
    minutes, seconds = divmod(max(0, int(value.total_seconds())), 60)
    parts = [f"{minutes} phút"] if minutes else []
    return " ".join([*parts, f"{seconds} giây"] if seconds or not minutes else parts)


def midnight(date: datetime.date) -> datetime.datetime:
    """The moment a day begins, in local time."""
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time()))


def months_later(date: datetime.date, months: int) -> datetime.date:
    """The same day so many months later; where that month has no such day, its last one (Civil Code 2015,
    art. 148.3): a year after 29/02/2024 is 28/02/2025."""
    place = date.year * 12 + date.month - 1 + months
    year, month = divmod(place, 12)
    return date.replace(year=year, month=month + 1, day=min(date.day, monthrange(year, month + 1)[1]))


def elapsed(start: datetime.date, end: datetime.date) -> tuple[int, int]:
    """Whole months from `start` to `end`, and the days left over; `end` is not before `start`."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if months_later(start, months) > end:
        months -= 1
    return months, (end - months_later(start, months)).days


def _month(date: datetime.date) -> str:
    return f"{date.month:02}" if date.month < 3 else str(date.month)


@dataclass(frozen=True, order=True)
class Week:
    """A week from Monday to Sunday, numbered by ISO 8601, written 2024-W39 in addresses."""

    year: int
    number: int

    @classmethod
    def of(cls, value: Day) -> Self:
        year, number, _ = local_day(value).isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The week written as 2024-W39; ValueError for anything else, a 53rd week too many as well."""
        if not (match := re.fullmatch(r"((?:19|20)\d\d)-W(\d\d)", text, re.ASCII)):
            raise ValueError(f"{text!r} is not a week")
        week = cls(int(match[1]), int(match[2]))
        datetime.date.fromisocalendar(week.year, week.number, 1)
        return week

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> datetime.date:
        return datetime.date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> datetime.date:
        return datetime.date.fromisocalendar(self.year, self.number, 7)

    @property
    def days(self) -> list[datetime.date]:
        return [self.monday + datetime.timedelta(days=n) for n in range(7)]

    @property
    def starts_at(self) -> datetime.datetime:
        """Midnight before Monday in local time; the week runs to the next one's."""
        return midnight(self.monday)

    @property
    def next(self) -> Week:
        return Week.of(self.sunday + datetime.timedelta(days=1))

    @property
    def previous(self) -> Week:
        return Week.of(self.monday - datetime.timedelta(days=1))
