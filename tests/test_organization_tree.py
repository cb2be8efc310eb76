"""The tree and the page of an organisation as of a day: names, superiors, counts, seats, sizes."""

import datetime
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from cast import hold, make_member, make_organization, reorganize
from django.urls import reverse

from members.actions.reorganization import Unit
from members.models import (
    ExitReason,
    Membership,
    MemberStatus,
    OrgLevel,
    PartyOrganization,
    RegisterRule,
    ReorgKind,
    RuleCode,
)
from members.sizes import size_remarks
from members.tree import OrganizationTree, official_members

pytestmark = pytest.mark.django_db

D = datetime.date.fromisoformat
BEFORE, FROM = D("2025-06-30"), D("2025-07-01")


def names(user, day):
    return {branch.name for branch in OrganizationTree(user, day).branches.values()}


def test_name_and_superior_are_those_of_the_day(cast):
    new = Unit("Chi bộ Mới", "A1", OrgLevel.CELL)
    reorganize(cast, ReorgKind.RENAME, cast.a1, on=FROM, units=(new,))
    reorganize(cast, ReorgKind.HAND_OVER, cast.a1, on=FROM, target=cast.b)

    old, new = OrganizationTree(cast.sec_a, BEFORE), OrganizationTree(cast.sec_a, FROM)

    assert [old.branches[cast.a1.pk].name, new.branches[cast.a1.pk].name] == [
        "Chi bộ Phòng An Một",
        "Chi bộ Mới",
    ]
    assert old.branches[cast.a1.pk].above.organization == cast.a
    assert new.branches[cast.a1.pk].above.organization == cast.b


def test_ended_and_later_organisations_are_there_in_their_time_alone(cast):
    PartyOrganization.objects.filter(pk=cast.a2.pk).update(valid_to=BEFORE)
    later = make_organization("Chi bộ Sau", OrgLevel.CELL, cast.a, "A3")
    PartyOrganization.objects.filter(pk=later.pk).update(valid_from=FROM)

    assert names(cast.sec_a, BEFORE) - names(cast.sec_a, FROM) == {cast.a2.name}
    assert names(cast.sec_a, FROM) - names(cast.sec_a, BEFORE) == {"Chi bộ Sau"}


def test_members_are_counted_where_they_were_on_the_day(cast):
    moved = cast.p_a2
    moved.memberships.update(valid_to=BEFORE)
    Membership.objects.create(member=moved, organization=cast.a1, valid_from=FROM)
    gone = make_member("Lê Văn Ra", cast.a1, exit_reason=ExitReason.DECEASED, exited_on=FROM)

    def counts(day):
        tree = OrganizationTree(cast.sec_a, day)
        return [tree.branches[one.pk].members for one in (cast.a, cast.a1, cast.a2)]

    assert counts(BEFORE) == [4, 3, 1]
    assert counts(FROM) == [3, 3, 0]
    assert gone.memberships.count() == 1


def test_people_are_counted_for_who_manages_them(cast):
    tree = OrganizationTree(cast.sec_a, FROM)

    assert tree.branches[cast.a.pk].members == 3
    assert [tree.branches[one.pk].members for one in (cast.r, cast.b, cast.b1)] == [None, None, None]


def test_probationary_members_are_no_official_ones(cast):
    make_member(
        "Lê Thị Mới", cast.a1, status=MemberStatus.PROBATIONARY, official_on=None, admitted_on=D("2025-06-01")
    )

    branch = OrganizationTree(cast.sec_a, FROM).branches[cast.a1.pk]

    assert (branch.members, official_members(branch, FROM)) == (3, 2)


def sentences(cast, organization, day=FROM):
    return [remark.sentence for remark in remarks(cast, organization, day)]


def remarks(cast, organization, day=FROM):
    branch = branch_of(cast, organization, day)
    return size_remarks(branch, official_members(branch, day), day)


def branch_of(cast, organization, day=FROM):
    return OrganizationTree(cast.sec_a, day).branches[organization.pk]


