"""Party fees: how a sum is reckoned, a cell's register of a month, arrears, and who sees what."""

import datetime
import io

import pytest
from cast import grant, make_member, make_organization, reorganize
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from members import actions
from members.actions.fees import Standing
from members.fees import FeeMonth, fee_board, fee_lines, in_arrears, payments_in
from members.models import (
    FeeGroup,
    FeePayment,
    FeeRelief,
    FeeRule,
    FeeStanding,
    MemberStatus,
    OrgLevel,
    PartyOrganization,
    ReorgKind,
)
from members.roles import Role
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

D = datetime.date.fromisoformat
FEBRUARY, MARCH, APRIL = (FeeMonth(2026, month) for month in (2, 3, 4))
INSURED, PENSIONER, STUDENT, OTHER = (
    FeeGroup.INSURED,
    FeeGroup.PENSIONER,
    FeeGroup.STUDENT,
    FeeGroup.OTHER,
)


def pays(member, group=INSURED, income=8_424_000, since="2026-02-01"):
    return FeeStanding.objects.create(member=member, group=group, income=income, valid_from=D(since))


def relieve(member, percent, since="2026-02-01", until="2026-12-31"):
    return FeeRelief.objects.create(
        member=member,
        percent=percent,
        reason="Hộ cận nghèo",
        valid_from=D(since),
        valid_to=D(until) if until else None,
    )


def reckoned(member, month=FEBRUARY):
    (line,) = [line for line in fee_lines(member.organization, month) if line.member == member]
    return line.reckoned.amount, line.reckoned.words


def record(cast, paid, month=FEBRUARY, cell=None, **more):
    ask = {"paid_on": timezone.localdate(), "by": cast.sec_a} | more
    return actions.record_fees(cell or cast.a2, month, {one.pk: sum_ for one, sum_ in paid.items()}, **ask)


@pytest.mark.parametrize(
    ("group", "income", "due"),
    [
        (INSURED, 8_424_000, 84_240),
        (FeeGroup.BENEFIT, 8_424_000, 84_240),
        (PENSIONER, 6_000_000, 30_000),
        (STUDENT, None, 5_000),
        (OTHER, 1_000_000, None),
        (INSURED, None, None),
    ],
)
def test_sum_of_each_group(cast, group, income, due):
    pays(cast.p_a2, group, income)

    assert reckoned(cast.p_a2)[0] == due


def test_words_say_how_it_was_reckoned(cast):
    assert reckoned(cast.p_a2) == (None, "chưa ghi diện đóng")
    pays(cast.p_a2, PENSIONER, 6_000_000)
    relieve(cast.p_a2, 50)

    assert reckoned(cast.p_a2) == (15_000, "0,5% của 6.000.000, giảm 50%")


@pytest.mark.parametrize(("percent", "due"), [(30, 58_968), (50, 42_120), (70, 25_272), (100, 0)])
def test_relief_of_the_month(cast, percent, due):
    pays(cast.p_a2)
    relieve(cast.p_a2, percent, "2026-03-01", "2026-03-31")

    assert [reckoned(cast.p_a2, month)[0] for month in (FEBRUARY, MARCH, APRIL)] == [84_240, due, 84_240]


def test_fifty_years_of_the_party_pay_nothing(cast):
    decided = {"admission_decision_on": D("1976-03-31"), "born_on": D("1950-01-01")}
    veteran = make_member("Lê Văn Cao", cast.a2, **decided)
    pays(veteran, PENSIONER, 6_000_000)

    assert reckoned(veteran, FEBRUARY)[0] == 30_000
    assert reckoned(veteran, MARCH) == (0, "miễn: 50 năm tuổi Đảng")


def test_rule_of_the_month_and_its_rounding(cast):
    pays(cast.p_a2, income=8_424_600)
    assert reckoned(cast.p_a2)[0] == 84_246
    FeeRule.objects.filter(group=INSURED).update(valid_to=D("2026-02-28"))
    FeeRule.objects.create(
        group=INSURED, percent=2, rounding=1000, basis="Quy định mới", valid_from=D("2026-03-01")
    )

    assert [reckoned(cast.p_a2, month)[0] for month in (FEBRUARY, MARCH)] == [84_246, 168_000]
    assert reckoned(cast.p_a2, FeeMonth(2026, 1))[0] is None


