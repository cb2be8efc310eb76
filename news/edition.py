"""The edition: a token that changes with everything published. Pieces of pages are kept under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone

from members.models import User
from members.roles import Role
from news.models import Category, Series, Tag
from portal.editions import Edition, Piece


class Heading(NamedTuple):
    """A category as the heads of pages show it: all that is seen of it, so that pieces can be kept by it."""

    pk: int
    slug: str
    name: str
    address: str


NEWS = Edition("news")


@receiver([post_save, post_delete], sender=Category)
@receiver([post_save, post_delete], sender=Series)
@receiver([post_save, post_delete], sender=Tag)
def renew(**kwargs: object) -> None:
    """Everything kept is out of date once this transaction is committed, and not before."""
    NEWS.renew()


def categories() -> dict[str, Heading]:
    """The categories in their order, by what stands in an address."""
    return NEWS.kept("headings", _headings)


def _headings() -> dict[str, Heading]:
    rows = Category.objects.all()
    return {row.slug: Heading(row.pk, row.slug, row.name, row.get_absolute_url()) for row in rows}


def kept(name: str, *, user: User, build: Callable[[], Piece]) -> Piece:
    """A piece of a page, the same for all readers of one audience; `build` reads by `published_to(user)`.

    None is not kept: for what does not exist there is always another name.

    The minute stands in the key, so that an item approved for 8 giờ 00 appears at 8 giờ 00, and so
    that nothing outlives a cache that was away when the edition changed.
    """
    minute = int(timezone.now().timestamp()) // 60
    return NEWS.kept(f"{minute}:{_audience(user)}:{name}", build)


def _audience(user: User) -> str:
    """Who sees the same published items as this user."""
    if not user.is_active:
        return "none"
    return "all" if user.has_role(Role.EDITOR) else ".".join(map(str, user.audiences)) or "public"
