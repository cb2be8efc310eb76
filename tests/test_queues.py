"""Work on members by the day it falls due: lists, workbook, receipts of transfers, letters."""

import datetime
import io

import pytest
from cast import grant, make_member
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from members import actions
from members.models import (
    Departure,
    Exemption,
    ExitReason,
    MemberStatus,
    PartyMember,
    PartyOrganization,
    QualityRating,
    RatingLevel,
    RegisterRule,
    RuleCode,
    Transfer,
    TransferKind,
)
from members.notices import DutyDue
from members.queues import QUEUES, Step, step_of
from portal.dates import months_later
from portal.models import AuditEntry, Delivery, Notice

pytestmark = pytest.mark.django_db

DAY = datetime.timedelta(days=1)
PROBATION, TRANSFERS, REVIEWS = (QUEUES[code] for code in ("du-bi", "chuyen-sinh-hoat", "kiem-diem"))
TODAY = datetime.date(2026, 9, 26)


def probationary(name, organization, admitted_on):
    return make_member(
        name,
        organization,
        status=MemberStatus.PROBATIONARY,
        admission_decision_on=admitted_on - 10 * DAY,
        admitted_on=admitted_on,
        official_on=None,
    )


def due_in(days, name, organization, today=None):
    return probationary(name, organization, months_later((today or timezone.localdate()) + days * DAY, -12))


def of(queue, organization, today=TODAY):
    here = PartyOrganization.objects.under([organization.pk])
    return {row.pk: row.due for row in queue.within(here, today)}


@pytest.mark.parametrize(
    ("admitted", "due"),
    [("2024-09-26", "2025-09-26"), ("2024-02-29", "2025-02-28"), ("2025-08-31", "2026-08-31")],
)
def test_probation_ends_twelve_months_after_the_ceremony(cast, admitted, due):
    member = probationary("Lê Thị Mới", cast.a1, datetime.date.fromisoformat(admitted))

    assert of(PROBATION, cast.a) == {member.pk: datetime.date.fromisoformat(due)}


def test_length_of_probation_is_that_of_the_day_of_the_ceremony(cast):
    RegisterRule.objects.create(
        code=RuleCode.PROBATION_MONTHS,
        value=6,
        effective_from=datetime.date(2026, 1, 1),
        basis="Quy định mới",
    )
    before = probationary("Lê Thị Trước", cast.a1, datetime.date(2025, 10, 1))
    after = probationary("Lê Thị Sau", cast.a1, datetime.date(2026, 4, 1))

    due = of(PROBATION, cast.a)

    assert due == {before.pk: datetime.date(2026, 10, 1), after.pk: datetime.date(2026, 10, 1)}


@pytest.mark.parametrize(
    ("left", "step"),
    [
        (-1, Step.OVERDUE),
        (0, Step.TODAY),
        (1, Step.CLOSE),
        (15, Step.CLOSE),
        (16, Step.NEAR),
        (30, Step.NEAR),
        (31, Step.FAR),
        (60, Step.FAR),
    ],
)
def test_step_and_its_window_agree(cast, left, step):
    due_in(left, "Lê Thị Mới", cast.a1, TODAY)
    here = PartyOrganization.objects.under([cast.a.pk])

    assert step_of(TODAY + left * DAY, TODAY) == step
    assert PROBATION.counts(here, TODAY) == {one: int(one == step) for one in Step}


def test_further_than_sixty_days_is_not_due_yet(cast):
    due_in(61, "Lê Thị Mới", cast.a1, TODAY)

    assert of(PROBATION, cast.a) == {}


def transfer(cast, **fields):
    row = {"kind": TransferKind.INTERNAL, "to_organization": cast.a1, "moved_on": TODAY - 40 * DAY}
    return actions.transfer_member(cast.p_a2, by=cast.sec_a, **row | fields)


def test_transfer_waits_thirty_days_for_its_receipt(cast):
    sent = transfer(cast)

    assert of(TRANSFERS, cast.a) == {sent.pk: sent.moved_on + 30 * DAY}


def test_temporary_transfer_and_one_of_an_old_list_are_not_waited_for(cast):
    transfer(cast, kind=TransferKind.TEMPORARY, to_organization=None, place="Hà Nội", until=TODAY + 200 * DAY)
    Transfer.objects.create(
        member=cast.p_a2,
        kind=TransferKind.INTERNAL,
        from_organization=cast.a1,
        to_organization=cast.a2,
        moved_on=TODAY - 900 * DAY,
    )

    assert of(TRANSFERS, cast.a) == {}


