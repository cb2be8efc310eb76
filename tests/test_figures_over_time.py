"""A figure once reported stays what it was, whatever is handed over, merged or divided later."""

import datetime
from collections import Counter
from dataclasses import replace

import pytest
from cast import make_member, make_organization, reorganize
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from members.actions.reorganization import Unit
from members.models import (
    Admission,
    CourseKind,
    Enrollment,
    Membership,
    OrgLevel,
    OwningCommittee,
    PartyMember,
    PartyOrganization,
    ReorgKind,
    TrainingCourse,
)
from members.statistics import figure, figures

pytestmark = pytest.mark.django_db

YEAR_END = datetime.date(2024, 12, 31)
JULY = datetime.date(2024, 7, 1)
A_WEEK = datetime.timedelta(days=7)
DAYS = [datetime.date(2024, month, 19) for month in (2, 5, 8, 11)]


@pytest.fixture
def house(cast):
    """In each cell one admission a quarter, and one more in A1."""
    OwningCommittee.objects.create(
        organization=cast.r,
        name="Đảng ủy Khối",
        organization_name="Đảng bộ Khối",
        parent_name="Đảng bộ thành phố",
        letters="ĐUK",
        place="Hải Phòng",
        effective_from=datetime.date(2020, 1, 1),
    )
    for cell in (cast.a1, cast.a2, cast.b1):
        for day in DAYS:
            admit(make_member(f"Trần Văn {cell.code} {day.month}", cell), day)
    admit(make_member("Trần Văn Thêm", cast.a1), DAYS[0])
    return cast


def admit(member, day):
    Admission.objects.create(
        member=member,
        organization=member.organization,
        decision_number="12-QĐ",
        decision_on=day,
        admitted_on=day,
    )


def told(until=YEAR_END):
    """What the pages say of every organisation: the number, its parts, the months."""
    numbers = {}
    for organization in PartyOrganization.objects.filter(valid_from__lte=YEAR_END):
        one = figure("admissions", organization, until)
        parts = {share.organization.code: share.value for share in one.by_organization() if share.value}
        if one.value:
            numbers[organization.code] = (one.value, parts, one.by_month())
    return numbers


def test_handed_over_organisation_leaves_its_old_figures_behind(house):
    before = told()

    reorganize(house, ReorgKind.HAND_OVER, house.a1, on=datetime.date(2025, 3, 1), target=house.b)

    assert told() == before
    assert before["A"][:2] == (9, {"A1": 5, "A2": 4})


def test_organisation_handed_over_within_the_year_counts_for_each_its_own_time(house):
    reorganize(house, ReorgKind.HAND_OVER, house.a1, on=JULY, target=house.b)

    numbers = {code: parts for code, (_, parts, _) in told().items()}
    assert numbers["A"] == {"A1": 3, "A2": 4}
    assert numbers["B"] == {"A1": 2, "B1": 4}
    assert numbers["R"] == {"A": 7, "B": 6}


def test_each_part_leads_to_its_rows_after_a_handover(house, signed_in):
    reorganize(house, ReorgKind.HAND_OVER, house.a1, on=JULY, target=house.b)
    client = signed_in(type(house.sec_b).objects.get(pk=house.sec_b.pk))

    page = client.get(reverse("members:statistics"), {"year": 2024, "months": 12})

    shares = [share for _, share in page.context["shares"]]
    assert {share.organization.code: share.value for share in shares} == {"A1": 2, "B1": 4}
    for share in shares:
        assert len(client.get(share.url).context["page"].rows) == share.value


def test_parts_of_the_whole_house_stay_with_who_manages_it(house, signed_in):
    reorganize(house, ReorgKind.HAND_OVER, house.a1, on=JULY, target=house.b)
    address = figure("admissions", house.r, YEAR_END).url + f"&part={house.a.pk}"

    assert signed_in(house.mem_a1).get(address).status_code == 404
    assert signed_in(house.sec_a).get(address).status_code == 404


def test_merged_organisations_keep_their_names_in_the_old_figures(house, signed_in):
    new = Unit("Đảng bộ Sở An Bình", "N", OrgLevel.GRASSROOTS_COMMITTEE)
    reorganize(house, ReorgKind.MERGE, house.a, on=datetime.date(2025, 3, 1), others=(house.b,), units=(new,))
    client = signed_in(type(house.off).objects.get(pk=house.off.pk))

    page = client.get(reverse("members:statistics"), {"year": 2024, "months": 12})

    assert [(name, share.value) for name, share in page.context["shares"]] == [
        ("Đảng bộ Sở An", 9),
        ("Đảng bộ Sở Bình", 4),
    ]


def test_second_tree_counts_for_itself_alone(house):
    other = make_organization("Đảng bộ Khác", OrgLevel.SUPERIOR, code="K")
    admit(make_member("Trần Văn Khác", other), DAYS[0])

    assert (figure("admissions", house.r, YEAR_END).value, figure("admissions", other, YEAR_END).value) == (
        13,
        1,
    )


def test_renamed_organisation_bears_its_old_name_in_old_figures(house, signed_in):
    name = Unit("Đảng bộ Sở An Khang", "AK", OrgLevel.GRASSROOTS_COMMITTEE)
    reorganize(house, ReorgKind.RENAME, house.a, on=datetime.date(2025, 3, 1), units=(name,))
    client = signed_in(house.sec_a)

    old = client.get(reverse("members:statistics"), {"year": 2024, "months": 12})
    new = client.get(reverse("members:statistics"), {"year": 2025, "months": 12})

    assert (old.context["name"], new.context["name"]) == ("Đảng bộ Sở An", "Đảng bộ Sở An Khang")


