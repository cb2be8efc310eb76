"""Targets of a year: given from above, a number an organisation, on one page."""

import datetime
import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from cast import Cast, grant, make_member, make_organization
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from members.actions.targets import set_targets
from members.models import Admission, Indicator, OrgLevel, PartyOrganization, Target, User
from members.roles import Role
from members.targets import Amount, Share
from portal.models import AuditEntry

Browser = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db

PAGE = reverse("members:targets")
ADMISSIONS = Indicator.ADMISSIONS


def give(cast: Cast, amounts: dict[int, Amount], *, basis: str = "05-CTr/ĐU", **more: Any) -> int:
    ask = {"by": cast.sec_a, "indicator": ADMISSIONS, "year": 2026, "basis": basis} | more
    return set_targets(cast.a, amounts, **ask)


def crowd(cast: Cast) -> int:
    """A1 with 34 members at the end of the year before."""
    for number in range(32):
        make_member(f"Phạm Văn {number}", cast.a1)
    return cast.a1.memberships.count()


def press(client: Client, cast: Cast, sent: dict[str, str], **query: str) -> Any:
    """On the page as it stands now."""
    address = reverse("members:targets", query={"year": 2026, "organization": cast.a.pk} | query)
    return client.post(address, {"seen": client.get(address).context["board"].seen} | sent)


def given() -> dict[int, int]:
    return dict(Target.objects.filter(year=2026).values_list("organization", "value"))


def test_numbers_typed_on_the_page_are_the_targets(cast: Cast, signed_in: Browser) -> None:
    sent = {"basis": "05-CTr/ĐU", f"o{cast.a1.pk}": "3", f"o{cast.a2.pk}": ""}

    press(signed_in(cast.sec_a), cast, sent)

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
    members = crowd(cast)

    page = signed_in(cast.sec_a).get(PAGE, {"year": 2026, "organization": cast.a.pk, "percent": "3"})

    assert page.context["form"][f"o{cast.a1.pk}"].value() == "3%"
    assert f"là 2, trên {members} đảng viên" in page.text
    assert "Đây là tỷ lệ gợi ý, chưa ghi." in page.text
    assert given() == {}


@pytest.mark.parametrize(
    ("members", "percent", "number"), [(100, "3", 3), (101, "3", 4), (0, "3", 0), (40, "2.5", 1)]
)
def test_share_of_members_is_never_less_than_asked(members: int, percent: str, number: int) -> None:
    assert Share(Decimal(percent)).of(members) == number


def test_share_stays_a_share_of_the_members_it_was_reckoned_on(cast: Cast, signed_in: Browser) -> None:
    members = crowd(cast)
    sent = {"basis": "05-CTr/ĐU", f"o{cast.a1.pk}": "2,5 %", f"o{cast.a2.pk}": "3"}
    press(signed_in(cast.sec_a), cast, sent)
    make_member("Người Thêm", cast.a1)

    target = Target.objects.get(organization=cast.a1)

    assert (target.percent, target.members, target.value) == (Decimal("2.5"), members, 1)
    assert target.words == f"2,5% của {members} đảng viên (1)"
    assert give(cast, {cast.a1.pk: Share(Decimal("2.5")), cast.a2.pk: 3}) == 0
    assert AuditEntry.objects.get(action="members.set_targets").changes[str(cast.a1.pk)] == [None, "2,5%"]


def test_number_takes_the_place_of_a_share(cast: Cast) -> None:
    give(cast, {cast.a1.pk: Share(Decimal(50))})

    give(cast, {cast.a1.pk: 7})

    target = Target.objects.get()
    assert (target.value, target.percent, target.members) == (7, None, None)


def test_share_of_nobody_and_of_what_is_no_people_is_refused(cast: Cast, signed_in: Browser) -> None:
    new = make_organization("Chi bộ mới", OrgLevel.CELL, cast.a)
    with pytest.raises(ValidationError, match="cuối năm trước chưa có đảng viên, giao bằng số"):
        give(cast, {new.pk: Share(Decimal(3))})
    with pytest.raises(ValidationError, match="giao bằng số, không giao theo tỷ lệ"):
        give(cast, {cast.a1.pk: Share(Decimal(3))}, indicator=Indicator.AWARENESS_COURSES)

    address = f"{PAGE}?year=2026&organization={cast.a.pk}&indicator=awareness-courses"
    page = signed_in(cast.sec_a).post(address, {"basis": "x", f"o{cast.a1.pk}": "3%"}).text
    assert "Ghi số nguyên, ví dụ 12; để trống nếu không giao." in page
    assert given() == {}


@pytest.mark.parametrize("wrong", ["0%", "101%", "3,25%", "-1", "3%%", "12.34"])
def test_amount_that_is_none_is_said(cast: Cast, signed_in: Browser, wrong: str) -> None:
    sent = {"basis": "x", f"o{cast.a1.pk}": wrong}

    page = signed_in(cast.sec_a).post(f"{PAGE}?year=2026&organization={cast.a.pk}", sent).text

    assert "hoặc tỷ lệ từ 0,1% đến 100%" in page and given() == {}


def test_database_keeps_a_share_and_its_number_together(cast: Cast) -> None:
    for percent, members, value in [("3", None, 3), (None, 100, 3), ("3", 100, 4), ("3", 100, 2)]:
        row = {"percent": percent and Decimal(percent), "members": members, "value": value}
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(organization=cast.a1, indicator=ADMISSIONS, year=2026, **row)


