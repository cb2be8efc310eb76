"""Ratings by period: who is rated where, the cap and its sentence, a cell on one page, organisations."""

import datetime
import io
from urllib.parse import parse_qsl

import pytest
from cast import grant, make_member, make_organization, reorganize
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from members import actions
from members.actions.ratings import Given
from members.actions.reorganization import Unit
from members.models import (
    CapBase,
    Exemption,
    FourGoodsAssessment,
    Membership,
    OrganizationRating,
    OrgLevel,
    PartyOrganization,
    QualityRating,
    RatingLevel,
    RatingRule,
    ReorgKind,
)
from members.ratings import RatingPeriod, board, member_cap, rule_of, to_be_rated
from members.roles import Role
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

D = datetime.date.fromisoformat
YEAR = RatingPeriod(2024)
RATED_ON = D("2024-12-20")
EXCELLENT, GOOD, COMPLETED = RatingLevel.EXCELLENT, RatingLevel.GOOD, RatingLevel.COMPLETED


def fill(organization, number):
    return [make_member(f"Lê Văn {place:02}", organization) for place in range(number)]


def rate(cast, members, level, organization=None, by=None, **more):
    given = [Given(member, level) for member in members]
    ask = {"rated_on": RATED_ON, "by": by or cast.sec_a} | more
    return actions.rate_members(organization or cast.a2, YEAR, given, **ask)


def expected(organization, period=YEAR):
    here = PartyOrganization.objects.filter(pk=organization.pk)
    return set(to_be_rated(here, period).values_list("member__full_name", flat=True))


@pytest.mark.parametrize(
    ("quarter", "first", "last"),
    [
        (0, "2024-01-01", "2024-12-31"),
        (1, "2024-01-01", "2024-03-31"),
        (2, "2024-04-01", "2024-06-30"),
        (4, "2024-10-01", "2024-12-31"),
    ],
)
def test_days_of_a_period(quarter, first, last):
    period = RatingPeriod(2024, quarter)

    assert (period.first, period.last) == (D(first), D(last))


def test_rated_is_who_belonged_there_at_the_end_of_the_period(cast):
    make_member("Người Mới", cast.a2, admitted_on=D("2025-01-05"))
    excused = make_member("Người Miễn", cast.a2)
    Exemption.objects.create(member=excused, reason="Tuổi cao", valid_from=D("2024-06-01"))
    moved = make_member("Người Chuyển", cast.a2)
    moved.memberships.update(valid_to=D("2025-02-01"))
    Membership.objects.create(member=moved, organization=cast.a1, valid_from=D("2025-02-02"))

    assert expected(cast.a2) == {"Dương Thị Ấn", "Người Chuyển"}
    assert expected(cast.a2, RatingPeriod(2025)) == {"Dương Thị Ấn", "Người Mới"}


def test_rule_of_the_last_day_of_the_period(cast):
    assert rule_of(RatingPeriod(2025, 2)).basis == "Hướng dẫn 21-HD/BTCTW năm 2019"
    assert rule_of(RatingPeriod(2025, 3)).basis == "Quy định 366-QĐ/TW ngày 30/8/2025, điều 11"
    assert rule_of(RatingPeriod(2018)) is None


def test_fifty_good_allow_ten_excellent(cast):
    """The example of 2019: excellent at most 20% of those rated good in the grassroots organisation."""
    members = fill(cast.a2, 60)
    rate(cast, members[:50], GOOD)
    rate(cast, members[50:], EXCELLENT)

    cap = member_cap(cast.a2, YEAR)

    assert (cap.excellent, cap.allowed, cap.is_over, cap.is_over_for_good) == (10, 10, False, False)
    assert "nhiều nhất 10, là 20% số được xếp loại hoàn thành tốt nhiệm vụ (50 đồng chí)" in cap.sentence


def test_part_of_a_person_is_nobody_and_the_base_is_the_rules(cast):
    members = fill(cast.a2, 10)
    rate(cast, members[:9], GOOD)
    rate(cast, members[9:], EXCELLENT)
    assert member_cap(cast.a2, YEAR).allowed == 1

    RatingRule.objects.filter(valid_from=D("2019-01-01")).update(cap_base=CapBase.GOOD_OR_BETTER)

    assert member_cap(cast.a2, YEAR).allowed == 2


def complete(cast, good):
    """Everybody of A is rated good or completed, but for Ấn in A2."""
    cells = [(cast.a1, [cast.mem_a1.member]), (cast.a2, fill(cast.a2, good))]
    for cell, members in cells:
        rate(cast, members, GOOD, cell)
    grant(cast.off, Role.SECRETARY, cast.r)
    rate(cast, [cast.sec_a.member], GOOD, cast.a1, by=cast.off)


