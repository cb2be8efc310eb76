"""A member's record is corrected: what it was and what it is stand side by side in the trail."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from members.imports.register import FIELDS
from members.models import FormerNumber, NumberKind, PartyMember, User
from portal import audit
from portal.vietnamese import nfc

#: What a secretary corrects. Where a member belongs changes by a transfer, with its decision.
CORRECTABLE = (*FIELDS, "seniority_from", "seniority_basis")
#: The trail says that these have changed, never what they held (permissions: P85).
UNTOLD = ("card_number", "citizen_number", "file_number", "residence", "email", "phone")


@audit.act
def change_member(member: PartyMember, *, by: User, **changes: Any) -> PartyMember:
    """Write the given fields; what stays the same is no change and leaves no line."""
    if unknown := changes.keys() - set(CORRECTABLE):
        raise ValidationError(f"Không sửa được ở đây: {', '.join(sorted(unknown))}.")
    member = PartyMember.objects.select_for_update().get(pk=member.pk)
    before = {name: getattr(member, name) for name in changes if getattr(member, name) != changes[name]}
    if not before:
        return member
    for name in before:
        setattr(member, name, changes[name])
    member.full_clean()
    keep_former_numbers(member, before)
    member.save(update_fields=[*before, "sort_key", "search_text"])
    audit.record(
        "members.change_member",
        about=member,
        by=by,
        summary="Sửa hồ sơ đảng viên",
        changes={name: _told(name, old, getattr(member, name)) for name, old in before.items()},
    )
    return member


def keep_former_numbers(member: PartyMember, before: dict[str, Any]) -> None:
    """A number that is replaced is written down: lists made before still bear it."""
    FormerNumber.objects.bulk_create(
        FormerNumber(member=member, kind=kind, number=before[kind])
        for kind in NumberKind.values
        if before.get(kind)
    )


@audit.act
def show_citizen_number(member: PartyMember, *, by: User, reason: str = "") -> str:
    """The whole number, for who may see the record; every showing is a line of the trail (P65)."""
    is_own = by.pk is not None and by.member_id == member.pk
    reason = nfc(reason)
    if not is_own and not reason:
        raise ValidationError("Ghi lý do xem số định danh cá nhân.")
    audit.record(
        "members.show_citizen_number",
        about=member,
        by=by,
        summary="Xem số định danh cá nhân của mình" if is_own else f"Xem số định danh cá nhân: {reason}",
    )
    return member.citizen_number


def _told(name: str, old: Any, new: Any) -> list[str]:
    if name in UNTOLD:
        return ["***", "***"]
    return ["" if value is None else str(value) for value in (old, new)]