def leave(member, **fields):
    row = {"reason": ExitReason.DECEASED, "left_on": TODAY} | fields
    return Departure(member=member, **row)


def test_who_has_left_the_party_is_waited_for_no_more(cast):
    transfer(cast)
    due_in(15, "Lê Thị Mới", cast.a1, TODAY)
    for member in PartyMember.objects.filter(full_name__in=["Dương Thị Ấn", "Lê Thị Mới"]):
        assert of(REVIEWS, cast.a)
        actions.enter(leave(member), by=cast.sec_a)

    assert [of(queue, cast.a) for queue in (PROBATION, TRANSFERS)] == [{}, {}]
    assert cast.p_a2.pk not in of(REVIEWS, cast.a)


def test_departure_taken_back_is_waited_for_again(cast):
    sent = transfer(cast)
    row = actions.enter(leave(cast.p_a2), by=cast.sec_a)

    actions.withdraw(row, by=cast.sec_a, reason="Ghi nhầm người")

    assert list(of(TRANSFERS, cast.a)) == [sent.pk]


def test_who_has_moved_out_of_the_house_is_still_waited_for(cast):
    sent = transfer(cast, kind=TransferKind.OFFICIAL, to_organization=None, place="Đảng bộ phường")

    assert PartyMember.objects.get(pk=cast.p_a2.pk).exit_reason == ExitReason.MOVED_OUT
    assert list(of(TRANSFERS, cast.a)) == [sent.pk]


def test_receipt_takes_the_transfer_off_the_list_once(cast):
    sent = transfer(cast)

    actions.receive_transfer(sent, by=cast.sec_a, on=sent.moved_on + 5 * DAY)

    assert of(TRANSFERS, cast.a) == {}
    assert AuditEntry.objects.filter(action="members.receive_transfer").count() == 1
    with pytest.raises(ValidationError, match="đã được tiếp nhận"):
        actions.receive_transfer(sent, by=cast.sec_a, on=sent.moved_on + 6 * DAY)


def test_receipt_is_for_the_receiving_side_and_within_its_days(cast):
    sent = transfer(cast)

    with pytest.raises(PermissionDenied):
        actions.receive_transfer(sent, by=cast.sec_b, on=sent.moved_on)
    with pytest.raises(ValidationError, match="từ ngày chuyển đến hôm nay"):
        actions.receive_transfer(sent, by=cast.sec_a, on=sent.moved_on - DAY)


def test_review_of_a_year_leaves_out_rated_exempt_and_new_members(cast):
    today = datetime.date(2027, 1, 5)
    new = make_member("Lê Thị Mới", cast.a1, admitted_on=datetime.date(2027, 1, 2))
    exempt = make_member("Lê Thị Già", cast.a1)
    Exemption.objects.create(member=exempt, reason="Tuổi cao", valid_from=datetime.date(2026, 3, 1))
    QualityRating.objects.create(
        member=cast.p_a2, year=2026, level=RatingLevel.GOOD, rated_on=datetime.date(2026, 12, 20)
    )

    due = of(REVIEWS, cast.a, today)

    assert due == dict.fromkeys([cast.mem_a1.member_id, cast.sec_a.member_id], datetime.date(2027, 1, 31))
    assert new.pk not in due


def test_review_of_this_year_comes_sixty_days_before(cast):
    assert REVIEWS.year(datetime.date(2026, 12, 1))[0] == 2025
    assert REVIEWS.year(datetime.date(2026, 12, 2)) == (2026, datetime.date(2027, 1, 31))


def test_list_shows_the_own_subtree_by_day(cast, signed_in):
    late, soon = due_in(-3, "Lê Thị Trễ", cast.a1), due_in(10, "Lê Thị Sớm", cast.a2)
    due_in(5, "Lê Thị Khác", cast.b1)
    client = signed_in(cast.sec_a)

    everything = client.get(reverse("members:queue", args=["du-bi"]))
    overdue = client.get(reverse("members:queue", args=["du-bi"]), {"step": "overdue"})

    assert [duty.pk for duty in everything.context["page"].duties] == [late.pk, soon.pk]
    assert [duty.pk for duty in overdue.context["page"].duties] == [late.pk]
    assert "quá 3 ngày" in overdue.content.decode()


def test_organisation_of_others_can_not_be_asked_for(cast, signed_in):
    other = due_in(5, "Lê Thị Khác", cast.b1)

    page = signed_in(cast.sec_a).get(reverse("members:queue", args=["du-bi"]), {"organization": cast.b.pk})

    assert other.full_name not in page.content.decode()


