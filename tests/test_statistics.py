"""Figures: the number is the count of the rows behind its link, for every reader (ADR 0007)."""

import datetime
import html
import re
from decimal import Decimal

import pytest
from cast import grant, make_member, make_organization
from django.core.cache import cache
from django.urls import reverse

from members.models import (
    Admission,
    BadgeAward,
    Candidate,
    CourseKind,
    Enrollment,
    Inspection,
    InspectionSubject,
    OrgLevel,
    OwningCommittee,
    PartyOrganization,
    Target,
    TrainingCourse,
)
from members.roles import Role
from members.statistics import INDICATORS, PUBLIC, Pace, figure, figures, percent
from members.views.statistics import PARTS

pytestmark = pytest.mark.django_db

UNTIL = datetime.date(2024, 9, 26)
DAY = datetime.date(2024, 5, 19)


@pytest.fixture
def house(cast):
    """4 admissions in A, 1 in B, and one row or two of everything else."""
    cache.clear()
    OwningCommittee.objects.create(
        organization=cast.r,
        name="Đảng ủy Khối",
        organization_name="Đảng bộ Khối",
        parent_name="Đảng bộ thành phố",
        letters="ĐUK",
        place="Hải Phòng",
        effective_from=datetime.date(2020, 1, 1),
    )
    for number, cell in enumerate([cast.a1, cast.a1, cast.a1, cast.a2, cast.b1]):
        admit(make_member(f"Trần Văn Mới {number}", cell), DAY)
    admit(make_member("Trần Văn Cũ", cast.a1), datetime.date(2023, 12, 31))
    admit(make_member("Trần Văn Sau", cast.a1), datetime.date(2024, 9, 27))
    BadgeAward.objects.create(
        member=cast.p_a2, organization=cast.a2, badge_years=30, awarded_on=DAY, decision_number="1"
    )
    course = TrainingCourse.objects.create(
        kind=CourseKind.AWARENESS, name="Lớp 1", organization=cast.r, starts_on=DAY, ends_on=DAY
    )
    candidate = Candidate.objects.create(full_name="Lê Thị Quần", organization=cast.a1)
    Enrollment.objects.create(course=course, candidate=candidate)
    held = Inspection.objects.create(
        organization=cast.r, inspector="commission", kind="duty", decision_number="9-QĐ", concluded_on=DAY
    )
    InspectionSubject.objects.create(inspection=held, organization=cast.b)
    InspectionSubject.objects.create(inspection=held, member=cast.p_b1)
    Target.objects.create(organization=cast.r, indicator="admissions", year=2024, value=8)
    return cast


def admit(member, day):
    Admission.objects.create(
        member=member,
        organization=member.organization,
        decision_number="12-QĐ",
        decision_on=day,
        admitted_on=day,
    )


def test_figures_count_the_year_up_to_the_day_in_one_query(house, django_assert_num_queries):
    """And one for what has moved since, one for whether the head is the only root."""
    with django_assert_num_queries(3):
        counted = {one.code: one.value for one in figures(house.r, UNTIL)}

    assert counted == {
        "admissions": 5,
        "badges": 1,
        "awareness-courses": 1,
        "awareness-learners": 1,
        "new-member-courses": 0,
        "new-member-learners": 0,
        "inspected-organizations": 1,
        "inspected-members": 1,
    }


def test_figure_of_a_part_counts_its_subtree(house):
    assert figure("admissions", house.a, UNTIL).value == 4
    assert figure("admissions", house.a2, UNTIL).value == 1


def test_attainment_against_the_target_and_the_share_of_the_year(house):
    admissions = figure("admissions", house.r, UNTIL)

    assert (admissions.attainment, admissions.expected) == (Decimal("62.5"), Decimal("75.0"))
    assert (admissions.pace, admissions.pace_words) == (Pace.BEHIND, "Chậm 12,5 điểm so với kỳ vọng")


def test_without_target_no_percent(house):
    assert figure("admissions", house.a, UNTIL).attainment is None
    assert figure("badges", house.r, UNTIL).attainment is None


