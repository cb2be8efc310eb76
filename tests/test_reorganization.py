"""Reorganisation: each kind of decision, counts conserved, old figures kept, looked at and taken back."""

import datetime
import random
from dataclasses import replace

import pytest
from cast import grant, hold, make_member, make_organization
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.models import model_to_dict

from members.actions import reorganization
from members.actions.reorganization import Plan, Unit
from members.models import (
    Membership,
    OrganizationLevel,
    OrganizationName,
    OrganizationParent,
    OrgLevel,
    OrgSuccession,
    PartyMember,
    PartyOrganization,
    PositionHolding,
    Reorganization,
    ReorgKind,
    RoleGrant,
    Transfer,
)
from members.roles import Role
from members.tree import OrganizationTree, members_on
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

EVE, ON = datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)
NEW = Unit("Chi bộ Hợp nhất", "A9", OrgLevel.CELL)
SECOND = Unit("Chi bộ Thứ hai", "A8", OrgLevel.CELL)
RAISED = Unit("Đảng bộ Phòng An Một", "A1", OrgLevel.GRASSROOTS_COMMITTEE)
LOWERED = Unit("Chi bộ Sở An", "A", OrgLevel.GRASSROOTS_CELL)


@pytest.fixture
def boss(cast):
    """Manages the whole house."""
    grant(cast.off, Role.SECRETARY, cast.r)
    return type(cast.off).objects.get(pk=cast.off.pk)


def plan(kind, source, **fields):
    row = {"decision_number": "112-QĐ/ĐUK", "decided_on": ON, "effective_on": ON}
    return Plan(kind=kind, source=PartyOrganization.objects.get(pk=source.pk), **row | fields)


def everyone():
    return set(PartyOrganization.objects.values_list("pk", flat=True))


def of(day):
    return members_on(day, everyone())


def picture():
    """Every row a decision may write."""
    models = (
        PartyOrganization,
        OrganizationLevel,
        OrganizationName,
        OrganizationParent,
        PartyMember,
        Membership,
        PositionHolding,
        RoleGrant,
        Transfer,
        OrgSuccession,
    )
    return {
        model.__name__: sorted(
            (str(sorted(model_to_dict(row).items())) + str(getattr(row, "path", "")))
            for row in model.objects.all()
        )
        for model in models
    }


def test_merger_moves_all_into_a_new_organisation_with_its_links(cast, boss):
    hold(cast.mem_a1, cast.secretary, cast.a1)
    before = of(EVE)

    row = reorganization.reorganize(plan(ReorgKind.MERGE, cast.a1, others=(cast.a2,), units=(NEW,)), by=boss)

    new = PartyOrganization.objects.get(code="A9")
    assert of(ON)[new.pk] == before[cast.a1.pk] + before[cast.a2.pk] == 3
    assert of(EVE) == before
    assert set(row.successions.values_list("predecessor", "successor")) == {
        (cast.a1.pk, new.pk),
        (cast.a2.pk, new.pk),
    }
    cast.a1.refresh_from_db()
    assert (cast.a1.valid_to, new.path) == (EVE, [cast.r.pk, cast.a.pk, new.pk])
    seat = PositionHolding.objects.get(organization=cast.a1)
    assert (seat.valid_to, seat.ended_by, seat.end_decision_number) == (EVE, "reorganized", "112-QĐ/ĐUK")
    assert set(Transfer.objects.values_list("kind", "to_organization")) == {("collective", new.pk)}


def test_absorbed_committee_brings_its_cells(cast, boss):
    reorganization.reorganize(plan(ReorgKind.ABSORB, cast.b, target=cast.a), by=boss)

    tree = OrganizationTree(boss, ON)
    assert {one.organization.code for one in tree.branches[cast.a.pk].branches} == {"A1", "A2", "B1"}
    assert cast.b.pk not in tree.branches
    assert OrganizationTree(boss, EVE).branches[cast.b1.pk].above.organization == cast.b


def test_division_leaves_nobody_behind(cast, boss):
    chosen = frozenset([cast.mem_a1.member_id])

    reorganization.reorganize(
        plan(ReorgKind.DIVIDE, cast.a1, units=(replace(NEW, members=chosen), SECOND)), by=boss
    )

    first, second = (PartyOrganization.objects.get(code=code) for code in ("A9", "A8"))
    assert set(first.members.all()) == {cast.mem_a1.member}
    assert set(second.members.all()) == {cast.sec_a.member}
    assert OrgSuccession.objects.filter(predecessor=cast.a1).count() == 2


