"""Who goes where when an organisation is divided: everybody to one place, and nobody left over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError

from members.actions.reorganization.plans import Plan, Unit
from members.actions.reorganization.steps import Steps
from members.models import PartyMember, PartyOrganization


def share_out(steps: Steps, units: Sequence[Unit], parent: PartyOrganization) -> list[PartyOrganization]:
    """All people and branches of the source go to new organisations below `parent`."""
    source = steps.plan.source
    shares = _shares(steps.plan, units)
    new = [steps.begin(unit, parent) for unit in shares]
    for unit, organization in zip(shares, new, strict=True):
        steps.take(source, organization, members=unit.members, branches=unit.branches)
    return new


def require_part(plan: Plan, unit: Unit) -> None:
    """A part is more than nothing and less than all."""
    people, below = _of_source(plan)
    _require_there(unit, people, below)
    if not (unit.members or unit.branches):
        raise ValidationError("Chọn những đồng chí hoặc tổ chức chuyển sang tổ chức mới.")
    if (unit.members, unit.branches) == (people, below):
        raise ValidationError("Đã chọn tất cả; chia, tách thì phải còn phần ở lại.")


def _shares(plan: Plan, units: Sequence[Unit]) -> list[Unit]:
    if len(units) < 2:
        raise ValidationError("Chia thì cần ít nhất hai tổ chức mới.")
    people, below = _of_source(plan)
    for unit in units:
        _require_there(unit, people, below)
        people, below = people - unit.members, below - unit.branches
    last = units[-1]
    rest = replace(last, members=last.members | people, branches=last.branches | below)
    shares = [*units[:-1], rest]
    for unit in shares:
        if not (unit.members or unit.branches):
            raise ValidationError(f"Chưa có đồng chí hoặc tổ chức nào về {unit.name}.")
    return shares


def _of_source(plan: Plan) -> tuple[frozenset[int], frozenset[int]]:
    people = PartyMember.objects.current().filter(organization=plan.source)
    below = PartyOrganization.objects.on(plan.effective_on).filter(parent=plan.source)
    return frozenset(people.values_list("pk", flat=True)), frozenset(below.values_list("pk", flat=True))


def _require_there(unit: Unit, people: frozenset[int], below: frozenset[int]) -> None:
    if not (unit.members <= people and unit.branches <= below):
        raise ValidationError(
            f"Có đồng chí hoặc tổ chức chọn về {unit.name} không còn ở tổ chức này, hoặc được chọn hai lần."
        )
