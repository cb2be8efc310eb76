"""The committee whose portal this is: every page asks, so each process remembers the answer."""

import datetime
import time
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from members.models import OwningCommittee

#: After a change the other processes go on with the old name for so long.
SECONDS_KEPT = 60

#: Today's row, and until when (on the monotonic clock) this process goes on with it.
_kept: dict[datetime.date, tuple[OwningCommittee, float]] = {}


def owning_committee() -> OwningCommittee:
    """The row in force today; neutral words while the office has not entered any."""
    today, now = timezone.localdate(), time.monotonic()
    committee, until = _kept.get(today, (None, 0.0))
    if committee is None or now >= until:
        committee = owning_committee_on(today)
        forget()
        _kept[today] = committee, now + SECONDS_KEPT
    return committee


def owning_committee_on(day: datetime.date) -> OwningCommittee:
    """The row in force on a day: an old paper keeps the old name, letters and place."""
    found = (
        OwningCommittee.objects.filter(effective_from__lte=day)
        .select_related("organization")
        .order_by("-effective_from")
        .first()
    )
    return found or OwningCommittee(
        name="Đảng ủy", organization_name="Đảng bộ", parent_name="", letters="ĐU", place=""
    )


def forget() -> None:
    """This process asks the database again."""
    _kept.clear()


@receiver([post_save, post_delete], sender=OwningCommittee)
def forget_after_change(**kwargs: Any) -> None:
    """After the commit, or another thread could remember what was there before."""
    transaction.on_commit(forget, robust=True)