def test_one_too_many_needs_a_reason_which_stays_in_the_trail(cast):
    complete(cast, good=2)

    with pytest.raises(ValidationError, match="Vượt 1. Vẫn ghi thì nêu lý do"):
        rate(cast, [cast.p_a2], EXCELLENT)
    assert not cast.p_a2.ratings.exists()

    rate(cast, [cast.p_a2], EXCELLENT, over_cap_reason="Cấp trên cho 25%")
    assert "vượt tỷ lệ: Cấp trên cho 25%" in (
        AuditEntry.objects.filter(action="members.rate_members").latest("pk").summary
    )


def test_no_reason_is_asked_while_those_missing_may_bring_it_right(cast):
    fill(cast.a2, 4)

    rate(cast, [cast.p_a2], EXCELLENT)

    cap = member_cap(cast.a2, YEAR)
    assert (cap.is_over, cap.is_over_for_good, cap.missing) == (True, False, 6)
    assert "Còn 6 đồng chí chưa xếp loại" in cap.sentence


def test_cap_counts_all_cells_of_the_grassroots_organization_and_no_other(cast):
    complete(cast, good=4)
    make_member("Người Của Bình", cast.b1)

    rate(cast, [cast.p_a2], EXCELLENT)

    assert (member_cap(cast.a1, YEAR).base, member_cap(cast.a1, YEAR).excellent) == (6, 1)
    assert member_cap(cast.b1, YEAR).excellent == 0
    assert member_cap(cast.r, YEAR) is None


def test_rating_stays_where_it_was_given(cast):
    rate(cast, [cast.p_a2], GOOD)

    cast.p_a2.organization = cast.b1
    cast.p_a2.save()

    assert QualityRating.objects.get().organization == cast.a2
    assert board(cast.a, YEAR).whole.levels == {GOOD: 1}


def test_own_rating_and_another_cell_are_refused(cast):
    with pytest.raises(PermissionDenied):
        rate(cast, [cast.sec_a.member], GOOD, cast.a1)
    with pytest.raises(PermissionDenied):
        rate(cast, [cast.p_b1], GOOD, cast.b1)
    with pytest.raises(ValidationError, match="không xếp loại năm 2024 ở tổ chức này"):
        rate(cast, [cast.p_b1], GOOD)
    assert not QualityRating.objects.exists()


def test_period_to_come_and_day_outside_it_are_refused(cast):
    given = [Given(cast.p_a2, GOOD)]
    with pytest.raises(ValidationError, match="Chưa đến năm 2099"):
        actions.rate_members(cast.a2, RatingPeriod(2099), given, rated_on=RATED_ON, by=cast.sec_a)
    with pytest.raises(ValidationError, match="Ngày xếp loại từ 01/01/2024"):
        rate(cast, [cast.p_a2], GOOD, rated_on=D("2023-12-31"))


def test_level_is_not_above_its_points(cast):
    later = RatingPeriod(2025)
    ask = {"rated_on": D("2025-12-20"), "by": cast.sec_a}

    with pytest.raises(ValidationError, match="89 điểm cao nhất là “Hoàn thành tốt nhiệm vụ”"):
        actions.rate_members(cast.a2, later, [Given(cast.p_a2, EXCELLENT, 89)], **ask)

    actions.rate_members(cast.a2, later, [Given(cast.p_a2, COMPLETED, 89)], **ask)
    assert cast.p_a2.ratings.get().points == 89


def test_rating_in_the_record_counts_where_he_was_and_keeps_to_the_cap(cast):
    complete(cast, good=2)
    rating = QualityRating(member=cast.p_a2, year=2024, level=EXCELLENT, rated_on=RATED_ON)

    with pytest.raises(ValidationError, match="trang Xếp loại của chi bộ, kèm lý do"):
        actions.enter(rating, by=cast.sec_a)

    rating.level = GOOD
    assert actions.enter(rating, by=cast.sec_a).organization == cast.a2
    before = QualityRating(member=cast.p_a2, year=2015, level=GOOD, rated_on=D("2015-12-01"))
    assert actions.enter(before, by=cast.sec_a).organization is None


def test_rating_of_where_he_was_is_not_written_from_elsewhere(cast):
    cast.p_a2.memberships.update(organization=cast.b1)
    rating = QualityRating(member=cast.p_a2, year=2024, level=GOOD, rated_on=RATED_ON)

    with pytest.raises(PermissionDenied, match="nơi ấy ghi xếp loại"):
        actions.enter(rating, by=cast.sec_a)


