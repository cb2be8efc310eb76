"""The tree of organisations: its place columns say what the parents say, whoever wrote them (ADR 0006)."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast, make_organization, reorganize
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from members.actions.reorganization import Unit
from members.demo import tree
from members.models import OrgLevel, PartyOrganization, ReorgKind

FROM = datetime.date(2025, 7, 1)


def misplaced() -> list[str]:
    """Organisations whose columns differ from the walk up their parents."""
    by_key = {organization.pk: organization for organization in PartyOrganization.objects.all()}

    def walk(organization: PartyOrganization) -> list[PartyOrganization]:
        above = by_key.get(organization.parent_id)
        return [*(walk(above) if above else []), organization]

    return [
        organization.name
        for organization in by_key.values()
        if organization.path != [one.pk for one in walk(organization)]
        or organization.tree_order != [sign for one in walk(organization) for sign in (one.position, one.pk)]
    ]


def under(*heads: PartyOrganization) -> set[str]:
    return set(PartyOrganization.objects.under([head.pk for head in heads]).values_list("code", flat=True))


def hand_over(cast: Cast, organization: PartyOrganization, to: PartyOrganization) -> None:
    reorganize(cast, ReorgKind.HAND_OVER, organization, on=FROM, target=to)


def test_new_organizations_know_their_place(cast: Cast) -> None:
    group = make_organization("Tổ đảng Một", OrgLevel.GROUP, cast.a1, "A1-1")

    assert misplaced() == []
    assert group.path == [cast.r.pk, cast.a.pk, cast.a1.pk, group.pk]
    assert (under(cast.a), under(cast.a1, cast.b1)) == ({"A", "A1", "A2", "A1-1"}, {"A1", "A1-1", "B1"})


def test_branch_that_is_handed_over_takes_all_below_along(cast: Cast) -> None:
    make_organization("Tổ đảng Một", OrgLevel.GROUP, cast.a1, "A1-1")

    hand_over(cast, cast.a, cast.b)

    assert misplaced() == []
    assert under(cast.b) == {"B", "B1", "A", "A1", "A2", "A1-1"}


def test_another_position_among_siblings_moves_the_branch_in_the_listing(cast: Cast) -> None:
    cast.a.position = 9
    cast.a.save()

    assert misplaced() == []
    in_order = PartyOrganization.objects.in_tree_order().values_list("code", flat=True)
    assert list(in_order) == ["R", "B", "B1", "A", "A1", "A2"]


@pytest.mark.django_db
def test_bulk_writer_of_the_sample_sets_the_columns() -> None:
    tree.plant()

    assert PartyOrganization.objects.count() > 500
    assert misplaced() == []


@pytest.mark.parametrize("below", ["a", "a1"])
def test_organization_goes_under_neither_itself_nor_its_own_branch(cast: Cast, below: str) -> None:
    with pytest.raises(ValidationError, match="không thể là chính tổ chức này hoặc cấp dưới"):
        hand_over(cast, cast.a, getattr(cast, below))


def test_old_superior_stays_with_its_last_day(cast: Cast) -> None:
    hand_over(cast, cast.a1, cast.b)

    lived = [(row.parent, row.valid_from, row.valid_to) for row in cast.a1.parents.order_by("valid_from")]
    assert lived == [
        (cast.a, cast.a1.valid_from, FROM - datetime.timedelta(days=1)),
        (cast.b, FROM, None),
    ]


def test_old_name_stays_with_its_last_day(cast: Cast) -> None:
    new = Unit("Đảng bộ Sở An Mới", "AM", cast.a.level)
    reorganize(cast, ReorgKind.RENAME, cast.a, on=FROM, units=(new,))

    lived = [(row.name, row.code, row.valid_to) for row in cast.a.names.order_by("valid_from")]
    assert lived == [
        ("Đảng bộ Sở An", "A", FROM - datetime.timedelta(days=1)),
        ("Đảng bộ Sở An Mới", "AM", None),
    ]
    assert PartyOrganization.objects.get(search_text__contains="so an moi") == cast.a


def test_same_name_and_early_day_are_refused(cast: Cast) -> None:
    for name, on in [(cast.a.name, FROM), ("Đảng bộ Khác", cast.a.valid_from)]:
        with pytest.raises(ValidationError):
            new = Unit(name, cast.a.code, cast.a.level)
            reorganize(cast, ReorgKind.RENAME, cast.a, on=on, units=(new,))

    assert not cast.a.names.exists()


def test_secretary_of_the_receiving_side_sees_the_people_and_the_giving_side_no_more(
    cast: Cast, signed_in: Callable[..., Client]
) -> None:
    hand_over(cast, cast.a2, cast.b)

    page = reverse("members:member", args=[cast.p_a2.pk])
    answers = [signed_in(user).get(page).status_code for user in (cast.sec_a, cast.sec_b)]
    assert answers == [404, 200]
