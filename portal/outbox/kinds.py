"""The kinds of notices. An app registers its own in `AppConfig.ready`; the portal knows no words of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from portal.models import Delivery, Notice


@dataclass(frozen=True)
class Attachment:
    """`kind` is the MIME type with its parameters, such as "text/calendar; method=REQUEST"."""

    name: str
    content: bytes
    kind: str


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""


class NoticeKind:
    """What differs from kind to kind. Subclasses set the three names and write `compose`."""

    code: ClassVar[str]
    label: ClassVar[str]
    #: Nobody may switch this kind off for himself.
    mandatory: ClassVar[bool] = True
    #: Comes only to whoever has asked for it, and ends where it was asked for.
    is_asked_for: ClassVar[bool] = False

    def compose(self, delivery: Delivery) -> Letter:
        """The letter to this person, from what was frozen: the same at every attempt."""
        raise NotImplementedError

    def refusal(self, delivery: Delivery) -> str | None:
        """Asked right before sending: why it must not go any more, in a sentence; None if it may."""
        return None

    def address(self, delivery: Delivery) -> str:
        """Where it goes, asked right before sending; the frozen address unless the kind re-reads it."""
        return delivery.address

    def may_see_board(self, user: AbstractBaseUser, notice: Notice) -> bool:
        """Who sees to whom it went and what became of it."""
        return False

    def is_known_to(self, user: AbstractBaseUser, notice: Notice) -> bool:
        """Who may see the thing it is about: refused with 403, where others find nothing (404)."""
        return self.may_see_board(user, notice)

    def may_decide(self, user: AbstractBaseUser, notice: Notice) -> bool:
        """Who cancels, and decides on doubtful rows."""
        return False


_kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> NoticeKind:
    _kinds[kind.code] = kind
    return kind


def known_kinds() -> list[NoticeKind]:
    return list(_kinds.values())


def kind_of(code: str) -> NoticeKind:
    """The registered kind; a code nobody registered is a mistake in the program."""
    if code not in _kinds:
        raise LookupError(f"No notice kind {code!r} is registered; known: {sorted(_kinds)}")
    return _kinds[code]


def may_see_board(user: AbstractBaseUser, notice: Notice) -> bool:
    """As the app that sent it answers; a notice of an app no longer installed is nobody's."""
    kind = _kinds.get(notice.kind)
    return kind is not None and kind.may_see_board(user, notice)


def is_known_to(user: AbstractBaseUser, notice: Notice) -> bool:
    kind = _kinds.get(notice.kind)
    return kind is not None and kind.is_known_to(user, notice)


def may_watch(user: AbstractBaseUser) -> bool:
    """Who keeps the mail running sees states and reasons of every sending, nothing of its content (P33)."""
    return bool(user.has_perm("portal.watch_delivery"))  # type: ignore[attr-defined]


def label_of(notice: Notice) -> str:
    """What kind of letter it is, for who may not know more."""
    kind = _kinds.get(notice.kind)
    return kind.label if kind else "Thông báo"


def may_decide(user: AbstractBaseUser, notice: Notice) -> bool:
    kind = _kinds.get(notice.kind)
    return kind is not None and kind.may_decide(user, notice)
