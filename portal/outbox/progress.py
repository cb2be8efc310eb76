"""How far a sending has come, as the board and its bar show it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from portal import dates
from portal.models import DeliveryState, Notice
from portal.models.deliveries import FOR_DECISION, UNFINISHED


@dataclass(frozen=True)
class Progress:
    """Counts per state; they add up to the number of recipients."""

    notice: Notice
    counts: dict[DeliveryState, int]
    now: datetime.datetime

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def mails(self) -> int:
        return self.total - self.counts.get(DeliveryState.NO_ADDRESS, 0)

    @property
    def left(self) -> int:
        return sum(self.counts.get(state, 0) for state in UNFINISHED)

    @property
    def done(self) -> int:
        return self.mails - self.left

    @property
    def for_decision(self) -> int:
        return sum(self.counts.get(state, 0) for state in FOR_DECISION)

    @property
    def is_held(self) -> bool:
        return self.left > 0 and self.notice.is_held(self.now)

    @property
    def is_running(self) -> bool:
        return self.left > 0

    @property
    def hold_words(self) -> str:
        """ "1 phút 48 giây" until the first letter leaves."""
        return dates.duration(self.notice.hold_until - self.now)


def progress_of(notice: Notice, now: datetime.datetime) -> Progress:
    return Progress(notice, notice.deliveries.counts(), now)
