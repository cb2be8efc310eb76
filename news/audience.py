"""Who reads an item: the people themselves, and in words for whoever is about to ask them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from members.models import GRASSROOTS, PartyOrganization, User
from news.models import Article


@dataclass(frozen=True)
class Member:
    """One person of an audience, with the organisation and the grassroots unit he belongs to today."""

    user: User
    organization: PartyOrganization
    unit: PartyOrganization


def people_reached(article: Article) -> list[Member]:
    """Everybody with an active account in the organisations the item is for."""
    users = User.objects.active().filter(member__isnull=False).select_related("member__organization")
    if not article.is_for_all:
        heads = article.audience_organizations.values_list("pk", flat=True)
        users = users.filter(member__organization__path__overlap=list(heads))
    found = list(users.order_by("pk"))
    organizations = [user.member.organization for user in found if user.member]
    units = _units(organizations)
    return [Member(user, org, units[org.pk]) for user, org in zip(found, organizations, strict=True)]


def in_words(article: Article) -> str:
    """toàn đảng bộ, or the names of the organisations with what is below them."""
    if article.is_for_all:
        return "toàn đảng bộ"
    names = article.audience_organizations.in_tree_order().values_list("name", flat=True)
    return f"{', '.join(names)} và các tổ chức bên dưới"


def _units(organizations: Iterable[PartyOrganization]) -> dict[int, PartyOrganization]:
    """The grassroots organisation above each one (or itself); itself where there is none."""
    every = {org.pk: org for org in organizations}
    above = PartyOrganization.objects.on(timezone.localdate()).filter(
        pk__in={pk for org in every.values() for pk in org.path}, level__in=GRASSROOTS
    )
    grassroots = {unit.pk: unit for unit in above}
    return {
        pk: next((grassroots[step] for step in org.path if step in grassroots), org)
        for pk, org in every.items()
    }