def test_register_holds_who_was_there_on_the_last_day_probationary_too(cast):
    make_member("Người Dự Bị", cast.a2, status=MemberStatus.PROBATIONARY, official_on=None)
    make_member("Người Mới", cast.a2, admitted_on=D("2026-03-01"))
    moved = make_member("Người Chuyển", cast.a2)
    moved.memberships.update(valid_to=D("2026-02-27"))

    names = [line.member.full_name for line in fee_lines(cast.a2, FEBRUARY)]

    assert names == ["Dương Thị Ấn", "Người Dự Bị"]


def test_sum_due_stays_as_entered_until_it_is_reckoned_anew(cast):
    standing = pays(cast.p_a2)
    record(cast, {cast.p_a2: 0})
    standing.income = 9_000_000
    standing.save()

    record(cast, {cast.p_a2: 40_000})
    assert FeePayment.objects.values_list("due", "paid").get() == (84_240, 40_000)

    record(cast, {cast.p_a2: 40_000}, recounts=True)
    assert FeePayment.objects.values_list("due", "paid").get() == (90_000, 40_000)


def test_writing_the_same_again_changes_nothing(cast):
    pays(cast.p_a2)

    assert [record(cast, {cast.p_a2: 84_240}) for _ in range(2)] == [1, 0]
    assert AuditEntry.objects.get(action="members.record_fees").changes == {str(cast.p_a2.pk): [None, 84_240]}


def test_what_can_not_be_written(cast):
    pays(cast.p_a2)
    with pytest.raises(PermissionDenied):
        record(cast, {cast.p_b1: 0}, cell=cast.b1)
    with pytest.raises(ValidationError, match="Có người không ở tổ chức này"):
        record(cast, {cast.p_b1: 0})
    with pytest.raises(ValidationError, match="Chưa đến tháng 1/2099"):
        record(cast, {cast.p_a2: 0}, FeeMonth(2099, 1))
    with pytest.raises(ValidationError, match="Ngày nộp từ 01/02/2026"):
        record(cast, {cast.p_a2: 1}, paid_on=D("2026-01-31"))
    other = make_member("Lê Văn Cao", cast.a2)
    with pytest.raises(ValidationError, match="chưa ghi diện đóng"):
        record(cast, {other: 1})
    assert not FeePayment.objects.exists()


def test_new_standing_ends_the_one_before(cast):
    first = pays(cast.p_a2)

    changed = actions.set_fee_standings(
        cast.a2, [Standing(cast.p_a2, PENSIONER, 6_000_000)], since=D("2026-04-01"), by=cast.sec_a
    )

    first.refresh_from_db()
    assert (changed, first.valid_to) == (1, D("2026-03-31"))
    assert [reckoned(cast.p_a2, month)[0] for month in (MARCH, APRIL)] == [84_240, 30_000]


def test_standing_of_oneself_of_others_and_within_a_month_is_refused(cast):
    for member, cell in ((cast.sec_a.member, cast.a1), (cast.p_b1, cast.b1)):
        with pytest.raises(PermissionDenied):
            actions.set_fee_standings(cell, [Standing(member, STUDENT)], since=D("2026-02-01"), by=cast.sec_a)
    with pytest.raises(ValidationError, match="từ ngày đầu tháng"):
        actions.set_fee_standings(
            cast.a2, [Standing(cast.p_a2, STUDENT)], since=D("2026-02-02"), by=cast.sec_a
        )


def test_arrears_are_of_months_that_are_over(cast):
    pays(cast.p_a2)
    for month, paid in ((FEBRUARY, 0), (MARCH, 40_000), (APRIL, 0)):
        record(cast, {cast.p_a2: paid}, month)
    here = payments_in(cast.a, 2026)

    (row,) = in_arrears(here, D("2026-04-30"))
    assert (row.member, row.months, row.all_owed) == (cast.p_a2.pk, 1, 84_240 + 44_240)
    (row,) = in_arrears(here, D("2026-05-01"))
    assert (row.months, row.all_owed) == (2, 84_240 + 44_240 + 84_240)


def test_totals_of_the_organization_and_its_parts(cast):
    pays(cast.p_a2)
    pays(cast.mem_a1.member, STUDENT, None)
    record(cast, {cast.p_a2: 100_000})
    record(cast, {cast.mem_a1.member: 2_000}, cell=cast.a1)

    board = fee_board(cast.a, 2026, D("2026-11-26"))

    parts = {total.organization: (total.due, total.paid, total.owed) for total in board.parts}
    assert parts == {cast.a1: (5_000, 2_000, 3_000), cast.a2: (84_240, 100_000, 0)}
    assert (board.whole.due, board.whole.paid, board.whole.owed) == (89_240, 102_000, 3_000)


