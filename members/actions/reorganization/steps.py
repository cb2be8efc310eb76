"""The steps decisions are made of: begin, name, place, move people, end. Each notes what it wrote."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from members.actions.reorganization.journal import Journal
from members.actions.reorganization.plans import Plan, Unit
from members.models import (
    Body,
    HoldingEnded,
    Membership,
    OrganizationLevel,
    OrganizationName,
    OrganizationParent,
    OrgLevel,
    PartyMember,
    PartyOrganization,
    PositionHolding,
    RoleGrant,
    Term,
    Transfer,
    TransferKind,
)
from portal.dates import day

STEP = 1000


class Steps:
    """One decision being carried out."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.journal = plan, Journal()
        self.flows: list[str] = []
        self.successions: list[tuple[PartyOrganization, PartyOrganization]] = []
        self.begun: list[PartyOrganization] = []
        #: (organisation, superior before, superior after)
        self.placed: list[tuple[int, int, int]] = []

    def begin(self, unit: Unit, parent: PartyOrganization) -> PartyOrganization:
        plan = self.plan
        organization = PartyOrganization(
            name=unit.name,
            code=unit.code,
            level=unit.level,
            parent=parent,
            position=_last_position(parent) + 1,
            valid_from=plan.effective_on,
        )
        organization.full_clean()
        organization.save()
        self.journal.created([organization], "name", "parent_id", "valid_to")
        self._name(organization, unit)
        self.flows.append(f"Thành lập {unit.name}, trực thuộc {parent.name}.")
        self.begun.append(organization)
        return organization

    def rename(self, organization: PartyOrganization, unit: Unit) -> None:
        if (unit.name, unit.code) == (organization.name, organization.code):
            raise ValidationError("Tên mới trùng với tên đang dùng.")
        before = organization.name
        if not organization.names.exists():
            first = OrganizationName(
                organization=organization,
                name=before,
                code=organization.code,
                valid_from=organization.valid_from,
            )
            first.save()
            self.journal.created([first], "name")
        self._close(organization.names.all(), f"Tên đang dùng của {before}")
        self._name(organization, unit)
        rows = PartyOrganization.objects.filter(pk=organization.pk)
        organization.name, organization.code = unit.name, unit.code
        organization.full_clean()
        self.journal.change(rows, name=organization.name, code=organization.code)
        # The words it is found by follow from the name.
        organization.save(update_fields=["search_text"])
        self.flows.append(f"{before} đổi tên thành {organization.name}.")

    def set_level(self, organization: PartyOrganization, level: OrgLevel) -> None:
        before = OrgLevel(organization.level)
        if not organization.levels.exists():
            first = OrganizationLevel(
                organization=organization, level=before, valid_from=organization.valid_from
            )
            first.save()
            self.journal.created([first], "level")
        self._close(organization.levels.all(), f"Cấp của {organization.name}")
        row = OrganizationLevel.objects.create(
            organization=organization,
            level=level,
            valid_from=self.plan.effective_on,
            decision_number=self.plan.decision_number,
        )
        self.journal.created([row], "level", "valid_to")
        self.journal.change(PartyOrganization.objects.filter(pk=organization.pk), level=level.value)
        organization.level = level
        self.flows.append(f"{organization.name}: {before.label} → {level.label}.")

    def place(self, organization: PartyOrganization, parent: PartyOrganization) -> None:
        """Under another superior, with all below it."""
        before = organization.parent
        if before is None:
            raise ValidationError("Đảng bộ đứng đầu cây tổ chức không chuyển giao được.")
        if before.pk == parent.pk:
            raise ValidationError(f"{organization.name} đang trực thuộc {parent.name} rồi.")
        if not organization.parents.exists():
            first = OrganizationParent(
                organization=organization, parent=before, valid_from=organization.valid_from
            )
            first.save()
            self.journal.created([first], "parent_id")
        self._close(organization.parents.all(), f"Cấp trên của {organization.name}")
        row = OrganizationParent.objects.create(
            organization=organization,
            parent=parent,
            valid_from=self.plan.effective_on,
            decision_number=self.plan.decision_number,
        )
        self.journal.created([row], "parent_id", "valid_to")
        self.journal.place(organization, PartyOrganization.objects.get(pk=parent.pk))
        self.placed.append((organization.pk, before.pk, parent.pk))
        self.flows.append(f"{organization.name}: {before.name} → {parent.name}.")

    def take(
        self,
        source: PartyOrganization,
        to: PartyOrganization,
        *,
        members: frozenset[int] | None = None,
        branches: frozenset[int] | None = None,
    ) -> None:
        """All people and branches of `source`, or those named, go to another organisation."""
        below = _below(source, self.plan)
        if branches is not None:
            below = below.filter(pk__in=branches)
        for branch in below.select_related("parent"):
            self.place(branch, to)
        people = PartyMember.objects.current().filter(organization=source)
        self._move(people if members is None else people.filter(pk__in=members), source, to)

    def _move(self, people: QuerySet[PartyMember], source: PartyOrganization, to: PartyOrganization) -> None:
        plan = self.plan
        moving = list(people.select_for_update().order_by("pk").values_list("pk", flat=True))
        if not moving:
            return
        open_rows = Membership.objects.filter(member__in=moving).filter(_lasting(plan))
        self._close(open_rows, "Quá trình sinh hoạt của đảng viên")
        rows = [
            Membership(
                member_id=pk,
                organization=to,
                valid_from=plan.effective_on,
                reason=f"{plan.kind.label} tổ chức",
                decision_number=plan.decision_number,
            )
            for pk in moving
        ]
        self.journal.created(
            Membership.objects.bulk_create(rows, batch_size=STEP), "organization_id", "valid_to"
        )
        transfers = [
            Transfer(
                member_id=pk,
                kind=TransferKind.COLLECTIVE,
                from_organization=source,
                to_organization=to,
                moved_on=plan.effective_on,
                received_on=plan.effective_on,
                decision_number=plan.decision_number,
            )
            for pk in moving
        ]
        self.journal.created(Transfer.objects.bulk_create(transfers, batch_size=STEP), "to_organization_id")
        self.journal.change(PartyMember.objects.filter(pk__in=moving), organization_id=to.pk)
        self.flows.append(f"{len(moving)} đảng viên: {source.name} → {to.name}.")

    def end(self, organization: PartyOrganization, *successors: PartyOrganization) -> None:
        """The last day is the one before: seats, bodies, terms, names and powers end with it."""
        plan = self.plan
        if left := PartyMember.objects.current().filter(organization=organization).count():
            raise ValidationError(f"Còn {left} đảng viên của {organization.name} chưa có nơi sinh hoạt.")
        if left := _below(organization, plan).count():
            raise ValidationError(f"Còn {left} tổ chức trực thuộc {organization.name} chưa có cấp trên mới.")
        self._end_seats(organization)
        what = f"Việc của {organization.name}"
        for model in (OrganizationName, OrganizationLevel, OrganizationParent, RoleGrant):
            rows: QuerySet[Any] = model._default_manager.filter(organization=organization)
            self._close(rows, what)
        self._close(PartyOrganization.objects.filter(pk=organization.pk), what)
        self.flows.append(f"{organization.name} kết thúc hết ngày {day(plan.eve)}.")
        self.successions += [(organization, successor) for successor in successors]

    def end_committee(self, organization: PartyOrganization) -> None:
        """What leads it ends; the decision appoints another, entered as positions (domain §3.2)."""
        if self._end_seats(organization):
            self.flows.append(
                f"Chức vụ, nhiệm kỳ hiện có của {organization.name} kết thúc hết ngày {day(self.plan.eve)}; "
                "cấp ủy mới được chỉ định thì ghi sau."
            )

    def _end_seats(self, organization: PartyOrganization) -> int:
        plan, what = self.plan, f"Việc của {organization.name}"
        ended = self._close(
            PositionHolding.objects.filter(organization=organization),
            what,
            ended_by=HoldingEnded.REORGANIZED,
            end_decision_number=plan.decision_number,
        )
        for model in (Body, Term):
            rows: QuerySet[Any] = model._default_manager.filter(organization=organization)
            ended += self._close(rows, what)
        return ended

    def _close(self, rows: QuerySet[Any], what: str, **also: Any) -> int:
        """These end on the eve; how many. What began later can't: the decision comes too late for it."""
        lasting = rows.filter(_lasting(self.plan))
        if lasting.filter(valid_from__gte=self.plan.effective_on).exists():
            raise ValidationError(
                f"{what} có thay đổi từ ngày {day(self.plan.effective_on)} trở đi; "
                "chọn ngày hiệu lực sau đó hoặc sửa trước."
            )
        return self.journal.change(lasting, valid_to=self.plan.eve, **also)

    def _name(self, organization: PartyOrganization, unit: Unit) -> None:
        row = OrganizationName.objects.create(
            organization=organization,
            name=unit.name,
            code=unit.code,
            valid_from=self.plan.effective_on,
            decision_number=self.plan.decision_number,
        )
        self.journal.created([row], "name", "valid_to")


def _lasting(plan: Plan) -> Q:
    return Q(valid_to__isnull=True) | Q(valid_to__gte=plan.effective_on)


def _below(organization: PartyOrganization, plan: Plan) -> QuerySet[PartyOrganization]:
    return PartyOrganization.objects.on(plan.effective_on).filter(parent=organization)


def _last_position(parent: PartyOrganization) -> int:
    last = parent.children.order_by("-position").values_list("position", flat=True).first()
    return last or 0
