"""What people want of the kinds that nobody has to read: asked when a notice is posted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from portal import audit
from portal.models.preferences import NoticeChoice, NoticePreference
from portal.outbox.kinds import NoticeKind, kind_of, known_kinds
from portal.outbox.recipients import Recipient

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class Wanted(NamedTuple):
    by_mail: Sequence[Recipient]
    on_portal: Sequence[Recipient]


def wanted(kind: NoticeKind, people: Sequence[Recipient]) -> Wanted:
    """Who gets a letter, and who a copy on the portal; everybody both where nothing may be muted."""
    if kind.mandatory:
        return Wanted(people, people)
    accounts = [person.user.pk for person in people if person.user]
    chosen = dict(
        NoticePreference.objects.filter(kind=kind.code, user__in=accounts).values_list("user", "choice")
    )
    choices = [(person, chosen.get(person.user.pk) if person.user else None) for person in people]
    return Wanted(
        by_mail=[person for person, choice in choices if choice is None],
        on_portal=[person for person, choice in choices if choice != NoticeChoice.NEITHER],
    )


def mutable_kinds() -> list[NoticeKind]:
    """What may be switched off, by its name on the screen."""
    kinds = [kind for kind in known_kinds() if not kind.mandatory and not kind.is_asked_for]
    return sorted(kinds, key=lambda kind: kind.label)


def mandatory_labels() -> list[str]:
    return sorted({kind.label for kind in known_kinds() if kind.mandatory})


@transaction.atomic
def choose(choices: Mapping[str, str], *, by: AbstractBaseUser) -> None:
    """One's own choice for each kind by its code; both ways is the absence of a row."""
    for code, choice in choices.items():
        kind = kind_of(code)
        if kind.mandatory:
            raise ValidationError(f"“{kind.label}” luôn được gửi, không tắt được.", code="mandatory")
        mine = NoticePreference.objects.filter(user_id=by.pk, kind=code)
        if NoticeChoice(choice) == NoticeChoice.BOTH:
            mine.delete()
        else:
            NoticePreference.objects.update_or_create(
                user_id=by.pk, kind=code, defaults={"choice": NoticeChoice(choice)}
            )
    audit.record(
        "portal.choose_notices", about=by, by=by, summary="Đổi cách nhận thông báo", changes=dict(choices)
    )
