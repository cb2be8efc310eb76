"""Which days an office works: Monday to Friday, but for public holidays and days worked in their stead."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cached_property
from itertools import count, islice

from django.utils import timezone

from portal.models import Holiday

ONE = datetime.timedelta(days=1)


class WorkingDays:
    """What is set apart is asked once, however many days are asked about."""

    @cached_property
    def set_apart(self) -> dict[datetime.date, bool]:
        """Days that are not what their weekday says, and whether they are worked."""
        return dict(Holiday.objects.values_list("day", "is_worked"))

    def are_known(self, year: int) -> bool:
        """Whether the holidays of the year have been written down; before that only weekends are."""
        return any(day.year == year for day in self.set_apart)

    def between(self, start: datetime.datetime, end: datetime.datetime) -> int:
        """Working days after the first day, up to and without the last."""
        first, last = timezone.localdate(start), timezone.localdate(end)
        days = (first + ONE * number for number in range(1, (last - first).days))
        return sum(self.is_worked(day) for day in days)

    def later(self, day: datetime.date, number: int) -> datetime.date:
        """The `number`-th working day after `day`, from 1."""
        return next(islice(self._after(day), number - 1, None))

    def is_worked(self, day: datetime.date) -> bool:
        return self.set_apart.get(day, day.weekday() < 5)

    def _after(self, day: datetime.date) -> Iterator[datetime.date]:
        return (later for later in (day + ONE * number for number in count(1)) if self.is_worked(later))
