"""Members at the beginning, who came and went, members at the end: they agree, or it is said why not."""

import datetime

import pytest
from cast import grant, make_member, reorganize
from django.core.cache import cache
from django.urls import reverse

from members.balance import CODES, Balance
from members.models import (
    Admission,
    ExitReason,
    Membership,
    MemberStatus,
    OwningCommittee,
    PartyMember,
    ReorgKind,
    Transfer,
    TransferKind,
)
from members.report_figures import by_code, told_today
from members.roles import Role
from members.statistics import Group, figure, of_groups

pytestmark = pytest.mark.django_db

UNTIL = datetime.date(2024, 9, 30)
DAY = datetime.date(2024, 5, 19)
EVE = datetime.date(2024, 5, 18)


@pytest.fixture
def house(cast):
    """A has 3 members at the start. One is admitted, one comes from outside, one from B; one dies, one is
    expelled, one goes to B. Two of those who left had come in the year."""
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
    cast.new = joins("Trần Văn Mới", cast.a1, status=MemberStatus.PROBATIONARY, official_on=None)
    admit(cast.new)
    cast.guest = joins("Lê Thị Khách", cast.a2)
    move(cast.guest, to_organization=cast.a2, place="Đảng bộ tỉnh khác")
    cast.dead = leaves(joins("Vũ Văn Mất", cast.a1, datetime.date(2021, 1, 1)), ExitReason.DECEASED)
    cast.expelled = leaves(joins("Ngô Văn Sai", cast.a1, datetime.date(2021, 1, 1)), ExitReason.EXPELLED)
    moves(cast.p_b1, cast.a1)
    moves(cast.p_a2, cast.b1)
    return cast


def joins(name, cell, since=DAY, **fields):
    member = make_member(name, cell, **fields)
    Membership.objects.filter(member=member).update(valid_from=since)
    return member


def admit(member):
    Admission.objects.create(
        member=member,
        organization=member.organization,
        decision_number="12-QĐ",
        decision_on=DAY,
        admitted_on=DAY,
    )


def move(member, **ways):
    Transfer.objects.create(member=member, kind=TransferKind.OFFICIAL, moved_on=DAY, **ways)


def moves(member, to):
    move(member, from_organization=member.organization, to_organization=to)
    Membership.objects.filter(member=member).update(valid_to=EVE)
    Membership.objects.create(member=member, organization=to, valid_from=DAY)
    PartyMember.objects.filter(pk=member.pk).update(organization=to)


def leaves(member, reason):
    PartyMember.objects.filter(pk=member.pk).update(exit_reason=reason, exited_on=DAY)
    return member


def values(organization, until=UNTIL):
    told = told_today(organization, until, CODES)
    return {one.code: one.value for one in told if one.value}, Balance(told)


def test_part_counts_what_crosses_its_border(house):
    counted, balance = values(house.a)

    assert counted == {
        "members-at-start": 5,
        "admissions": 1,
        "moved-in": 2,
        "moved-out": 1,
        "deceased": 1,
        "expelled": 1,
        "members-at-end": 5,
    }
    assert balance.difference == 0
    assert balance.sentence == "Đầu kỳ 5, tăng 3, giảm 3, phải còn 5: đúng bằng số cuối kỳ."


def test_moves_within_the_house_are_none_of_the_whole(house):
    counted, balance = values(house.r)

    assert (counted["moved-in"], counted.get("moved-out", 0), balance.difference) == (1, 0, 0)


def test_temporary_transfer_moves_nobody(house):
    before, _ = values(house.a)
    Transfer.objects.create(
        member=house.new,
        kind=TransferKind.TEMPORARY,
        from_organization=house.a1,
        to_organization=house.b1,
        moved_on=DAY,
        until=UNTIL,
    )

    assert values(house.a)[0] == before


def test_handed_over_organisation_takes_its_members_along(house):
    reorganize(house, ReorgKind.HAND_OVER, house.a1, on=datetime.date(2024, 7, 1), target=house.b)

    (a, of_a), (b, of_b), (_, of_r) = (values(one) for one in (house.a, house.b, house.r))

    assert (a["handed-out"], b["handed-in"]) == (4, 4)
    assert (of_a.difference, of_b.difference, of_r.difference) == (0, 0, 0)


def test_merged_organisations_keep_the_balance(house):
    reorganize(house, ReorgKind.ABSORB, house.b1, on=datetime.date(2024, 7, 1), target=house.a2)

    assert [values(one)[1].difference for one in (house.a, house.b, house.r)] == [0, 0, 0]


def test_somebody_who_came_without_a_row_is_named(house, signed_in):
    joins("Phạm Văn Lạc", house.a2)
    leaves(joins("Đỗ Văn Thiếu", house.b1, datetime.date(2024, 6, 1)), ExitReason.MOVED_OUT)

    page = signed_in(house.sec_a).get(
        reverse("members:statistics"), {"year": 2024, "months": 9, "phan": "bien-dong"}
    )

    assert "phải còn 5; sổ cuối kỳ có 6, nhiều hơn 1 đảng viên." in page.text
    assert [(str(one.member), one.why) for one in page.context["unexplained"]] == [
        ("Phạm Văn Lạc", "Có trong sổ cuối kỳ, chưa ghi kết nạp hay chuyển đến trong kỳ.")
    ]


def test_make_up_of_the_members_sums_to_their_number(house):
    told = by_code(told_today(house.a, UNTIL, [*CODES, *of_groups(Group.STRUCTURE)]))

    whole = told["members-at-end"].value
    assert (told["official"].value, told["probationary"].value) == (whole - 1, 1)
    assert sum(one.value for code, one in told.items() if code.startswith("age")) == whole


def test_age_is_counted_in_full_years_on_the_day(house):
    PartyMember.objects.filter(pk=house.new.pk).update(born_on=datetime.date(1993, 9, 30))

    assert figure("aged-31-40", house.a, UNTIL).value == 1
    assert figure("aged-31-40", house.a, UNTIL - datetime.timedelta(days=1)).value == 0


def test_month_ends_of_a_stock(house):
    assert figure("members-at-end", house.a, UNTIL).by_month() == [5, 5, 5, 5, 5, 5, 5, 5, 5]
    assert figure("probationary", house.a, UNTIL).by_month() == [0, 0, 0, 0, 1, 1, 1, 1, 1]


@pytest.mark.parametrize("who", ["mem_a1", "off", "adm"])
def test_who_left_is_not_for_the_whole_house(house, signed_in, who):
    address = figure("expelled", house.r, UNTIL).url

    assert signed_in(getattr(house, who)).get(address).status_code == 403


@pytest.mark.parametrize("code", [*CODES, *of_groups(Group.STRUCTURE)])
def test_parts_of_each_number_lead_to_their_rows(house, signed_in, code):
    reorganize(house, ReorgKind.HAND_OVER, house.a1, on=datetime.date(2024, 7, 1), target=house.b)
    grant(house.off2, Role.SECRETARY, house.r)
    client = signed_in(house.off2)
    whole = figure(code, house.r, UNTIL)

    shares = whole.by_organization()

    assert sum(share.value for share in shares) == whole.value
    for share in shares:
        assert len(client.get(share.url).context["page"].rows) == share.value