def test_split_off_part_leaves_the_rest_where_it_is(cast, boss):
    chosen = frozenset([cast.mem_a1.member_id])

    part = replace(NEW, members=chosen)
    reorganization.reorganize(plan(ReorgKind.SPLIT_OFF, cast.a1, units=(part,)), by=boss)

    cast.a1.refresh_from_db()
    assert (cast.a1.valid_to, of(ON)[cast.a1.pk]) == (None, 1)
    assert of(ON)[PartyOrganization.objects.get(code="A9").pk] == 1


def test_division_into_three_gives_each_its_own(cast, boss):
    people = [make_member(f"Lê Văn {number}", cast.a2) for number in range(3)]
    takes = [frozenset([one.pk]) for one in people]
    units = [Unit(f"Chi bộ {place}", f"N{place}", OrgLevel.CELL, takes[place]) for place in range(3)]

    row = reorganization.reorganize(plan(ReorgKind.DIVIDE, cast.a2, units=tuple(units)), by=boss)

    new = [PartyOrganization.objects.get(code=f"N{place}") for place in range(3)]
    assert [set(one.members.all()) for one in new] == [
        {people[0]},
        {people[1]},
        {people[2], cast.p_a2},
    ]
    assert set(row.successions.values_list("successor", flat=True)) == {one.pk for one in new}


def test_nobody_goes_to_two_parts_and_no_part_is_empty(cast, boss):
    one = frozenset([cast.mem_a1.member_id])
    for units, words in (
        ((replace(NEW, members=one), replace(SECOND, members=one)), "hai lần"),
        ((NEW, SECOND), "Chưa có đồng chí hoặc tổ chức nào về Chi bộ Hợp nhất"),
        ((replace(NEW, members=one),), "ít nhất hai"),
    ):
        with pytest.raises(ValidationError, match=words):
            reorganization.preview(plan(ReorgKind.DIVIDE, cast.a1, units=units), by=boss)


def test_cell_raised_to_a_committee_stands_higher_and_gets_cells(cast, boss):
    hold(cast.mem_a1, cast.secretary, cast.a1)

    reorganization.reorganize(KINDS[ReorgKind.RAISE](cast), by=boss)

    old, new = (OrganizationTree(boss, day).branches[cast.a1.pk] for day in (EVE, ON))
    assert [(one.level, one.name, one.above.code) for one in (old, new)] == [
        (OrgLevel.CELL, "Chi bộ Phòng An Một", "A"),
        (OrgLevel.GRASSROOTS_COMMITTEE, "Đảng bộ Phòng An Một", "R"),
    ]
    assert {one.code: one.members for one in new.branches} == {"A9": 1, "A8": 1}
    assert (old.own, new.own, new.members) == (2, 0, 2)
    assert PositionHolding.objects.get(organization=cast.a1).valid_to == EVE


def test_committee_lowered_to_a_cell_takes_in_its_cells(cast, boss):
    before = of(ON)

    row = reorganization.reorganize(KINDS[ReorgKind.LOWER](cast), by=boss)

    whole = OrganizationTree(boss, ON).branches[cast.a.pk]
    assert (whole.level, whole.branches) == (OrgLevel.GRASSROOTS_CELL, [])
    assert whole.own == sum(before.get(one.pk, 0) for one in (cast.a, cast.a1, cast.a2)) == 3
    assert set(row.successions.values_list("predecessor", "successor")) == {
        (cast.a1.pk, cast.a.pk),
        (cast.a2.pk, cast.a.pk),
    }
    assert of(EVE)[cast.a1.pk] == 2


def test_cell_of_a_committee_may_become_a_grassroots_cell_and_keeps_its_people(cast, boss):
    seat = hold(cast.mem_a1, cast.secretary, cast.a1)
    unit = Unit(cast.a1.name, cast.a1.code, OrgLevel.GRASSROOTS_CELL)

    reorganization.reorganize(plan(ReorgKind.RAISE, cast.a1, units=(unit,), target=cast.r), by=boss)

    seat.refresh_from_db()
    assert (seat.valid_to, of(ON)[cast.a1.pk]) == (None, 2)
    assert not cast.a1.names.exists()


@pytest.mark.parametrize(
    ("kind", "level", "words"),
    [
        (ReorgKind.RAISE, OrgLevel.GRASSROOTS_CELL, "phải trực thuộc đảng bộ cấp trên trực tiếp cơ sở"),
        (ReorgKind.LOWER, OrgLevel.GRASSROOTS_CELL, "không hạ cấp như thế được"),
        (ReorgKind.RAISE, OrgLevel.SECTION, "ít nhất hai"),
    ],
)
def test_level_that_does_not_fit_is_told(cast, boss, kind, level, words):
    unit = Unit(cast.a1.name, cast.a1.code, level)

    with pytest.raises(ValidationError, match=words):
        reorganization.preview(plan(kind, cast.a1, units=(unit,)), by=boss)


