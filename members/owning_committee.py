"""The committee whose portal this is: every page asks, so the answer is kept in the cache."""

import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from members.models import OwningCommittee

MINUTES_KEPT = 10


def owning_committee() -> OwningCommittee:
    """The row in force today; neutral words while the office has not entered any."""
    today = timezone.localdate()
    # The day is part of the key, so a committee that takes a new form at midnight needs no save.
    return cache.get_or_set(  # type: ignore[return-value]
        _key(today.isoformat()), lambda: owning_committee_on(today), MINUTES_KEPT * 60
    )


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


def _key(day: str) -> str:
    return f"owning-committee:{day}"


@receiver([post_save, post_delete], sender=OwningCommittee)
def forget(**kwargs: Any) -> None:
    """After the commit, or another process could keep what was there before."""
    day = timezone.localdate().isoformat()
    transaction.on_commit(lambda: cache.delete(_key(day)), robust=True)
