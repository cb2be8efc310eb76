"""Finding people by name, for those who manage an organisation (P64)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from members.models import PartyMember, PartyOrganization, User
from members.permissions import can_open_register
from members.register import matching, search
from portal.search.excerpts import marked
from portal.search.query import Query
from portal.search.sources import Hit, Results, Source, offer_organizations, register
from portal.search.suggestions import OF_A_SOURCE, Suggestion

FOUND = 20


class MemberSource(Source):
    code = "dang-vien"
    label = "Đảng viên"
    has_time = False
    has_organization = True

    def is_open_to(self, user: User) -> bool:
        return can_open_register(user)

    def search(self, query: Query, user: User) -> Results:
        members = PartyMember.objects.visible_to(user).current()
        if query.limits.organization:
            members = members.filter(organization__path__contains=[query.limits.organization])
        found = search(members, query.words)
        hits = [
            Hit(
                marked(member.full_name, query.pattern(member.full_name)),
                reverse("members:member", args=[member.pk]),
                note=member.organization.name,
            )
            for member in found.members[:FOUND]
        ]
        more = f"{reverse('members:list')}?{urlencode({'q': query.words})}" if found.total > FOUND else ""
        return Results(self, hits, is_full=found.total > FOUND, more=more)

    def suggest(self, syllables: list[str], user: User) -> list[Suggestion]:
        """By name only: a number typed to its end is for the search itself."""
        words = " ".join(syllables)
        if words[:1].isdecimal():
            return []
        found = matching(PartyMember.objects.visible_to(user).current(), words).order_by("sort_key", "pk")
        rows = found.values_list("full_name", "pk")[:OF_A_SOURCE]
        return [Suggestion(name, reverse("members:member", args=[pk])) for name, pk in rows]


def _organizations(user: User) -> list[tuple[int, str]]:
    """The grassroots organisations of today, which everybody may know of."""
    today = PartyOrganization.objects.visible_to(user).on(timezone.localdate()).grassroots()
    return list(today.in_tree_order().values_list("pk", "name"))


register(MemberSource())
offer_organizations(_organizations)