def test_dissolved_organisation_has_no_successor(cast, boss):
    reorganization.reorganize(plan(ReorgKind.DISSOLVE, cast.a2, target=cast.a1), by=boss)

    assert of(ON)[cast.a1.pk] == 3
    assert not OrgSuccession.objects.exists()


def test_set_up_rename_and_hand_over(cast, boss):
    reorganization.reorganize(plan(ReorgKind.SET_UP, cast.a, units=(NEW,)), by=boss)
    reorganization.reorganize(plan(ReorgKind.RENAME, cast.a1, units=(SECOND,)), by=boss)
    reorganization.reorganize(plan(ReorgKind.HAND_OVER, cast.a2, target=cast.b), by=boss)

    old, new = OrganizationTree(boss, EVE), OrganizationTree(boss, ON)
    assert [one.name for one in (old.branches[cast.a1.pk], new.branches[cast.a1.pk])] == [
        cast.a1.name,
        "Chi bộ Thứ hai",
    ]
    assert {one.code for one in new.branches[cast.b.pk].branches} == {"A2", "B1"}
    assert {one.code for one in old.branches[cast.a.pk].branches} == {"A1", "A2"}
    assert {one.code for one in new.branches[cast.a.pk].branches} == {"A8", "A9"}


def _with_one(cast, unit):
    return replace(unit, members=frozenset([cast.mem_a1.member_id]))


KINDS = {
    ReorgKind.SET_UP: lambda cast: plan(ReorgKind.SET_UP, cast.a, units=(NEW,)),
    ReorgKind.RENAME: lambda cast: plan(ReorgKind.RENAME, cast.a1, units=(NEW,)),
    ReorgKind.MERGE: lambda cast: plan(ReorgKind.MERGE, cast.a, others=(cast.b,), units=(NEW,)),
    ReorgKind.ABSORB: lambda cast: plan(ReorgKind.ABSORB, cast.a1, target=cast.a2),
    ReorgKind.DIVIDE: lambda cast: plan(
        ReorgKind.DIVIDE, cast.a, units=(replace(NEW, branches=frozenset([cast.a1.pk])), SECOND)
    ),
    ReorgKind.SPLIT_OFF: lambda cast: plan(ReorgKind.SPLIT_OFF, cast.a1, units=(_with_one(cast, NEW),)),
    ReorgKind.RAISE: lambda cast: plan(
        ReorgKind.RAISE, cast.a1, units=(RAISED, _with_one(cast, NEW), SECOND), target=cast.r
    ),
    ReorgKind.LOWER: lambda cast: plan(ReorgKind.LOWER, cast.a, units=(LOWERED,)),
    ReorgKind.HAND_OVER: lambda cast: plan(ReorgKind.HAND_OVER, cast.a1, target=cast.b),
    ReorgKind.DISSOLVE: lambda cast: plan(ReorgKind.DISSOLVE, cast.a2, target=cast.a1),
    ReorgKind.DISBAND: lambda cast: plan(ReorgKind.DISBAND, cast.a2, target=cast.a1),
    ReorgKind.END: lambda cast: plan(ReorgKind.END, cast.a, target=cast.b),
}


@pytest.mark.parametrize("kind", ReorgKind)
def test_undoing_restores_every_row(cast, boss, kind):
    hold(cast.mem_a1, cast.secretary, cast.a1)
    before, counts = picture(), of(ON)
    row = reorganization.reorganize(KINDS[kind](cast), by=boss)
    assert picture() != before

    reorganization.undo(row, by=boss, reason="Ghi nhầm quyết định")

    assert picture() == before
    assert of(ON) == counts
    assert PartyOrganization.objects.get(pk=cast.a1.pk).search_text == cast.a1.search_text
    with pytest.raises(ValidationError, match="đã được hoàn tác"):
        reorganization.undo(row, by=boss, reason="Lần nữa")


@pytest.mark.parametrize("kind", ReorgKind)
def test_looking_writes_nothing_and_tells_what_the_deed_does(cast, boss, kind):
    before, lines = picture(), AuditEntry.objects.count()

    seen = reorganization.preview(KINDS[kind](cast), by=boss)

    assert (picture(), AuditEntry.objects.count()) == (before, lines)
    assert not Reorganization.objects.exists()
    row = reorganization.reorganize(KINDS[kind](cast), by=boss)
    assert (row.flows, row.counts) == (seen.flows, seen.counts)
    assert seen.before == seen.after


def test_what_was_built_on_a_decision_stops_its_undoing(cast, boss):
    merged = reorganization.reorganize(
        plan(ReorgKind.MERGE, cast.a1, others=(cast.a2,), units=(NEW,)), by=boss
    )
    make_member("Lê Thị Mới", PartyOrganization.objects.get(code="A9"))
    before = picture()

    with pytest.raises(ValidationError, match="không hoàn tác được"):
        reorganization.undo(merged, by=boss, reason="Ghi nhầm")

    assert picture() == before


