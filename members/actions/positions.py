"""Holding a position begins and ends with a day, a way and a decision number."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError

from members.models import (
    Body,
    HoldingBegun,
    HoldingEnded,
    PartyMember,
    PartyOrganization,
    Position,
    PositionHolding,
    Term,
    User,
)
from portal import audit


@audit.act
def begin_holding(
    member: PartyMember,
    *,
    position: Position,
    organization: PartyOrganization,
    by: User,
    valid_from: datetime.date,
    title: str,
    begun_by: HoldingBegun,
    decision_number: str = "",
    body: Body | None = None,
    term: Term | None = None,
) -> PositionHolding:
    """A member takes up a position. A seat that is held is refused by the database's own rule."""
    if body is not None and body.organization_id != organization.pk:
        raise ValidationError("Tập thể này thuộc một tổ chức khác.")
    holding = PositionHolding(
        member=member,
        position=position,
        organization=organization,
        body=body,
        term=term,
        title=title,
        # The rule of the single seat reads this column, so it must be right before the check.
        is_single_seat=position.is_single_seat,
        begun_by=begun_by,
        decision_number=decision_number,
        valid_from=valid_from,
    )
    holding.full_clean()
    holding.save()
    audit.record(
        "members.begin_holding",
        about=holding,
        by=by,
        summary=f"Ghi nhận giữ chức vụ từ {valid_from:%d/%m/%Y}",
        changes={"decision_number": ["", decision_number]},
    )
    return holding


@audit.act
def end_holding(
    holding: PositionHolding,
    *,
    by: User,
    on: datetime.date,
    reason: HoldingEnded,
    decision_number: str = "",
) -> PositionHolding:
    """`on` is the last day in the position: the rights that came with it are gone the next morning."""
    holding = PositionHolding.objects.select_for_update().get(pk=holding.pk)
    if holding.ended_by:
        raise ValidationError("Đồng chí đã thôi giữ chức vụ này; ngày thôi đã được ghi.")
    if on < holding.valid_from:
        raise ValidationError("Ngày thôi giữ chức vụ sớm hơn ngày bắt đầu giữ.")
    before = holding.valid_to
    holding.valid_to, holding.ended_by, holding.end_decision_number = on, reason, decision_number
    holding.save(update_fields=["valid_to", "ended_by", "end_decision_number", "is_single_seat"])
    audit.record(
        "members.end_holding",
        about=holding,
        by=by,
        summary=f"Thôi giữ chức vụ hết ngày {on:%d/%m/%Y}",
        changes={
            "valid_to": [before and before.isoformat(), on.isoformat()],
            "ended_by": ["", reason],
            "end_decision_number": ["", decision_number],
        },
    )
    return holding