def test_learner_stands_with_the_cell_of_the_day(house, signed_in):
    course = TrainingCourse.objects.create(
        kind=CourseKind.NEW_MEMBERS, name="Lớp 1", organization=house.a, starts_on=DAYS[1], ends_on=DAYS[1]
    )
    Enrollment.objects.create(course=course, member=house.p_a2)
    Membership.objects.filter(member=house.p_a2).update(valid_to=JULY)
    Membership.objects.create(
        member=house.p_a2, organization=house.a1, valid_from=JULY + datetime.timedelta(days=1)
    )
    PartyMember.objects.filter(pk=house.p_a2.pk).update(organization=house.a1)

    page = signed_in(house.sec_a).get(figure("new-member-learners", house.a, YEAR_END).url).context["page"]

    assert [row.unit for row in page.rows] == [house.a2.name]


def test_figures_cost_four_queries_however_many_have_moved(house, django_assert_num_queries):
    for number, target in enumerate([house.b, house.a, house.b]):
        reorganize(house, ReorgKind.HAND_OVER, house.a1, on=JULY + number * A_WEEK, target=target)

    with django_assert_num_queries(4):
        assert figures(house.r, YEAR_END)[0].value == 13


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["hand over", "merge", "divide", "absorb", "hand over all", "lower", "raise"]),
        st.integers(0, 50),
        st.integers(0, 50),
        st.integers(1, 60),
    ),
    min_size=1,
    max_size=3,
)


@given(moves=MOVES, start=st.sampled_from([datetime.date(2024, 3, 1), datetime.date(2025, 1, 1)]))
# After the first two no cell is left to decide about.
@example(
    moves=[("hand over", 20, 0, 1), ("lower", 0, 0, 1), ("hand over", 0, 0, 1)],
    start=datetime.date(2024, 3, 1),
)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_figures_of_earlier_days_outlive_any_chain_of_decisions(house, moves, start):
    """Counts conserved: whatever moves, no row is lost or counted twice, and no earlier figure changes."""
    day = start
    with transaction.atomic():
        for number, move in enumerate(moves):
            eve = day - datetime.timedelta(days=1)
            before = told(min(eve, YEAR_END))
            _decide(house, number, move, day)
            assert told(min(eve, YEAR_END)) == before
            day += datetime.timedelta(days=move[3])
        assert told()["R"][0] == 13
        _no_row_is_lost_among_the_parts()
        transaction.set_rollback(True)


def _no_row_is_lost_among_the_parts():
    for organization in PartyOrganization.objects.filter(valid_from__lte=YEAR_END):
        whole = figure("admissions", organization, YEAR_END)
        shares = whole.by_organization()
        assert sum(share.value for share in shares) == whole.value
        rows = Counter()
        for share in shares:
            part = figure("admissions", organization, YEAR_END, part=share.organization)
            rows.update(part.rows().values_list("pk", flat=True))
            assert part.value == share.value
        assert set(rows.values()) <= {1}


def _decide(house, number, move, day):
    kind, first, second, _ = move
    committees = list(PartyOrganization.objects.on(day).filter(level="grassroots_committee").order_by("pk"))
    cells = list(PartyOrganization.objects.on(day).filter(level="cell").order_by("pk"))
    if not cells:
        return
    one, other = cells[first % len(cells)], cells[second % len(cells)]
    unit = Unit(f"Chi bộ mới {number}", f"N{number}", OrgLevel.CELL)
    if kind == "hand over all" and len(committees) > 1:
        reorganize(house, ReorgKind.ABSORB, committees[0], on=day, target=committees[1])
    elif kind == "merge" and one != other:
        reorganize(house, ReorgKind.MERGE, one, on=day, others=(other,), units=(unit,))
    elif kind == "absorb" and one != other:
        reorganize(house, ReorgKind.ABSORB, one, on=day, target=other)
    elif kind == "divide" and one.members.count() > 1:
        chosen = frozenset([one.members.order_by("pk").first().pk])
        unit = replace(unit, members=chosen)
        more = Unit(f"Chi bộ thứ hai {number}", f"M{number}", OrgLevel.CELL)
        reorganize(house, ReorgKind.DIVIDE, one, on=day, units=(unit, more))
    elif kind == "lower" and committees:
        head = committees[first % len(committees)]
        lower = Unit(head.name, head.code, OrgLevel.GRASSROOTS_CELL)
        reorganize(house, ReorgKind.LOWER, head, on=day, units=(lower,))
    elif kind == "raise" and one.members.count() > 2:
        people = list(one.members.order_by("pk").values_list("pk", flat=True))
        raised = Unit(one.name, one.code, OrgLevel.GRASSROOTS_COMMITTEE)
        parts = [Unit(f"Chi bộ {number}.{n}", f"R{number}{n}", OrgLevel.CELL, {people[n]}) for n in range(3)]
        reorganize(house, ReorgKind.RAISE, one, on=day, units=(raised, *parts), target=house.r)
    elif target := next((one_ for one_ in committees if one_.pk != one.parent_id), None):
        reorganize(house, ReorgKind.HAND_OVER, one, on=day, target=target)