def test_two_at_once_overwrite_nothing_in_silence(cast: Cast, signed_in: Browser) -> None:
    client, address = signed_in(cast.sec_a), f"{PAGE}?year=2026&organization={cast.a.pk}"
    seen = client.get(address).context["board"].seen
    give(cast, {cast.a1.pk: 9, cast.a2.pk: 4})

    sent = {"basis": "07-CTr/ĐU", "seen": seen, f"o{cast.a1.pk}": "3", f"o{cast.a2.pk}": "4"}
    answer = client.post(address, sent)

    assert given() == {cast.a1.pk: 9, cast.a2.pk: 4}
    assert "vừa được người khác sửa" in answer.text
    # Only what differs is named, the paper too.
    assert re.findall(r"đang ghi: [^<]+", answer.text) == ["đang ghi: 05-CTr/ĐU", "đang ghi: 9"]
    assert 'value="3"' in answer.text
    latest = answer.context["form"]["seen"].value()
    client.post(address, sent | {"seen": latest})
    assert given() == {cast.a1.pk: 3, cast.a2.pk: 4}


def test_press_that_does_not_say_what_was_seen_overwrites_nothing(cast: Cast, signed_in: Browser) -> None:
    give(cast, {cast.a1.pk: 9})

    sent = {"basis": "05-CTr/ĐU", f"o{cast.a1.pk}": "3"}
    answer = signed_in(cast.sec_a).post(f"{PAGE}?year=2026&organization={cast.a.pk}", sent)

    assert given() == {cast.a1.pk: 9}
    assert "vừa được người khác sửa" in answer.text and "đang ghi: 9" in answer.text


def test_workbook_holds_what_was_given_in_the_year(cast: Cast, signed_in: Browser) -> None:
    members = crowd(cast)
    Target.objects.create(organization=cast.b, indicator=ADMISSIONS, year=2026, value=5)
    give(cast, {cast.a1.pk: Share(Decimal(3)), cast.a2.pk: 4})
    give(cast, {cast.a2.pk: 1}, indicator=Indicator.AWARENESS_COURSES)

    answer = signed_in(cast.sec_a).post(reverse("members:targets_export", query={"year": 2026}))

    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    rows = [row[1:5] for row in sheet.iter_rows(min_row=7, values_only=True) if row[1]]
    assert rows == [
        (cast.a1.name, "3", members, 2),
        (cast.a2.name, None, None, 4),
        (cast.a2.name, None, None, 1),
    ]
    assert AuditEntry.objects.get(action="members.export_targets").changes["count"] == [None, 3]


def test_page_of_the_organization_shows_its_targets_and_what_came_of_them(
    cast: Cast, signed_in: Browser
) -> None:
    Target.objects.create(organization=cast.a, indicator=ADMISSIONS, year=2024, value=4, basis="05-CTr/ĐUK")
    for day in (datetime.date(2024, 3, 1), datetime.date(2024, 11, 1)):
        ask = {"decision_number": "1-QĐ", "decision_on": day, "admitted_on": day, "organization": cast.a1}
        Admission.objects.create(member=make_member(f"Lê Thị {day.month}", cast.a1), **ask)
    address = reverse("members:organization", args=[cast.a.pk])

    page = signed_in(cast.sec_a).get(address, {"ngay": "30/9/2024"})

    (one,) = page.context["given"]
    assert (one.target.words, one.figure.value, one.figure.attainment) == ("4", 1, Decimal(25))
    assert "Chỉ tiêu năm 2024" in page.text and f"?organization={cast.a.pk}&amp;year=2024" in page.text
    assert "Chỉ tiêu năm" not in signed_in(cast.sec_b).get(address, {"ngay": "30/9/2024"}).text


def test_figures_say_the_share_beside_the_number_it_comes_to(cast: Cast, signed_in: Browser) -> None:
    crowd(cast)
    share = {"indicator": ADMISSIONS, "year": 2026, "percent": Decimal(3)}
    Target.objects.create(organization=cast.a, value=2, members=36, **share)
    Target.objects.create(organization=cast.a1, value=1, members=33, **share)
    client, asked = signed_in(cast.sec_a), {"year": 2026, "months": 9, "organization": cast.a.pk}

    page = client.get(reverse("members:statistics"), asked)

    beside = '<br><span class="fine">3% của {} đảng viên</span>'
    # The indicator, and the last line of the table by organisation.
    assert page.text.count(f"2{beside.format(36)}") == 2
    assert page.text.count(f"1{beside.format(33)}") == 1
    sent = client.get(reverse("members:report_send", query=asked)).text
    assert f"2{beside.format(36)}" in sent
    assert "chỉ tiêu 2 (3% của 36 đảng viên)" in client.get(page.context["chosen"].figure.url).text


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


def test_page_asks_the_targets_once_and_builds_no_tree(cast: Cast, signed_in: Browser) -> None:
    client = signed_in(cast.sec_a)
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)

    said = [query["sql"] for query in asked]
    assert len([sql for sql in said if 'FROM "members_target"' in sql]) == 1
    assert not [sql for sql in said if 'FROM "members_organizationname"' in sql]


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
