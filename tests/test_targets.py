"""Targets of a year: given from above, a number an organisation, on one page."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from cast import Cast, grant, make_member
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from members.actions.targets import set_targets, share_of_members
from members.models import Indicator, PartyOrganization, Target, User
from members.roles import Role
from portal.models import AuditEntry

Browser = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db

PAGE = reverse("members:targets")
ADMISSIONS = Indicator.ADMISSIONS


def give(cast: Cast, numbers: dict[int, int | None], *, basis: str = "05-CTr/ĐU") -> int:
    return set_targets(cast.a, numbers, by=cast.sec_a, indicator=ADMISSIONS, year=2026, basis=basis)


def given() -> dict[int, int]:
    return dict(Target.objects.filter(year=2026).values_list("organization", "value"))


def test_numbers_typed_on_the_page_are_the_targets(cast: Cast, signed_in: Browser) -> None:
    sent = {"basis": "05-CTr/ĐU", f"o{cast.a1.pk}": "3", f"o{cast.a2.pk}": ""}

    signed_in(cast.sec_a).post(f"{PAGE}?year=2026&organization={cast.a.pk}", sent)

    assert given() == {cast.a1.pk: 3}
    line = AuditEntry.objects.get(action="members.set_targets")
    assert line.changes == {str(cast.a1.pk): [None, 3]}


def test_emptied_field_takes_the_target_away_and_the_same_number_changes_nothing(cast: Cast) -> None:
    give(cast, {cast.a1.pk: 3, cast.a2.pk: 4})

    assert give(cast, {cast.a1.pk: 3, cast.a2.pk: None}) == 1
    assert given() == {cast.a1.pk: 3}


def test_another_document_is_a_change_too(cast: Cast) -> None:
    give(cast, {cast.a1.pk: 3})

    assert give(cast, {cast.a1.pk: 3}, basis="06-CTr/ĐU") == 1
    assert Target.objects.get().basis == "06-CTr/ĐU"


def test_one_wrong_number_writes_none_and_loses_none(cast: Cast, signed_in: Browser) -> None:
    sent = {"basis": "05-CTr/ĐU", f"o{cast.a1.pk}": "3", f"o{cast.a2.pk}": "ba"}

    page = signed_in(cast.sec_a).post(f"{PAGE}?year=2026&organization={cast.a.pk}", sent).content.decode()

    assert given() == {}
    assert "Có 1 số cần sửa." in page
    assert 'value="3"' in page and 'value="ba"' in page


def test_percent_only_suggests(cast: Cast, signed_in: Browser) -> None:
    for number in range(32):
        make_member(f"Phạm Văn {number}", cast.a1)
    members = cast.a1.memberships.count()

    page = signed_in(cast.sec_a).get(PAGE, {"year": 2026, "organization": cast.a.pk, "percent": "3"})

    assert page.context["form"][f"o{cast.a1.pk}"].value() == share_of_members(members, Decimal(3)) == 2
    assert "Đây là số gợi ý, chưa ghi." in page.content.decode()
    assert given() == {}


@pytest.mark.parametrize(
    ("members", "percent", "number"), [(100, "3", 3), (101, "3", 4), (0, "3", 0), (40, "2.5", 1)]
)
def test_share_of_members_is_never_less_than_asked(members: int, percent: str, number: int) -> None:
    assert share_of_members(members, Decimal(percent)) == number


def test_what_is_given_stands_beside_the_target_from_above(cast: Cast, signed_in: Browser) -> None:
    Target.objects.create(organization=cast.a, indicator=ADMISSIONS, year=2026, value=10)
    give(cast, {cast.a1.pk: 3, cast.a2.pk: 4})

    page = signed_in(cast.sec_a).get(PAGE, {"year": 2026, "organization": cast.a.pk}).content.decode()

    assert "đã giao 7 trên chỉ tiêu 10, còn 3 chưa giao" in page


def test_only_the_superior_gives(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        set_targets(cast.a, {cast.a1.pk: 3}, by=cast.sec_b, indicator=ADMISSIONS, year=2026, basis="x")
    # Nobody sets a target for himself, nor for whom another is above.
    for stranger in (cast.a, cast.b1):
        with pytest.raises(ValidationError, match="Không trực thuộc"):
            give(cast, {stranger.pk: 3})
    assert given() == {}


def test_head_of_the_house_writes_its_own(cast: Cast) -> None:
    grant(cast.off, Role.SECRETARY, cast.r)
    set_targets(cast.r, {cast.r.pk: 160}, by=cast.off, indicator=ADMISSIONS, year=2026, basis="Thành ủy giao")

    assert given() == {cast.r.pk: 160}


def test_target_needs_its_paper(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Ghi văn bản giao chỉ tiêu"):
        give(cast, {cast.a1.pk: 3}, basis="  ")


@pytest.mark.parametrize("query", ["organization={b}", "year=1900", "indicator=nothing"])
def test_address_of_another_part_or_of_nothing_is_no_page(cast: Cast, signed_in: Browser, query: str) -> None:
    answer = signed_in(cast.sec_a).get(f"{PAGE}?{query.format(b=cast.b.pk)}")

    assert answer.status_code == 404


def test_figure_is_measured_against_the_number(cast: Cast, signed_in: Browser) -> None:
    give(cast, {cast.a1.pk: 4})
    page = signed_in(cast.sec_a).get(reverse("members:statistics"), {"year": 2026, "organization": cast.a.pk})

    (share,) = [one for _, one in page.context["shares"] if one.organization == cast.a1]
    assert share.target == 4


def test_page_costs_the_same_however_many_organizations(
    cast: Cast, signed_in: Browser, django_assert_max_num_queries: Callable[..., object]
) -> None:
    browser = signed_in(cast.sec_a)
    browser.get(PAGE)
    with django_assert_max_num_queries(20) as few:  # type: ignore[attr-defined]
        browser.get(PAGE)
    for number in range(10):
        PartyOrganization.objects.create(
            name=f"Chi bộ thêm {number}",
            code=f"T{number}",
            level=cast.a1.level,
            parent=cast.a,
            valid_from=cast.a1.valid_from,
        )
    with django_assert_max_num_queries(20) as many:  # type: ignore[attr-defined]
        browser.get(PAGE)

    assert len(few) == len(many)
