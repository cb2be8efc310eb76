"""Those who manage the organisations concerned hear of a decision, and of its being taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone

from members.actions.addressees import addressees, managers_of, to
from members.actions.reorganization.steps import Steps
from members.models import PartyOrganization, Reorganization, User
from portal import outbox
from portal.models import Delivery

DONE, UNDONE = "members.reorganized", "members.reorganization_undone"


def tell_done(row: Reorganization, steps: Steps, *, by: User) -> None:
    """Secretaries of today, and those whose office ended with their organisation."""
    concerned = PartyOrganization.objects.in_bulk(set(_concerned(steps)))
    alive = [one for one in concerned.values() if one.valid_to is None]
    ended = {pk for pk, one in concerned.items() if one.valid_to is not None}
    people = [
        recipient
        for recipients in addressees(alive, on=timezone.localdate()).values()
        for recipient in recipients
    ]
    people += [to(user) for users in managers_of(ended, on=steps.plan.eve).values() for user in users]
    _post(DONE, row, people, by=by, title=f"{row}: {row.source.name}")


def tell_undone(row: Reorganization, *, by: User, reason: str) -> None:
    """Whoever was told of the decision; it may have been entered by somebody else."""
    told = Delivery.objects.filter(notice__kind=DONE, notice__about_id=row.pk).select_related("user")
    people = [
        outbox.Recipient(user=one.user, name=one.name, address=one.address, key=one.recipient_key)
        for one in told
    ]
    people += [to(row.by)]
    what = f"{row.get_kind_display().lower()} theo {row.decision_number}"
    _post(UNDONE, row, people, by=by, title=f"Hoàn tác {what}: {row.source.name}", reason=reason)


def _concerned(steps: Steps) -> Iterator[int]:
    plan = steps.plan
    yield from (one.pk for one in [*plan.heads, *steps.begun])
    yield from (pk for placed in steps.placed for pk in placed)
    yield from (before.pk for before, _ in steps.successions)


def _post(
    kind: str,
    row: Reorganization,
    people: Iterable[outbox.Recipient],
    *,
    by: User,
    title: str,
    reason: str = "",
) -> None:
    """Who may open the decision is led there and told what it did; the others to the organisation."""
    told: dict[bool, dict[str, outbox.Recipient]] = {True: {}, False: {}}
    for one in people:
        if one.user is None or one.user.pk != by.pk:
            told[_sees(one, row)][one.key] = one
    pages = {
        True: reverse("members:reorganization", args=[row.pk]),
        False: reverse("members:organization", args=[row.source_id]),
    }
    for sees, recipients in told.items():
        if recipients:
            outbox.post(
                kind=kind,
                about=row,
                recipients=recipients.values(),
                key=f"{kind}:{row.pk}:{'in' if sees else 'out'}",
                title=title[:250],
                url=pages[sees],
                by=by,
                context={"flows": row.flows if sees else [], "reason": reason if sees else ""},
            )


def _sees(recipient: outbox.Recipient, row: Reorganization) -> bool:
    """Asked of the account as it is now: the decision may have changed what it manages."""
    if recipient.user is None:
        return False
    user = User.objects.get(pk=recipient.user.pk)
    return Reorganization.objects.visible_to(user).filter(pk=row.pk).exists()