def hand_over_a2(cast, on):
    """A2 goes to B; A and B as they are after it."""
    reorganize(cast, ReorgKind.HAND_OVER, cast.a2, on=D(on), target=cast.b)
    return [PartyOrganization.objects.get(pk=one.pk) for one in (cast.a, cast.b)]


def test_sums_stay_with_whom_the_register_was_below_at_the_end_of_the_month(cast):
    pays(cast.p_a2)
    record(cast, {cast.p_a2: 50_000})
    record(cast, {cast.p_a2: 60_000}, MARCH)
    record(cast, {cast.p_a2: 70_000}, APRIL)

    boards = [fee_board(one, 2026, D("2026-11-26")) for one in hand_over_a2(cast, "2026-03-15")]

    assert [board.whole.paid for board in boards] == [50_000, 130_000]
    parts = [
        [(part.organization.code, part.paid, part.own_members) for part in board.parts] for board in boards
    ]
    assert parts == [[("A1", 0, 2), ("A2", 50_000, 0)], [("A2", 130_000, 1), ("B1", 0, 3)]]


def test_arrears_stay_with_whom_the_register_was_below_at_the_end_of_the_month(cast):
    pays(cast.p_a2, STUDENT, None)
    for month in (FEBRUARY, MARCH, APRIL):
        record(cast, {cast.p_a2: 0}, month)

    a, b = hand_over_a2(cast, "2026-03-15")

    owed = [[row.all_owed for row in in_arrears(payments_in(one, 2026), D("2026-11-26"))] for one in (a, b)]
    assert owed == [[5_000], [10_000]]


def test_arrears_handed_over_are_counted_and_not_named(cast, signed_in):
    pays(cast.p_a2, STUDENT, None)
    record(cast, {cast.p_a2: 0})
    hand_over_a2(cast, "2026-03-15")
    client = signed_in(type(cast.sec_a).objects.get(pk=cast.sec_a.pk))

    page = client.get(reverse("members:fees_arrears"), {"year": 2026})
    answer = client.post(reverse("members:fees_export", query={"year": 2026}), {"reason": "Họp chi bộ"})

    assert page.context["total"] == 1
    assert "Nay thuộc nơi khác quản lý" in page.text and "Dương Thị Ấn" not in page.text
    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    assert not [row for row in sheet.iter_rows(min_row=7, values_only=True) if row[1]]


