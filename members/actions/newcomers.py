"""A member is entered by hand: held to the same checks as a list, and searched for in the register first."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models

from members.actions.imports import scope_of
from members.imports.checking import Verdict, by_hand
from members.imports.register import FIELDS
from members.models import (
    Admission,
    Membership,
    PartyMember,
    PartyOrganization,
    Transfer,
    TransferKind,
    User,
)
from members.permissions import manages
from portal import audit
from portal.dates import day


class Arrival(models.TextChoices):
    """How somebody comes into the register."""

    ADMITTED = "admitted", "Kết nạp tại chi bộ này"
    MOVED_IN = "moved_in", "Chuyển đến từ đảng bộ khác"
    MISSING = "missing", "Đang sinh hoạt, sổ còn thiếu"


def check_new(values: Mapping[str, Any], organization: PartyOrganization, *, by: User) -> Verdict:
    """What speaks against entering this person; `member` is the record the register has of him already."""
    fields = {name: values[name] for name in FIELDS if name in values}
    return by_hand(fields, scope_of(by).register(), organization.pk)


@audit.act
def add_member(
    organization: PartyOrganization,
    *,
    by: User,
    arrival: Arrival,
    since: datetime.date,
    values: Mapping[str, Any],
    place: str = "",
    decision_number: str = "",
    accepts_warnings: bool = False,
) -> PartyMember:
    """`since` is the day the member belongs to the cell from; `place` where he comes from."""
    if not manages(by, organization):
        raise PermissionDenied("Chỉ thêm đảng viên vào tổ chức trong phạm vi quản lý.")
    _check_arrival(organization, arrival, since, values, place, decision_number)
    verdict = check_new(values, organization, by=by)
    if verdict.member is not None:
        raise ValidationError("Sổ đã có hồ sơ của đồng chí này.")
    stopping = [one for one in verdict.remarks if one.is_error or not accepts_warnings]
    if stopping:
        raise ValidationError([told(one.column, one.message) for one in stopping])
    member = PartyMember(organization=organization, **values)
    member.full_clean()
    member.save()
    _write_arrival(member, arrival, since, place, decision_number)
    audit.record(
        "members.add_member",
        about=member,
        by=by,
        summary=f"Thêm đảng viên: {arrival.label.lower()}, từ {day(since)}",
        changes={"organization": [None, organization.pk]},
    )
    return member


def told(column: str, message: str) -> str:
    return f"{column}: {message}" if column else message


def _check_arrival(
    organization: PartyOrganization,
    arrival: Arrival,
    since: datetime.date,
    values: Mapping[str, Any],
    place: str,
    decision_number: str,
) -> None:
    if organization.valid_to is not None and organization.valid_to < since:
        raise ValidationError(f"{organization.name} đã kết thúc ngày {day(organization.valid_to)}.")
    if since < organization.valid_from:
        raise ValidationError(f"{organization.name} đến {day(organization.valid_from)} mới thành lập.")
    if arrival == Arrival.MOVED_IN and not place:
        raise ValidationError({"place": "Ghi đảng bộ nơi đồng chí chuyển đến từ đó."})
    if arrival != Arrival.ADMITTED:
        return
    if not (values.get("admission_decision_on") and values.get("admitted_on") and decision_number):
        raise ValidationError("Kết nạp thì ghi đủ ngày quyết định, ngày vào Đảng và số quyết định.")
    if since != values["admitted_on"]:
        raise ValidationError({"since": "Kết nạp thì sinh hoạt từ ngày vào Đảng (ngày lễ kết nạp)."})


def _write_arrival(
    member: PartyMember, arrival: Arrival, since: datetime.date, place: str, decision_number: str
) -> None:
    """The membership, and the row the figures count: an admission, or a transfer from outside."""
    Membership.objects.create(
        member=member,
        organization=member.organization,
        valid_from=since,
        reason=arrival.label,
        decision_number=decision_number,
    )
    if arrival == Arrival.ADMITTED:
        admission = Admission(
            member=member,
            organization=member.organization,
            decision_number=decision_number,
            decision_on=member.admission_decision_on or since,
            admitted_on=member.admitted_on or since,
        )
        admission.full_clean()
        admission.save()
    elif arrival == Arrival.MOVED_IN:
        Transfer.objects.create(
            member=member,
            kind=TransferKind.OFFICIAL,
            to_organization=member.organization,
            place=place,
            moved_on=since,
            received_on=since,
            decision_number=decision_number,
        )
