"""A page of the register: by name in Vietnamese order, from where the last page ended."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from members.models import FormerNumber, PartyMember
from members.models.people import PartyMemberQuerySet
from portal.vietnamese import fold, nfc

PAGE_SIZE = 50
#: A search shows its best hits and asks for more letters; only the whole list is paged.
MOST_HITS = 100


@dataclass(frozen=True)
class Page:
    members: list[PartyMember]
    total: int
    #: The last row, from which the next page goes on; None on the last page.
    after: int | None


def page_after(members: PartyMemberQuerySet, after: int | None) -> Page:
    """The rows behind `after` in the order of names. Keyset: as quick at the end as at the start."""
    rows = members.by_name().select_related("organization")
    if after and (last := members.filter(pk=after).values_list("sort_key", "pk").first()):
        rows = rows.filter(sort_key__gte=last[0]).filter(
            Q(sort_key__gt=last[0]) | Q(sort_key=last[0], pk__gt=last[1])
        )
    found = list(rows[: PAGE_SIZE + 1])
    more = len(found) > PAGE_SIZE
    return Page(
        members=found[:PAGE_SIZE],
        total=members.count(),
        after=found[PAGE_SIZE - 1].pk if more else None,
    )


def matching(members: PartyMemberQuerySet, words: str) -> PartyMemberQuerySet:
    """By name with or without marks, or by a whole number, a former one too (P66)."""
    words = nfc(words)
    if words[:6].isdecimal() and words.isalnum():
        had = FormerNumber.objects.filter(number__iexact=words)
        numbered = Q(card_number=words) | Q(citizen_number=words) | Q(file_number__iexact=words)
        return members.filter(numbered | Q(pk__in=had.values("member")))
    # From the beginning of a word: "an" finds Ấn and An, not Trần.
    folded = fold(words)
    return members.filter(Q(search_text__startswith=folded) | Q(search_text__contains=f" {folded}"))


def search(members: PartyMemberQuerySet, words: str) -> Page:
    """The best hits: exact marks first, then by name."""
    hits = matching(members, words)
    exact = Case(When(full_name__icontains=nfc(words), then=Value(0)), default=1, output_field=IntegerField())
    rows = hits.select_related("organization").order_by(exact, "sort_key", "pk")
    return Page(members=list(rows[:MOST_HITS]), total=hits.count(), after=None)