def test_database_refuses_a_second_line_a_long_relief_and_two_rates(cast):
    row = {"member": cast.p_a2, "organization": cast.a2, "due": 5_000}
    FeePayment.objects.create(month=D("2026-02-01"), **row)
    for wrong in (D("2026-02-01"), D("2026-02-02")):
        with pytest.raises(IntegrityError), transaction.atomic():
            FeePayment.objects.create(month=wrong, **row)
    for until in ("2027-02-01", None):
        with pytest.raises(IntegrityError), transaction.atomic():
            relieve(cast.p_a2, 50, until=until)
    relieve(cast.p_a2, 50, until="2027-01-31")
    with pytest.raises(IntegrityError), transaction.atomic():
        relieve(cast.p_a2, 100, "2027-01-31", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        FeeRule.objects.update(amount=1)


@pytest.mark.parametrize(("name", "when"), [("fee_register", [2026, 2]), ("fee_standings", [])])
def test_page_opens_before_anything_is_written(cast, signed_in, name, when):
    pays(cast.p_a2, STUDENT, None)
    make_member("Lê Văn Cao", cast.a2)

    page = signed_in(cast.sec_a).get(reverse(f"members:{name}", args=[cast.a2.pk, *when])).text

    assert "Dương Thị Ấn" in page and "Lê Văn Cao" in page


def test_page_fills_the_empty_lines_when_asked(cast, signed_in):
    other = make_member("Lê Văn Cao", cast.a2)
    pays(cast.p_a2)
    pays(other, STUDENT, None)
    client, address = signed_in(cast.sec_a), reverse("members:fee_register", args=[cast.a2.pk, 2026, 2])
    sent = {f"m{other.pk}-paid": "2.000", "paid_on": "28/02/2026"}

    client.post(address, sent | {"blank": "full"})

    assert set(FeePayment.objects.values_list("member", "paid")) == {
        (cast.p_a2.pk, 84_240),
        (other.pk, 2_000),
    }
    answer = client.post(address, sent | {f"m{cast.p_a2.pk}-paid": "nhiều", "blank": "full"})
    assert "Dương Thị Ấn</a>: Chưa hiểu số tiền này." in answer.content.decode()


def test_page_of_standings_writes_those_named(cast, signed_in):
    address = reverse("members:fee_standings", args=[cast.a2.pk])
    sent = {f"m{cast.p_a2.pk}-group": "insured", f"m{cast.p_a2.pk}-income": "8.424.000"}

    signed_in(cast.sec_a).post(address, sent | {"since": "01/02/2026"})

    assert reckoned(cast.p_a2)[0] == 84_240


def test_relief_stands_in_the_record_and_can_be_taken_out(cast, signed_in):
    address = reverse("members:enter", args=[cast.p_a2.pk, "giam-dang-phi"])
    sent = {"percent": 50, "reason": "Bệnh nặng", "valid_from": "01/02/2026", "valid_to": "31/12/2026"}

    page = signed_in(cast.sec_a).post(address, sent, follow=True).content.decode()

    assert "Đảng phí: giảm 50%" in page
    actions.withdraw(FeeRelief.objects.get(), by=cast.sec_a, reason="Ghi nhầm")
    assert not FeeRelief.objects.exists()


def test_secretary_of_a_sees_no_sum_of_b_and_a_member_his_own_alone(cast, signed_in):
    grant(cast.off, Role.SECRETARY, cast.r)
    pays(cast.p_b1, STUDENT, None)
    record(cast, {cast.p_b1: 0}, cell=cast.b1, by=cast.off)
    pays(cast.mem_b1.member, STUDENT, None)
    record(cast, {cast.mem_b1.member: 0}, cell=cast.b1, by=cast.off)

    page = signed_in(cast.sec_a).get(reverse("members:fees_arrears"), {"organization": cast.b.pk})

    assert (page.context["head"], page.context["total"]) == (cast.a, 0)
    assert not FeePayment.objects.visible_to(cast.sec_a).exists()
    assert FeePayment.objects.visible_to(cast.mem_b1).get().member == cast.mem_b1.member
    assert FeePayment.objects.visible_to(cast.sec_b).count() == 2


def test_workbook_of_arrears_asks_why_and_leaves_a_line(cast, signed_in):
    pays(cast.p_a2)
    record(cast, {cast.p_a2: 0})
    client, address = signed_in(cast.sec_a), reverse("members:fees_export", query={"year": 2026})

    assert "bắt buộc" in client.post(address).content.decode()
    answer = client.post(address, {"reason": "Họp chi bộ"})

    sheet = load_workbook(io.BytesIO(answer.getvalue())).active
    rows = [row[1:5] for row in sheet.iter_rows(min_row=7, values_only=True)]
    assert rows == [("Dương Thị Ấn", "Chi bộ Phòng An Hai", 1, 84_240)]
    assert AuditEntry.objects.get(action="members.export_arrears").changes["count"] == [None, 1]


def test_overview_asks_once_who_was_handed_over(cast, signed_in):
    client = signed_in(cast.sec_a)
    client.get(reverse("members:fees"))

    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("members:fees"))

    assert len([one for one in asked if 'FROM "members_organizationparent"' in one["sql"]]) == 1


def test_pages_cost_the_same_at_few_and_at_many(cast, signed_in, django_assert_max_num_queries):
    client, counts = signed_in(cast.sec_a), []
    pages = [
        reverse("members:fees"),
        reverse("members:fees_arrears"),
        reverse("members:fee_register", args=[cast.a2.pk, 2026, 2]),
        reverse("members:fee_standings", args=[cast.a2.pk]),
    ]
    client.get(pages[0])
    for number in (1, 15):
        for place in range(number):
            make_organization(f"Chi bộ {number} {place}", OrgLevel.CELL, cast.a)
            member = make_member(f"Lê Văn {number} {place}", cast.a2)
            pays(member)
            record(cast, {member: 0})
        with django_assert_max_num_queries(100) as asked:
            for page in pages:
                assert client.get(page).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
