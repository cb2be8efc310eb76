"""A decision is looked at before, and carried out: the look is the deed itself, taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from members.actions.reorganization.levels import change_level
from members.actions.reorganization.plans import Plan
from members.actions.reorganization.shares import require_part, share_out
from members.actions.reorganization.steps import Steps
from members.actions.reorganization.telling import tell_done
from members.models import (
    ENDINGS,
    OrgSuccession,
    PartyMember,
    PartyOrganization,
    Reorganization,
    ReorgKind,
    User,
)
from members.permissions import can_reorganize, can_set_up_below, manages
from members.tree import members_on
from portal import audit

NOT_YOURS = "Cấp trên của tổ chức mới sắp xếp được tổ chức ấy."


@dataclass(frozen=True)
class Outcome:
    """What a decision would do."""

    flows: list[str]
    counts: list[dict[str, Any]]
    before: int
    after: int


class _TakenBack(Exception):
    """Ends a look without a trace."""


def preview(plan: Plan, *, by: User) -> Outcome:
    """Who goes where, and counts before and after; nothing stays written."""
    outcome: Outcome | None = None
    try:
        with transaction.atomic():
            _, outcome = _carry_out(plan, by)
            raise _TakenBack
    except _TakenBack:
        assert outcome is not None
        return outcome


@audit.act
def reorganize(plan: Plan, *, by: User) -> Reorganization:
    steps, outcome = _carry_out(plan, by)
    row = Reorganization(
        kind=plan.kind,
        source=plan.source,
        target=plan.target,
        decision_number=plan.decision_number,
        decided_on=plan.decided_on,
        effective_on=plan.effective_on,
        flows=outcome.flows,
        counts=outcome.counts,
        journal=steps.journal.lines,
        by=by,
    )
    row.full_clean()
    row.save()
    OrgSuccession.objects.bulk_create(
        OrgSuccession(reorganization=row, predecessor=before, successor=after)
        for before, after in steps.successions
    )
    audit.record(
        "members.reorganize",
        about=plan.source,
        by=by,
        summary=f"{plan.kind.label} theo quyết định {plan.decision_number}",
        changes={"members": [outcome.before, outcome.after]},
    )
    tell_done(row, steps, by=by)
    return row


def _carry_out(plan: Plan, by: User) -> tuple[Steps, Outcome]:
    _check(plan, by)
    heads = [one.pk for one in plan.heads]
    list(PartyOrganization.objects.select_for_update().filter(pk__in=heads).order_by("pk"))
    old_order = _counted(heads, plan.eve)
    before = _counted(heads, plan.effective_on)
    names = {one.pk: one.name for one in plan.heads}
    each_before = {pk: _under(pk, before) for pk in heads}
    steps = Steps(plan)
    _DEEDS[plan.kind](steps)
    touched = [*heads, *(one.pk for one in steps.begun)]
    after = _counted(touched, plan.effective_on)
    # Figures of the old order stay, and nobody is lost or counted twice in the new one.
    if sum(before.values()) != sum(after.values()) or old_order != _same_places(old_order, plan):
        raise ValidationError("Số đảng viên trước và sau không khớp; chưa ghi gì. Xin báo quản trị.")
    names |= {one.pk: one.name for one in steps.begun}
    counts = [
        {"name": names[pk], "before": each_before.get(pk), "after": _under(pk, after)} for pk in touched
    ]
    return steps, Outcome(steps.flows, counts, sum(before.values()), sum(after.values()))


def _counted(heads: list[int], day: Any) -> dict[int, int]:
    places = set(PartyOrganization.objects.under(heads).values_list("pk", flat=True))
    return members_on(day, places)


def _same_places(counted: dict[int, int], plan: Plan) -> dict[int, int]:
    return members_on(plan.eve, set(counted))


def _under(head: int, counted: dict[int, int]) -> int:
    below = PartyOrganization.objects.under([head]).values_list("pk", flat=True)
    return sum(counted.get(pk, 0) for pk in below)


def _check(plan: Plan, by: User) -> None:
    if plan.kind == ReorgKind.SET_UP:
        allowed = can_set_up_below(by, plan.source)
    else:
        allowed = all(can_reorganize(by, one) for one in plan.sources)
    if not allowed or (plan.target and not manages(by, plan.target)):
        raise PermissionDenied(NOT_YOURS)
    if plan.effective_on > timezone.localdate():
        raise ValidationError({"effective_on": "Chưa đến ngày hiệu lực; ghi khi quyết định có hiệu lực."})
    if plan.effective_on < plan.decided_on:
        raise ValidationError({"effective_on": "Ngày hiệu lực sớm hơn ngày quyết định."})
    for one in plan.heads:
        if one.valid_to is not None or one.valid_from >= plan.effective_on:
            raise ValidationError(f"{one.name} đã kết thúc, hoặc ngày trước ngày hiệu lực chưa thành lập.")
    if plan.target and plan.source.pk in plan.target.path:
        raise ValidationError("Nơi nhận không thể là chính tổ chức này hoặc cấp dưới của nó.")


def _set_up(steps: Steps) -> None:
    plan = steps.plan
    if PartyMember.objects.current().filter(organization=plan.source).exists():
        raise ValidationError(f"{plan.source.name} là chi bộ, không lập tổ chức bên dưới.")
    steps.begin(plan.units[0], plan.source)


def _rename(steps: Steps) -> None:
    steps.rename(steps.plan.source, steps.plan.units[0])


def _hand_over(steps: Steps) -> None:
    steps.place(steps.plan.source, _target(steps))


def _merge(steps: Steps) -> None:
    plan = steps.plan
    if len({one.pk for one in plan.sources}) < 2:
        raise ValidationError("Hợp nhất cần ít nhất hai tổ chức.")
    new = steps.begin(plan.units[0], _parent(plan.source))
    for source in plan.sources:
        steps.take(source, new)
        steps.end(source, new)


def _absorb(steps: Steps) -> None:
    source, target = steps.plan.source, _target(steps)
    _require_room(source, target)
    steps.take(source, target)
    steps.end(source, target)


def _divide(steps: Steps) -> None:
    source = steps.plan.source
    steps.end(source, *share_out(steps, steps.plan.units, _parent(source)))


def _split_off(steps: Steps) -> None:
    source, (unit,) = steps.plan.source, steps.plan.units
    require_part(steps.plan, unit)
    new = steps.begin(unit, _parent(source))
    steps.take(source, new, members=unit.members, branches=unit.branches)
    steps.successions.append((source, new))


def _dissolve(steps: Steps) -> None:
    """Nobody succeeds it; its people go on elsewhere."""
    source, target = steps.plan.source, _target(steps)
    _require_room(source, target)
    steps.take(source, target)
    steps.end(source)


_DEEDS: dict[ReorgKind, Callable[[Steps], None]] = {
    ReorgKind.SET_UP: _set_up,
    ReorgKind.RENAME: _rename,
    ReorgKind.HAND_OVER: _hand_over,
    ReorgKind.MERGE: _merge,
    ReorgKind.ABSORB: _absorb,
    ReorgKind.DIVIDE: _divide,
    ReorgKind.SPLIT_OFF: _split_off,
    ReorgKind.RAISE: change_level,
    ReorgKind.LOWER: change_level,
    **dict.fromkeys(ENDINGS, _dissolve),
}


def _target(steps: Steps) -> PartyOrganization:
    if steps.plan.target is None:
        raise ValidationError({"target": "Chọn nơi nhận."})
    return steps.plan.target


def _parent(organization: PartyOrganization) -> PartyOrganization:
    if organization.parent is None:
        raise ValidationError("Đảng bộ đứng đầu cây tổ chức không sắp xếp được ở đây.")
    return organization.parent


def _require_room(source: PartyOrganization, target: PartyOrganization) -> None:
    """Members belong to cells, cells to committees: neither takes in what it can't hold."""
    people = PartyMember.objects.current()
    today = timezone.localdate()
    has_branches = target.children.on(today).exclude(pk=source.pk).exists()
    if people.filter(organization=source).exists() and has_branches:
        raise ValidationError(f"Đảng viên sinh hoạt ở chi bộ; {target.name} có tổ chức trực thuộc.")
    if source.children.on(today).exists() and people.filter(organization=target).exists():
        raise ValidationError(f"{target.name} là chi bộ, không nhận tổ chức trực thuộc.")
