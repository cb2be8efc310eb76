"""An organisation gets another name or another superior: the old one stays, with its last day."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import OrganizationName, OrganizationParent, PartyOrganization, User
from portal import audit

A_DAY = datetime.timedelta(days=1)


@transaction.atomic
def rename_organization(
    organization: PartyOrganization,
    *,
    name: str,
    by: User,
    on: datetime.date,
    decision_number: str,
    code: str = "",
) -> PartyOrganization:
    """`on` is the first day of the new name; papers of earlier days keep the old one."""
    organization = _locked(organization)
    before = organization.name
    new_code = code or organization.code
    if (name, new_code) == (before, organization.code):
        raise ValidationError("Tên mới trùng với tên đang dùng.")
    current = organization.names.filter(valid_to__isnull=True).first() or OrganizationName(
        organization=organization,
        name=before,
        code=organization.code,
        valid_from=organization.valid_from,
    )
    _close(current, on)
    OrganizationName.objects.create(
        organization=organization, name=name, code=new_code, valid_from=on, decision_number=decision_number
    )
    organization.name, organization.code = name, new_code
    organization.full_clean()
    organization.save(update_fields=["name", "code", "search_text"])
    audit.record(
        "members.rename_organization",
        about=organization,
        by=by,
        summary=f"Đổi tên theo quyết định {decision_number}",
        changes={"name": [before, organization.name]},
    )
    return organization


@transaction.atomic
def hand_over_organization(
    organization: PartyOrganization,
    *,
    to: PartyOrganization,
    by: User,
    on: datetime.date,
    decision_number: str,
) -> PartyOrganization:
    """Move an organisation with all below it under another superior from `on`."""
    organization = _locked(organization)
    before = organization.parent
    if before is None:
        raise ValidationError("Đảng bộ đứng đầu cây tổ chức không chuyển giao được.")
    if before.pk == to.pk:
        raise ValidationError("Tổ chức này đang trực thuộc nơi nhận rồi.")
    current = organization.parents.filter(valid_to__isnull=True).first() or OrganizationParent(
        organization=organization, parent=before, valid_from=organization.valid_from
    )
    _close(current, on)
    OrganizationParent.objects.create(
        organization=organization, parent=to, valid_from=on, decision_number=decision_number
    )
    organization.parent = PartyOrganization.objects.get(pk=to.pk)
    organization.full_clean()
    organization.save(update_fields=["parent", "search_text"])
    audit.record(
        "members.hand_over_organization",
        about=organization,
        by=by,
        summary=f"Chuyển giao theo quyết định {decision_number}",
        changes={"parent": [before.pk, to.pk]},
    )
    return organization


def _locked(organization: PartyOrganization) -> PartyOrganization:
    return (
        PartyOrganization.objects.select_for_update(of=("self",))
        .select_related("parent")
        .get(pk=organization.pk)
    )


def _close(row: OrganizationName | OrganizationParent, on: datetime.date) -> None:
    """The row's last day is the one before `on`."""
    if on <= row.valid_from:
        raise ValidationError("Ngày áp dụng phải sau ngày bắt đầu của lần trước.")
    row.valid_to = on - A_DAY
    row.save()