def test_reference_percent():
    assert percent(116, 160) == Decimal("72.5")


def test_months_run_up_to_the_value(house):
    assert figure("admissions", house.r, UNTIL).by_month() == [0, 0, 0, 0, 5, 5, 5, 5, 5]


def test_parts_sum_to_the_whole(house):
    whole = figure("admissions", house.r, UNTIL)

    assert {share.organization: share.value for share in whole.by_organization()} == {house.a: 4, house.b: 1}


@pytest.mark.parametrize("code", PUBLIC)
@pytest.mark.parametrize("who", ["mem_a1", "sec_a", "off", "edi", "adm"])
def test_number_is_the_count_of_rows_behind_its_link(house, signed_in, code, who):
    counted = figure(code, house.r, UNTIL)

    answer = signed_in(getattr(house, who)).get(counted.url)

    assert answer.status_code == 200
    assert len(answer.context["page"].rows) == counted.value


def test_names_only_for_who_may_see_the_record(house, signed_in):
    address = figure("admissions", house.r, UNTIL).url

    def names(user):
        return [row.name for row in signed_in(user).get(address).context["page"].rows if row.name]

    assert names(house.mem_a1) == names(house.off) == names(house.adm) == []
    assert sorted(names(house.sec_a)) == [f"Trần Văn Mới {number}" for number in range(4)]


def test_unit_of_few_people_is_not_named_to_others(house, signed_in):
    rows = signed_in(house.off).get(figure("admissions", house.r, UNTIL).url).context["page"].rows

    assert {row.unit for row in rows} == {house.a.name, "Đơn vị có dưới 3 người"}


def test_inspected_are_named_to_who_manages_them_only(house, signed_in):
    def names(user, code):
        page = signed_in(user).get(figure(code, house.r, UNTIL).url).context["page"]
        return [row.name for row in page.rows]

    assert names(house.sec_b, "inspected-organizations") == [house.b.name]
    assert names(house.sec_b, "inspected-members") == ["Đặng Văn Hùng"]
    assert names(house.sec_a, "inspected-organizations") == [""]
    assert names(house.sec_a, "inspected-members") == [""]


def test_inspected_are_named_to_the_commission_which_opens_no_record(house, signed_in):
    grant(house.mem_a1, Role.INSPECTION, house.r)

    page = signed_in(house.mem_a1).get(figure("inspected-members", house.r, UNTIL).url)

    assert [(row.name, row.member_id) for row in page.context["page"].rows] == [("Đặng Văn Hùng", None)]


def test_rows_come_in_pages_that_sum_to_the_number(house, signed_in):
    for number in range(110):
        admit(make_member(f"Lê Văn Thêm {number}", house.b1), DAY)
    counted = figure("admissions", house.r, UNTIL)
    client = signed_in(house.off)

    first = client.get(counted.url).context["page"]
    second = client.get(f"{counted.url}&after={first.after}").context["page"]

    assert len(first.rows) + len(second.rows) == counted.value == 115
    assert second.after == ""


def test_statistics_page_by_role(house, signed_in):
    address = reverse("members:statistics")

    answers = {column: signed_in(user).get(address).status_code for column, user in house.six.items()}

    assert answers == {"ANON": 302, "MEM": 403, "SEC": 200, "OFF": 403, "EDI": 403, "ADM": 403}


def test_statistics_page_shows_the_own_part_only(house, signed_in):
    answer = signed_in(house.sec_a).get(reverse("members:statistics"), {"year": 2024, "months": 9})

    assert answer.context["organization"] == house.a
    assert answer.context["chosen"].value == 5  # up to 30/9, so the one of 27/9 as well
    assert house.b.name not in answer.content.decode()


def test_ended_organisation_is_offered_as_one(house, signed_in):
    grant(house.off, Role.SECRETARY, house.r)
    PartyOrganization.objects.filter(pk=house.b.pk).update(valid_to=datetime.date(2025, 2, 28))

    page = signed_in(house.off).get(reverse("members:statistics"))

    offered = [str(label) for _, label in page.context["form"].fields["organization"].choices]
    assert offered == [house.r.name, house.a.name, f"{house.b.name} (đã kết thúc 28/02/2025)"]