def test_superior_alone_rates_an_organization_and_gives_four_goods(cast):
    ask = {"level": GOOD, "rated_on": RATED_ON, "by": cast.sec_a}
    goods = {"has_good_tasks": True, "has_good_activity": True, "has_good_unity": True}

    actions.rate_organization(cast.a2, YEAR, **ask)
    row = actions.assess_four_goods(cast.a2, 2024, assessed_on=RATED_ON, by=cast.sec_a, **goods)

    assert (OrganizationRating.objects.get().level, row.is_awarded, row.goods) == (GOOD, False, 3)
    goods["has_good_people"] = True
    again = actions.assess_four_goods(cast.a2, 2024, assessed_on=RATED_ON, by=cast.sec_a, **goods)
    assert (again.pk, again.is_awarded) == (row.pk, True)
    for deed in (actions.rate_organization, actions.assess_four_goods):
        with pytest.raises(PermissionDenied):
            deed(cast.a, YEAR, **ask) if "rate" in deed.__name__ else deed(
                cast.a, 2024, assessed_on=RATED_ON, by=cast.sec_a
            )


def test_excellent_organizations_of_one_superior_are_capped(cast):
    cells = [cast.a1, cast.a2, *(make_organization(f"Chi bộ {n}", OrgLevel.CELL, cast.a) for n in range(4))]
    ask = {"rated_on": RATED_ON, "by": cast.sec_a}
    for cell in cells[:4]:
        actions.rate_organization(cell, YEAR, level=GOOD, **ask)

    actions.rate_organization(cells[4], YEAR, level=EXCELLENT, **ask)

    with pytest.raises(ValidationError, match="nhiều nhất 0, là 20%"):
        actions.rate_organization(cells[5], YEAR, level=EXCELLENT, **ask)


def test_database_keeps_one_rating_a_period_and_a_rising_scale(cast):
    ask = {"organization": cast.a2, "year": 2024, "level": GOOD, "rated_on": RATED_ON}
    OrganizationRating.objects.create(**ask)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganizationRating.objects.create(**ask)
    with pytest.raises(IntegrityError), transaction.atomic():
        RatingRule.objects.update(excellent_from=60)


def test_page_writes_a_whole_cell_at_once(cast, signed_in):
    other = make_member("Lê Văn Cao", cast.a2)
    client, address = signed_in(cast.sec_a), reverse("members:rate", args=[cast.a2.pk, 2025, 0])
    sent = {f"m{cast.p_a2.pk}-points": "84", f"m{other.pk}-level": "completed", "rated_on": "20/12/2025"}

    answer = client.post(address, sent | {"decision_number": "7-QĐ/ĐU"}, follow=True)

    assert "Đã ghi xếp loại 2 đồng chí." in answer.content.decode()
    rows = QualityRating.objects.values_list("member", "level", "points", "decision_number")
    assert set(rows) == {
        (cast.p_a2.pk, GOOD, 84, "7-QĐ/ĐU"),
        (other.pk, COMPLETED, None, "7-QĐ/ĐU"),
    }
    assert "Đã ghi xếp loại 0 đồng chí." in client.post(address, sent, follow=True).content.decode()


def test_page_keeps_what_was_typed_when_a_row_is_wrong(cast, signed_in):
    address = reverse("members:rate", args=[cast.a2.pk, 2025, 0])

    answer = signed_in(cast.sec_a).post(address, {f"m{cast.p_a2.pk}-points": "840", "rated_on": "20/12/2025"})

    assert "Dương Thị Ấn</a>: Điểm từ 0 đến 100." in answer.content.decode()
    assert 'value="840"' in answer.content.decode()


def test_every_number_of_the_overview_is_the_rows_behind_it(cast, signed_in):
    members = fill(cast.a2, 3)
    rate(cast, members[:2], GOOD)
    rate(cast, members[2:], COMPLETED)
    rate(cast, [cast.mem_a1.member], GOOD, cast.a1)
    client = signed_in(cast.sec_a)

    lines = client.get(reverse("members:ratings"), {"year": 2024}).context["board"]

    for line in [lines.whole, *lines.parts]:
        for level, _, number in line.by_level:
            ask = {"year": 2024, "organization": line.organization.pk, "level": level.value}
            assert client.get(reverse("members:ratings_list"), ask).context["total"] == number
    assert lines.whole.levels == {GOOD: 3, COMPLETED: 1}
    assert lines.whole.missing == 2


