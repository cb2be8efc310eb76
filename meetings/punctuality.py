"""How many tasks an organisation did on time: those it led whose day came within a period."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F, Q

from meetings.models import Task, TaskState
from meetings.models.tasks import TaskQuerySet
from members.models import PartyOrganization, User

ON_TIME = Q(state=TaskState.DONE, done_on__lte=F("deadline"))


@dataclass(frozen=True)
class Punctuality:
    due: int
    on_time: int

    @property
    def late(self) -> int:
        return self.due - self.on_time

    @property
    def percent(self) -> Decimal | None:
        """One decimal; None where nothing was due."""
        if not self.due:
            return None
        return (Decimal(100 * self.on_time) / self.due).quantize(Decimal("0.1"), ROUND_HALF_UP)


def tasks_due(
    organization: PartyOrganization,
    first: datetime.date,
    last: datetime.date,
    *,
    user: User,
    today: datetime.date,
) -> TaskQuerySet:
    """What it and those below it had to finish in the period, as far as that has come; a task granted more
    time is due on its new day, one that was paused is not counted."""
    below = PartyOrganization.objects.under([organization.pk])
    # A pending task of today is not late yet.
    come = Q(deadline__lt=today) | Q(deadline=today, state=TaskState.DONE)
    return (
        Task.objects.filter(pk__in=Task.objects.visible_to(user).values("pk"))
        .filter(come, issued_at__isnull=False, lead_organization__in=below, deadline__range=(first, last))
        .exclude(state=TaskState.PAUSED)
    )


def punctuality(tasks: TaskQuerySet) -> Punctuality:
    return Punctuality(due=tasks.count(), on_time=tasks.filter(ON_TIME).count())
