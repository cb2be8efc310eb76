"""An organisation is raised or lowered: a cell made a committee gets cells, and the other way round."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from members.actions.reorganization.shares import share_out
from members.actions.reorganization.steps import Steps
from members.levels import ABOVE, lowered_to, raised_to
from members.models import LED_BY_COMMITTEE, OrgLevel, PartyMember, PartyOrganization, ReorgKind


def change_level(steps: Steps) -> None:
    plan, source = steps.plan, steps.plan.source
    own, *cells = plan.units
    was_committee = source.has_committee
    possible = raised_to(source.level) if plan.kind == ReorgKind.RAISE else lowered_to(source.level)
    if own.level not in possible:
        raise ValidationError(f"{source.get_level_display()} không {plan.kind.label.lower()} như thế được.")
    _require_superior(plan.target or source.parent, own.level)
    if plan.target:
        steps.place(source, plan.target)
    if (own.name, own.code) != (source.name, source.code):
        steps.rename(source, own)
    steps.set_level(source, own.level)
    if was_committee == (own.level in LED_BY_COMMITTEE):
        return
    steps.end_committee(source)
    if was_committee:
        _take_in_cells(steps, source)
    elif PartyMember.objects.current().filter(organization=source).exists():
        new = share_out(steps, cells, source)
        steps.successions += [(source, cell) for cell in new]


def _require_superior(superior: PartyOrganization | None, level: OrgLevel) -> None:
    if superior is None or superior.level not in ABOVE[level]:
        allowed = " hoặc ".join(one.label.lower() for one in ABOVE[level])
        raise ValidationError(f"{level.label} phải trực thuộc {allowed}.")


def _take_in_cells(steps: Steps, source: PartyOrganization) -> None:
    """The cells end, their members are the new cell's own."""
    cells = list(PartyOrganization.objects.on(steps.plan.effective_on).filter(parent=source).in_tree_order())
    for cell in cells:
        if PartyOrganization.objects.on(steps.plan.effective_on).filter(parent=cell).exists():
            raise ValidationError(f"{cell.name} còn tổ chức trực thuộc; sắp xếp các tổ chức ấy trước.")
    for cell in cells:
        steps.take(cell, source)
        steps.end(cell, source)