@pytest.mark.parametrize(("who", "status"), [("mem_a1", 403), ("off", 403), ("sec_a", 404), ("sec_b", 200)])
def test_rows_of_a_part_are_for_who_manages_it(house, signed_in, who, status):
    address = figure("admissions", house.b, UNTIL).url

    assert signed_in(getattr(house, who)).get(address).status_code == status


@pytest.mark.parametrize("query", ["", "?until=x&organization=1", "?until=2024-09-26&organization=99999999"])
def test_bad_address_is_no_page(house, signed_in, query):
    address = reverse("members:figure", args=["admissions"]) + query

    assert signed_in(house.off).get(address).status_code == 404


@pytest.mark.parametrize("code", INDICATORS)
def test_each_figure_opens_by_month_and_by_organisation(house, signed_in, code):
    answer = signed_in(house.sec_a).get(
        reverse("members:statistics"), {"year": 2024, "months": 9, "indicator": code}
    )

    chosen, shares = answer.context["chosen"], answer.context["shares"]
    assert chosen.code == code
    assert sum(share.value for _, share in shares) == chosen.value
    assert answer.context["chart"].last.label == str(chosen.value)


@pytest.mark.parametrize("who", ["sec_a", "sec_b", "off"])
def test_every_number_on_the_page_is_the_count_of_rows_behind_its_link(house, signed_in, who):
    """Of a part of the tree, of another one, and of the whole; nobody else has the page."""
    grant(house.off, Role.SECRETARY, house.r)
    admit(make_member("Trần Văn Năm Ngoái", house.a2), datetime.date(2023, 2, 3))
    client = signed_in(getattr(house, who))

    asked = {"year": 2024, "months": 9}
    page = "".join(client.get(reverse("members:statistics"), asked | {"phan": part}).text for part in PARTS)

    links = re.findall(r'<a href="(/thong-ke/[a-z0-9_-]+/\?[^"]+)">([\d.]+)</a>', page)
    assert len(links) > len(INDICATORS)
    for address, number in links:
        answer = client.get(html.unescape(address))
        assert (len(answer.context["page"].rows), address) == (int(number), address)


def test_part_that_is_none_is_no_page(house, signed_in):
    assert signed_in(house.sec_a).get(reverse("members:statistics"), {"phan": "khac"}).status_code == 404


def test_last_year_is_known_in_every_part_once_anything_was_entered(house, signed_in):
    """A zero and what is not known read the same in each part: one admission makes the year known."""
    client, asked = signed_in(house.sec_a), {"year": 2024, "months": 9, "phan": "kiem-tra"}

    def last_year():
        return {one.last_year for one in client.get(reverse("members:statistics"), asked).context["findings"]}

    assert last_year() == {None}
    admit(make_member("Trần Văn Năm Ngoái", house.a2), datetime.date(2023, 2, 3))
    cache.clear()  # as the line of a deed in the trail does
    assert last_year() == {0}


def test_last_year_is_drawn_beside_this_one(house, signed_in):
    admit(make_member("Trần Văn Năm Ngoái", house.a2), datetime.date(2023, 2, 3))
    asked = {"year": 2024, "months": 3}

    answer = signed_in(house.sec_a).get(reverse("members:statistics"), asked)

    assert [point.label for point in answer.context["chart"].before] == ["0", "1", "1"]
    assert 'class="before"' in answer.text


def test_statistics_cost_the_same_however_many_units(house, signed_in, django_assert_max_num_queries):
    client = signed_in(house.sec_a)
    address = reverse("members:statistics")
    client.get(address)
    with django_assert_max_num_queries(25) as few:
        client.get(address)
    for number in range(20):
        make_organization(f"Chi bộ thêm {number}", OrgLevel.CELL, house.a)

    with django_assert_max_num_queries(25) as many:
        client.get(address)

    assert len(few) == len(many)