def test_period_stays_with_whom_it_was_of_after_a_handover(cast, signed_in):
    members = fill(cast.a2, 3)
    rate(cast, members[:2], GOOD)
    before = board(cast.a, YEAR)

    reorganize(cast, ReorgKind.HAND_OVER, cast.a2, on=D("2025-03-01"), target=cast.b)

    a, b = (board(PartyOrganization.objects.get(pk=one.pk), YEAR) for one in (cast.a, cast.b))
    assert (a.whole.levels, a.whole.missing) == (before.whole.levels, before.whole.missing)
    assert {line.organization.code: line.rated for line in a.parts} == {"A1": 0, "A2": 2}
    assert (b.whole.rated, [line.organization.code for line in b.parts]) == (0, ["B1"])
    page = signed_in(cast.sec_a).get(reverse("members:ratings_list"), {"year": 2024, "level": GOOD})
    assert page.context["total"] == 2
    assert "Lê Văn 00" not in page.text


def test_cap_is_that_of_the_level_of_the_period(cast):
    complete(cast, good=4)
    rate(cast, [cast.p_a2], EXCELLENT)
    section = Unit("Đảng bộ bộ phận An", "A", OrgLevel.SECTION)

    reorganize(cast, ReorgKind.LOWER, cast.a, on=D("2025-03-01"), units=(section,), target=cast.b)

    a, a2 = (PartyOrganization.objects.get(pk=one.pk) for one in (cast.a, cast.a2))
    assert board(a, YEAR).member_cap.excellent == member_cap(a2, YEAR).excellent == 1
    later = RatingPeriod(2025)
    assert board(a, later).member_cap is None
    assert member_cap(a2, later).missing == board(cast.b, later).member_cap.missing > 0


def test_secretary_of_a_meets_nothing_of_b(cast, signed_in):
    grant(cast.off, Role.SECRETARY, cast.r)
    rate(cast, [cast.p_b1], GOOD, cast.b1, by=cast.off)
    FourGoodsAssessment.objects.create(organization=cast.b, year=2024, assessed_on=RATED_ON)
    client = signed_in(cast.sec_a)

    asked = client.get(reverse("members:ratings_list"), {"year": 2024, "organization": cast.b.pk})

    assert (asked.context["head"], asked.context["total"]) == (cast.a, 0)
    assert "Bốn tốt" not in client.get(reverse("members:organization", args=[cast.b.pk])).content.decode()


def test_list_goes_on_from_page_to_page(cast, signed_in):
    rate(cast, fill(cast.a2, 52), GOOD)
    client, address = signed_in(cast.sec_a), reverse("members:ratings_list")

    first = client.get(address, {"year": 2024})
    second = client.get(address, dict(parse_qsl(first.context["next"].removeprefix("?"))))

    names = [row.member.full_name for page in (first, second) for row in page.context["rows"]]
    assert names == sorted(names)
    assert (len(set(names)), second.context["next"]) == (52, "")


def test_workbook_asks_why_and_leaves_a_line(cast, signed_in):
    rate(cast, [cast.p_a2], GOOD)
    client = signed_in(cast.sec_a)
    address = reverse("members:ratings_export", query={"year": 2024})

    assert "bắt buộc" in client.post(address).content.decode()
    answer = client.post(address, {"reason": "Báo cáo Đảng ủy"})

    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    rows = [row[1:3] for row in sheet.iter_rows(min_row=8, values_only=True)]
    assert rows == [("Dương Thị Ấn", "Hoàn thành tốt nhiệm vụ")]
    entry = AuditEntry.objects.get(action="members.export_ratings")
    assert "Báo cáo Đảng ủy" in entry.summary and entry.changes["count"] == [None, 1]


def test_overview_costs_the_same_at_two_and_at_twenty_cells(cast, signed_in, django_assert_max_num_queries):
    client, counts = signed_in(cast.sec_a), []
    client.get(reverse("members:ratings"))
    for number in (0, 18):
        for place in range(number):
            fill(make_organization(f"Chi bộ {place}", OrgLevel.CELL, cast.a), 2)
        with django_assert_max_num_queries(30) as asked:
            client.get(reverse("members:ratings"), {"year": 2024})
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_who_has_left_since_is_named_and_left_to_the_superior(cast, signed_in):
    cast.p_a2.organization = cast.b1
    cast.p_a2.save()

    row = signed_in(cast.sec_a).get(reverse("members:rate", args=[cast.a2.pk, 2025, 0])).context["rows"][0]

    assert (row.member, row.form, row.is_own) == (cast.p_a2, None, False)
