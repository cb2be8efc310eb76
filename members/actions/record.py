"""What happened to a member is entered row by row; a transfer also moves him, on the day it names."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import Q

from members.actions.departures import (
    end_membership,
    require_after_arrival,
    take_back,
    tell_administrators,
)
from members.actions.ratings import place_rating
from members.models import (
    Award,
    Departure,
    DisciplinaryAction,
    Exemption,
    ExitReason,
    FeeRelief,
    Interruption,
    Membership,
    PartyMember,
    QualityRating,
    RuleBook,
    RuleCode,
    Transfer,
    TransferKind,
    User,
)
from members.permissions import can_change_member, manages
from portal import audit
from portal.dates import day

Entry = Award | Departure | DisciplinaryAction | Exemption | FeeRelief | Interruption | QualityRating

NOT_YOURS = "Hồ sơ của chính mình do cấp ủy quản lý ghi."


@audit.act
def enter(entry: Entry, *, by: User) -> Entry:
    """Write one row of a record. The trail names its kind; what it says stays in the row."""
    require_change(entry.member, by)
    if isinstance(entry, DisciplinaryAction) and not manages(by, entry.decided_by):
        raise PermissionDenied("Chỉ ghi kỷ luật do tổ chức trong phạm vi quản lý quyết định.")
    if isinstance(entry, QualityRating):
        place_rating(entry, by=by)
    entry.full_clean()
    if isinstance(entry, Departure):
        end_membership(entry, by=by)
    entry.save()
    if isinstance(entry, Departure):
        tell_administrators(entry, by=by)
    audit.record(
        f"members.enter_{entry._meta.model_name}",
        about=entry.member,
        by=by,
        summary=f"Ghi vào hồ sơ: {entry._meta.verbose_name}",
    )
    return entry


@audit.act
def withdraw(entry: Entry, *, by: User, reason: str) -> None:
    """Take out a row entered by mistake: the trail keeps what it held, discipline's level aside."""
    require_change(entry.member, by)
    if not reason.strip():
        raise ValidationError("Ghi lý do bỏ dòng này.")
    if isinstance(entry, Departure):
        take_back(entry, by=by)
    told = {} if isinstance(entry, DisciplinaryAction) else _held(entry)
    audit.record(
        f"members.withdraw_{entry._meta.model_name}",
        about=entry.member,
        by=by,
        summary=f"Bỏ dòng ghi nhầm ({entry._meta.verbose_name}): {reason}",
        changes=told,
    )
    entry.delete()


@audit.act
def transfer_member(
    member: PartyMember,
    *,
    by: User,
    kind: TransferKind,
    moved_on: datetime.date,
    until: datetime.date | None = None,
    decision_number: str = "",
    **destination: Any,
) -> Transfer:
    """Move a member to another organisation of the house, or out of it. A temporary transfer is written
    down and moves nobody: he is counted where he comes from (29-QĐ/TW)."""
    require_change(member, by)
    member = PartyMember.objects.select_for_update().get(pk=member.pk)
    transfer = Transfer(
        member=member,
        kind=kind,
        from_organization=member.organization,
        to_organization=destination.get("to_organization"),
        place=destination.get("place", ""),
        moved_on=moved_on,
        until=until,
        decision_number=decision_number,
        receipt_due_on=_receipt_due(kind, moved_on),
    )
    _check(transfer, by)
    transfer.full_clean()
    transfer.save()
    if kind != TransferKind.TEMPORARY:
        _move(transfer)
    audit.record(
        "members.transfer_member",
        about=member,
        by=by,
        summary=f"{transfer.get_kind_display()} từ {day(moved_on)}, đến {transfer.destination}",
        changes={"organization": [member.organization_id, transfer.to_organization_id]},
    )
    return transfer


def _receipt_due(kind: TransferKind, moved_on: datetime.date) -> datetime.date | None:
    """A temporary transfer keeps the member counted where he is: its letter is not followed."""
    if kind == TransferKind.TEMPORARY:
        return None
    return moved_on + datetime.timedelta(days=RuleBook().value(RuleCode.RECEIPT_DAYS, moved_on))


def _check(transfer: Transfer, by: User) -> None:
    member, new = transfer.member, transfer.to_organization
    if sentence := member.gone_sentence:
        raise ValidationError(sentence)
    if new is not None and not manages(by, new):
        # Moving somebody into another's part of the tree is that superior's to do (P71).
        raise PermissionDenied("Chỉ chuyển đến tổ chức trong phạm vi quản lý; nơi khác do cấp trên chuyển.")
    if new is not None and new.pk == member.organization_id:
        raise ValidationError({"to_organization": "Đồng chí đang sinh hoạt ở tổ chức này."})
    if transfer.kind != TransferKind.TEMPORARY:
        require_after_arrival(member, moved_on=transfer.moved_on)


def _move(transfer: Transfer) -> None:
    member, new = transfer.member, transfer.to_organization
    eve = transfer.moved_on - datetime.timedelta(days=1)
    open_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=transfer.moved_on)
    member.memberships.filter(open_ended).update(valid_to=eve)
    if new is None:
        member.exit_reason, member.exited_on = ExitReason.MOVED_OUT, transfer.moved_on
        member.save(update_fields=["exit_reason", "exited_on"])
        return
    Membership.objects.create(
        member=member,
        organization=new,
        valid_from=transfer.moved_on,
        reason=transfer.get_kind_display(),
        decision_number=transfer.decision_number,
    )
    member.organization = new
    member.save(update_fields=["organization"])


def require_change(member: PartyMember, by: User) -> None:
    """Whoever manages the record, never the person."""
    if not can_change_member(by, member):
        raise PermissionDenied(NOT_YOURS)


def _held(entry: models.Model) -> dict[str, list[str]]:
    return {
        field.name: [str(field.value_from_object(entry)), ""]
        for field in entry._meta.concrete_fields
        if field.name not in ("id", "member")
    }