def test_member_moved_on_stops_the_undoing(cast, boss):
    row = reorganization.reorganize(plan(ReorgKind.DISSOLVE, cast.a2, target=cast.a1), by=boss)
    PartyMember.objects.filter(pk=cast.p_a2.pk).update(organization=cast.b1)

    assert (
        reorganization.undo_refusal(row) == "Đã có thay đổi khác sau quyết định này, nên không hoàn tác được."
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"effective_on": datetime.date(2999, 1, 1)}, "Chưa đến ngày hiệu lực"),
        ({"decided_on": datetime.date(2025, 7, 2)}, "sớm hơn ngày quyết định"),
        (
            {"effective_on": datetime.date(2020, 8, 5), "decided_on": datetime.date(2020, 8, 1)},
            "chưa thành lập",
        ),
        ({"target": "a"}, "có tổ chức trực thuộc"),
    ],
)
def test_what_does_not_fit_is_told(cast, boss, change, words):
    target = cast.a if change.get("target") else cast.a1
    fields = {"target": target} | {name: value for name, value in change.items() if name != "target"}

    with pytest.raises(ValidationError, match=words):
        reorganization.preview(plan(ReorgKind.ABSORB, cast.a2, **fields), by=boss)


def test_everybody_chosen_or_nobody_is_no_split(cast, boss):
    for chosen in (
        frozenset(),
        frozenset(cast.a1.members.values_list("pk", flat=True)),
        frozenset([cast.p_b1.pk]),
    ):
        with pytest.raises(ValidationError):
            part = replace(NEW, members=chosen)
            reorganization.preview(plan(ReorgKind.SPLIT_OFF, cast.a1, units=(part,)), by=boss)


def test_later_arrival_must_be_settled_first(cast, boss):
    late = make_member("Lê Thị Sau", cast.a1)
    late.memberships.update(valid_from=datetime.date(2025, 8, 1))

    with pytest.raises(ValidationError, match="thay đổi từ ngày 01/7/2025 trở đi"):
        reorganization.preview(plan(ReorgKind.ABSORB, cast.a1, target=cast.a2), by=boss)


def test_organisation_decides_on_those_below_it_alone(cast):
    with pytest.raises(PermissionDenied):
        reorganization.preview(plan(ReorgKind.ABSORB, cast.a, target=cast.b), by=cast.sec_a)
    with pytest.raises(PermissionDenied):
        reorganization.preview(plan(ReorgKind.HAND_OVER, cast.a1, target=cast.b), by=cast.sec_a)
    assert reorganization.preview(plan(ReorgKind.ABSORB, cast.a1, target=cast.a2), by=cast.sec_a)


@pytest.mark.parametrize("seed", range(3))
def test_figures_of_every_earlier_day_outlive_any_chain_of_decisions(cast, boss, seed):
    """Counts conserved: nobody is lost, nobody counted twice, whatever is merged, divided and dissolved."""
    chance, day = random.Random(seed), ON
    for number in range(4):
        cell = make_organization(f"Chi bộ {number}", OrgLevel.CELL, cast.a, f"C{number}")
        for place in range(chance.randint(2, 5)):
            make_member(f"Lê Văn {number} {place}", cell)
    known = {EVE: of(EVE)}
    for step in range(5):
        reorganization.reorganize(_any(chance, cast, day, step), by=boss)
        known[day] = of(day)
        day += datetime.timedelta(days=chance.randint(1, 60))

    assert {day: of(day) for day in known} == known
    assert {sum(counts.values()) for counts in known.values()} == {sum(known[EVE].values())}


def _any(chance, cast, day, step):
    cells = list(PartyOrganization.objects.on(day).filter(parent=cast.a).order_by("pk"))
    units = tuple(Unit(f"Chi bộ {step} {place}", f"N{step}{place}", OrgLevel.CELL) for place in (0, 1))
    dates = {"decided_on": day, "effective_on": day}
    large = [cell for cell in cells if PartyMember.objects.filter(organization=cell).count() > 1]
    kind = chance.choice([ReorgKind.MERGE, ReorgKind.ABSORB, ReorgKind.DIVIDE, ReorgKind.DISSOLVE])
    if kind == ReorgKind.DIVIDE and large:
        source = chance.choice(large)
        chosen = frozenset([source.members.order_by("pk").first().pk])
        return plan(kind, source, units=(replace(units[0], members=chosen), units[1]), **dates)
    one, other = chance.sample(cells, 2)
    if kind == ReorgKind.MERGE:
        return plan(kind, one, others=(other,), units=units[:1], **dates)
    return plan(ReorgKind.ABSORB, one, target=other, **dates)
