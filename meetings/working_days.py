"""Which days an office works: Monday to Friday, but for public holidays and days worked in their stead."""

from __future__ import annotations

import datetime

from django.utils import timezone

from meetings.models import Holiday

ONE = datetime.timedelta(days=1)
#: The longest stretch off, Tết with the weekends around it, is shorter.
LONGEST_REST = 15


def between(start: datetime.datetime, end: datetime.datetime) -> int:
    """Working days after the first day, up to and without the last."""
    first, last = timezone.localdate(start), timezone.localdate(end)
    return len(_worked(first + ONE, last))


def first_after(day: datetime.date) -> datetime.date:
    """The next day on which somebody is in the office."""
    worked = _worked(day + ONE, day + ONE * LONGEST_REST)
    return worked[0] if worked else day + ONE


def are_known(year: int) -> bool:
    """Whether the holidays of the year have been written down; before that only weekends are."""
    return Holiday.objects.filter(day__year=year).exists()


def _worked(first: datetime.date, end: datetime.date) -> list[datetime.date]:
    """The working days from `first` up to and without `end`; one query."""
    set_apart = dict(Holiday.objects.filter(day__gte=first, day__lt=end).values_list("day", "is_worked"))
    days = (first + ONE * n for n in range((end - first).days))
    return [day for day in days if set_apart.get(day, day.weekday() < 5)]
