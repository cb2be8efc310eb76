"""A member's record is corrected: what it was and what it is stand side by side in the trail."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from members.models import PartyMember, User
from portal import audit

#: What a secretary corrects. Where a member belongs changes by a transfer, with its decision.
CORRECTABLE = (
    "full_name",
    "sex",
    "born_on",
    "card_number",
    "status",
    "admission_decision_on",
    "admitted_on",
    "official_on",
    "email",
    "phone",
)
#: The trail says that these have changed, never what they held (permissions: P85).
UNTOLD = ("card_number", "email", "phone")


@transaction.atomic
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
    member.save(update_fields=[*before, "sort_key", "search_text"])
    audit.record(
        "members.change_member",
        about=member,
        by=by,
        summary="Sửa hồ sơ đảng viên",
        changes={name: _told(name, old, getattr(member, name)) for name, old in before.items()},
    )
    return member


def _told(name: str, old: Any, new: Any) -> list[str]:
    if name in UNTOLD:
        return ["***", "***"]
    return ["" if value is None else str(value) for value in (old, new)]
