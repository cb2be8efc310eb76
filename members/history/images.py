"""Rows before and after each change, as the events kept them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model

from members.models import (
    Admission,
    Award,
    BadgeAward,
    Body,
    Departure,
    DisciplinaryAction,
    Enrollment,
    Exemption,
    FeeRelief,
    FeeStanding,
    Interruption,
    Membership,
    OrganizationLevel,
    OrganizationName,
    OrganizationParent,
    PartyMember,
    PartyOrganization,
    PositionHolding,
    QualityRating,
    Term,
    Transfer,
    User,
)
from members.models.history import CHANGED, INSERTED
from members.models.record import DisciplinaryActionQuerySet

#: What belongs to a member's record beside the record itself, and the field that names such a row.
#:
#: Left out: `FormerNumber` is a history itself, `RecordCorrection` keeps who answered what, `MemberPhoto` is
#: a file, `FeePayment` a register of money, `BadgeProposal` a plan, and who was inspected is read elsewhere.
OF_MEMBER: dict[type[Model], str] = {
    Membership: "organization",
    PositionHolding: "title",
    Transfer: "kind",
    Admission: "decision_number",
    Award: "title",
    BadgeAward: "badge_years",
    QualityRating: "year",
    Enrollment: "course",
    Exemption: "reason",
    Interruption: "reason",
    FeeStanding: "group",
    FeeRelief: "percent",
    Departure: "reason",
    DisciplinaryAction: "decision_number",
}
OF_ORGANIZATION: dict[type[Model], str] = {
    OrganizationName: "name",
    OrganizationLevel: "level",
    OrganizationParent: "parent",
    Body: "name",
    Term: "name",
}
#: Of one table, newest first: a page is no archive.
MOST_CHANGES = 200


@dataclass(frozen=True)
class Change:
    """`before` and `after` are an event or the row of today, alike in their fields; None of what was not."""

    model: type[Model]
    row: int
    at: datetime.datetime
    before: Any
    after: Any
    #: None when the database was changed past the portal; `person` is the account that acted.
    act: UUID | None
    person: int | None


def of_member(member: PartyMember, user: User) -> Iterator[Change]:
    """As this reader may see them: discipline goes through its own, narrower door."""
    yield from _changes(PartyMember, pgh_obj=member.pk)
    for model in _kept(OF_MEMBER, "member", member):
        hidden = _hidden_discipline(member, user) if model is DisciplinaryAction else ()
        for change in _changes(model, member=member.pk):
            if change.row not in hidden:
                yield change


def of_organization(organization: PartyOrganization) -> Iterator[Change]:
    yield from _changes(PartyOrganization, pgh_obj=organization.pk)
    for model in _kept(OF_ORGANIZATION, "organization", organization):
        yield from _changes(model, organization=organization.pk)


def _kept(models: Iterable[Any], link: str, whose: PartyMember | PartyOrganization) -> list[Any]:
    """The tables that keep anything of it, asked for at once: of most things most keep nothing."""
    models = list(models)
    there = [Exists(model.pgh_event_model.objects.filter(**{link: whose.pk})) for model in models]
    found = type(whose)._default_manager.filter(pk=whose.pk).values_list(*there).get()
    return [model for model, is_there in zip(models, found, strict=True) if is_there]


def _changes(model: Any, **whose: int) -> Iterator[Change]:
    events = model.pgh_event_model.objects.filter(**whose).select_related("pgh_obj", "pgh_context")
    later: dict[int, Any] = {}
    for event in events.order_by("-pgh_id")[:MOST_CHANGES]:
        # What came after a change is what the next one found, or the row as it stands.
        after = later.get(event.pgh_obj_id, event.pgh_obj) if event.pgh_label == CHANGED else None
        context = event.pgh_context
        is_new = event.pgh_label == INSERTED
        yield Change(
            model=model,
            row=event.pgh_obj_id,
            at=event.pgh_created_at,
            before=None if is_new else event,
            after=event if is_new else after,
            act=event.pgh_context_id,
            person=context.metadata.get("user") if context else None,
        )
        later[event.pgh_obj_id] = event


def _hidden_discipline(member: PartyMember, user: User) -> set[int]:
    """A decision is hidden as a whole when it was out of this reader's sight at any time."""
    door = DisciplinaryActionQuerySet.door(user)
    events: Any = DisciplinaryAction.pgh_event_model.objects.filter(member=member)  # type: ignore[attr-defined]
    rows = DisciplinaryAction.objects.filter(member=member)
    return {*events.exclude(door).values_list("pgh_obj", flat=True)} | {
        *rows.exclude(door).values_list("pk", flat=True)
    }