def test_small_cell_and_small_committee_are_remarked_with_the_basis(cast):
    assert sentences(cast, cast.a1) == ["Có 2 đảng viên chính thức, cần ít nhất 3 đồng chí."]
    assert sentences(cast, cast.a) == ["Có 3 đảng viên, dưới 30: cần cấp trên đồng ý bằng văn bản."]
    assert remarks(cast, cast.a1)[0].basis == "Điều lệ Đảng (2011), điều 21"


@pytest.mark.parametrize(("people", "said"), [(27, 0), (28, 1)])
def test_grassroots_cell_has_fewer_than_thirty(cast, people, said):
    PartyOrganization.objects.filter(pk=cast.a1.pk).update(level=OrgLevel.GRASSROOTS_CELL)
    for number in range(people):
        make_member(f"Lê Văn Đông {number}", cast.a1)

    assert len(sentences(cast, cast.a1)) == said


def test_rule_of_the_day_decides_on_the_size(cast):
    RegisterRule.objects.create(code=RuleCode.CELL_LEAST, value=2, effective_from=FROM, basis="Quy định mới")

    assert len(sentences(cast, cast.a1, BEFORE)) == 1
    assert sentences(cast, cast.a1, FROM) == []


def test_page_shows_the_seats_of_the_day(cast, signed_in):
    hold(cast.mem_a1, cast.committee_member, cast.a, title="Ủy viên cũ", valid_to=BEFORE)
    address = reverse("members:organization", args=[cast.a.pk])

    then = signed_in(cast.mem_b1).get(address, {"ngay": "30/6/2025"}).content.decode()
    now = signed_in(cast.mem_b1).get(address).content.decode()

    assert "Ủy viên cũ" in then
    assert "Ủy viên cũ" not in now
    assert "đảng viên chính thức" not in then


def test_page_on_a_day_before_it_was_there(cast, signed_in):
    page = signed_in(cast.sec_a).get(
        reverse("members:organization", args=[cast.a.pk]), {"ngay": "01/01/2000"}
    )

    assert "không hoạt động" in page.content.decode()


PAGE = reverse("members:organizations")


class Lists(HTMLParser):
    """Of each organisation's link how deep in lists it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.depth, self.found, self.href = 0, {}, None

    def handle_starttag(self, tag, attrs):
        self.depth += tag == "ul"
        self.href = urljoin(PAGE, dict(attrs).get("href")) if tag == "a" else None

    def handle_endtag(self, tag):
        self.depth -= tag == "ul"
        self.href = None

    def handle_data(self, data):
        if self.href:
            self.found[self.href] = self.depth


def test_each_stands_one_list_below_its_superior(cast, signed_in):
    lists = Lists()
    lists.feed(signed_in(cast.sec_a).get(PAGE).content.decode())
    deep = {
        one: lists.found[reverse("members:organization", args=[one.pk])]
        for one in PartyOrganization.objects.select_related("parent")
    }

    assert lists.depth == 0
    assert {deep[one] - deep[one.parent] for one in deep if one.parent} == {1}


def test_day_that_is_none_is_told(cast, signed_in):
    page = signed_in(cast.sec_a).get(reverse("members:organizations"), {"ngay": "31/2/2025"})

    assert "Chưa hiểu ngày này" in page.content.decode()


def test_tree_costs_the_same_at_few_and_at_many(cast, signed_in, django_assert_max_num_queries):
    client, counts = signed_in(cast.sec_a), []
    for number in (1, 15):
        for place in range(number):
            cell = make_organization(f"Chi bộ {number} {place}", OrgLevel.CELL, cast.a, f"X{number}{place}")
            make_member(f"Lê Văn {place}", cell)
        for address in ("organizations", "organization"):
            args = [cast.a.pk] if address == "organization" else []
            client.get(reverse(f"members:{address}", args=args))
            with django_assert_max_num_queries(25) as asked:
                client.get(reverse(f"members:{address}", args=args))
            counts.append(len(asked))

    assert counts[:2] == counts[2:]
