"""Who gets a notice, and what the office sees about that before it sends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


@dataclass(frozen=True)
class Recipient:
    """One person to be told. `key` stays the same whatever changes about the person: "user:12"."""

    user: AbstractBaseUser | None
    name: str
    address: str
    key: str


@dataclass(frozen=True)
class LeftOut:
    """Somebody on the list who gets nothing, and the reason as a short phrase ("đã báo vắng")."""

    name: str
    reason: str


@dataclass(frozen=True)
class Preview:
    """The list before sending: every person stands in exactly one of the first four groups."""

    by_mail_and_portal: Sequence[Recipient]
    by_mail: Sequence[Recipient]
    by_portal: Sequence[Recipient]
    unreachable: Sequence[Recipient]
    left_out: Sequence[LeftOut]

    @property
    def total(self) -> int:
        return self.told + len(self.unreachable) + len(self.left_out)

    @property
    def told(self) -> int:
        return len(self.by_mail_and_portal) + len(self.by_mail) + len(self.by_portal)

    @property
    def left_out_by_reason(self) -> dict[str, list[LeftOut]]:
        groups: dict[str, list[LeftOut]] = {}
        for person in self.left_out:
            groups.setdefault(person.reason, []).append(person)
        return groups


def preview(recipients: Iterable[Recipient], *, left_out: Iterable[LeftOut] = ()) -> Preview:
    """Who would get it and how, who would not and why. Writes nothing."""
    groups: dict[tuple[bool, bool], list[Recipient]] = {}
    for recipient in distinct(recipients):
        groups.setdefault((bool(recipient.address), recipient.user is not None), []).append(recipient)
    return Preview(
        by_mail_and_portal=groups.get((True, True), []),
        by_mail=groups.get((True, False), []),
        by_portal=groups.get((False, True), []),
        unreachable=groups.get((False, False), []),
        left_out=list(left_out),
    )


def distinct(recipients: Iterable[Recipient]) -> list[Recipient]:
    """The first of each key, in the order given."""
    return list({recipient.key: recipient for recipient in reversed(list(recipients))}.values())[::-1]