def test_pages_go_on_where_the_last_one_ended(cast, signed_in):
    for number in range(60):
        due_in(number % 7, f"Lê Văn Hải {number:02}", cast.a2)
    client, address = signed_in(cast.sec_a), reverse("members:queue", args=["du-bi"])

    first = client.get(address)
    second = client.get(address + first.context["next"])

    shown = [duty.pk for answer in (first, second) for duty in answer.context["page"].duties]
    assert (len(shown), len(set(shown)), second.context["next"]) == (60, 60, "")


@pytest.mark.parametrize("code", list(QUEUES))
def test_list_costs_the_same_at_few_and_at_many_rows(cast, signed_in, code, django_assert_max_num_queries):
    client, counts = signed_in(cast.sec_a), []
    for round_ in range(2):
        for number in range(1 + 20 * round_):
            member = due_in(3, f"Lê Văn Hải {round_}{number:02}", cast.a2)
            Transfer.objects.create(
                member=member,
                kind=TransferKind.INTERNAL,
                from_organization=cast.a1,
                to_organization=cast.a2,
                moved_on=timezone.localdate(),
                receipt_due_on=timezone.localdate(),
            )
        client.get(reverse("members:queue", args=[code]))
        with django_assert_max_num_queries(20) as asked:
            client.get(reverse("members:queue", args=[code]))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_workbook_holds_the_filtered_list_and_leaves_a_line(cast, signed_in):
    due_in(-3, "Lê Thị Trễ", cast.a1)
    due_in(10, "Lê Thị Sớm", cast.a2)
    address = reverse("members:queue_export", args=["du-bi"])

    answer = signed_in(cast.sec_a).post(f"{address}?step=overdue", {"reason": "Giao ban"})

    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    assert [row[1] for row in sheet.iter_rows(min_row=7, values_only=True)] == ["Lê Thị Trễ"]
    entry = AuditEntry.objects.get(action="members.export_duties")
    assert entry.changes == {"filter": [None, {"step": "overdue"}], "count": [None, 1]}
    assert entry.summary.endswith("1 dòng: Giao ban")


def test_workbook_is_not_given_without_a_reason(cast, signed_in):
    due_in(-3, "Lê Thị Trễ", cast.a1)

    answer = signed_in(cast.sec_a).post(reverse("members:queue_export", args=["du-bi"]))

    assert "bắt buộc" in answer.content.decode()
    assert not AuditEntry.objects.filter(action="members.export_duties").exists()


def test_each_step_is_told_once_and_to_who_manages(cast):
    due_in(15, "Lê Thị Sớm", cast.a2, TODAY)

    told = [actions.tell_due(TODAY + days * DAY) for days in (0, 1, 6, 15, 16)]

    assert told == [1, 0, 0, 1, 1]
    assert set(Delivery.objects.values_list("user", flat=True)) == {cast.sec_a.pk}
    assert "Lê Thị Sớm" not in Notice.objects.values_list("title", flat=True)[0]


def test_what_was_due_long_ago_is_not_told_at_the_first_sweep(cast):
    due_in(-30, "Lê Thị Trễ", cast.a2, TODAY)

    assert actions.tell_due(TODAY) == 0


def test_letter_names_nobody_and_stays_when_the_work_is_done(cast):
    member = due_in(15, "Lê Thị Sớm", cast.a2)
    actions.tell_due(timezone.localdate())
    delivery = Delivery.objects.get()

    letter = DutyDue().compose(delivery)
    assert member.full_name not in letter.subject + letter.text
    assert DutyDue().refusal(delivery) is None

    member.status, member.official_on = MemberStatus.OFFICIAL, timezone.localdate()
    member.save()
    assert DutyDue().refusal(delivery) == "Việc này đã xong."


def test_letter_stays_when_the_secretary_has_left(cast):
    due_in(15, "Lê Thị Sớm", cast.a2)
    actions.tell_due(timezone.localdate())
    cast.sec_a.member.holdings.update(valid_to=timezone.localdate() - DAY)

    assert DutyDue().refusal(Delivery.objects.get()) == "Người nhận không còn quản lý tổ chức này."


def test_superior_tells_now_each_organisation_once_a_day(cast, signed_in):
    grant(cast.off, "secretary", cast.r)
    due_in(40, "Lê Thị Sớm", cast.a2)
    client, address = signed_in(cast.off), reverse("members:queue_tell", args=["du-bi"])

    first = client.post(address, follow=True).content.decode()
    second = client.post(address, follow=True).content.decode()

    assert "Đã báo cho 1 tổ chức." in first
    assert "đã được báo hôm nay" in second
    assert Notice.objects.filter(kind="members.duty_due").count() == 1
