"""Leaving the Party: what ends with it, who is counted until when, and taking a mistake back."""

import datetime

import pytest
from cast import Cast, hold, make_member, reorganize
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members import actions
from members.balance import CODES, Balance
from members.models import (
    Departure,
    DisciplinaryAction,
    DisciplineLevel,
    ExitReason,
    HoldingEnded,
    PartyMember,
    Position,
    PositionHolding,
    ReorgKind,
    User,
)
from members.notices import AccountOpen
from members.report_figures import told_today
from members.statistics import figure
from members.views.records import LEAVING
from portal.models import AuditEntry, Delivery

pytestmark = pytest.mark.django_db

LEFT = datetime.date(2024, 9, 26)
EVE = datetime.date(2024, 9, 25)


def leave(client, member, reason="deceased", left_on="26/9/2024", decision_number="", **more):
    decided_by = "" if reason == "deceased" else member.organization.parent_id
    sent = {"reason": reason, "left_on": left_on, "decision_number": decision_number} | more
    sent = {"decided_by": decided_by} | sent
    return client.post(reverse("members:enter", args=[member.pk, "ra-khoi-dang"]), sent)


def take_back(client, member, entry):
    address = reverse("members:withdraw", args=[member.pk, "ra-khoi-dang", entry.pk])
    return client.post(address, {"reason": "Ghi nhầm người"})


@pytest.fixture
def seat(cast: Cast) -> PositionHolding:
    """An office of the member of A1."""
    return hold(cast.mem_a1, cast.secretary, cast.a1)


def test_page_keeps_the_capital_of_the_party(cast: Cast, signed_in):
    page = signed_in(cast.sec_a).get(reverse("members:enter", args=[cast.p_a2.pk, "ra-khoi-dang"]))

    assert page.context["title"] == "Ra khỏi Đảng"


def test_membership_and_offices_end_the_day_before(cast: Cast, seat, signed_in):
    member = cast.mem_a1.member

    leave(signed_in(cast.sec_a), member)

    member.refresh_from_db()
    seat.refresh_from_db()
    assert (member.exit_reason, member.exited_on) == (ExitReason.DECEASED, LEFT)
    assert [row.valid_to for row in member.memberships.all()] == [EVE]
    assert (seat.valid_to, seat.ended_by) == (EVE, HoldingEnded.DECEASED)
    assert not PartyMember.objects.current().filter(pk=member.pk).exists()


def test_leaving_stands_in_the_story_with_its_paper(cast: Cast, signed_in):
    client = signed_in(cast.sec_a)
    leave(client, cast.p_a2, "resigned", decision_number="07-QĐ/ĐU", note="Theo đơn ngày 1/9/2024")

    address = reverse("members:member", args=[cast.p_a2.pk])
    newest = client.get(address, {"phan": "qua-trinh"}).context["events"][0]

    assert (newest.day, newest.what, newest.paper) == (LEFT, "Ra khỏi Đảng", "07-QĐ/ĐU")
    assert newest.detail == "xin ra khỏi Đảng · Đảng bộ Sở An · Theo đơn ngày 1/9/2024"


def test_counted_up_to_the_day_and_the_balance_holds(cast: Cast, signed_in):
    make_member("Phạm Văn Còn", cast.a2)
    leave(signed_in(cast.sec_a), cast.p_a2, "struck_off", decision_number="07-QĐ/ĐU")

    def told(until):
        return {one.code: one.value for one in told_today(cast.a, until, CODES)}

    before, after = told(EVE), told(LEFT)
    assert after["members-at-end"] == before["members-at-end"] - 1
    assert (before["struck-off"], after["struck-off"]) == (0, 1)
    assert Balance(told_today(cast.a, LEFT, CODES)).difference == 0


def test_rows_of_the_figure_say_by_which_decision_and_whose(cast: Cast, signed_in):
    writer, reader = signed_in(cast.sec_a), signed_in(cast.sec_a)
    address = figure("struck-off", cast.a, LEFT).url
    leave(writer, cast.p_a2, "struck_off", decision_number="07-QĐ/ĐU")
    reader.get(address)
    with CaptureQueriesContext(connection) as of_one:
        rows = reader.get(address).context["page"].rows
    for place in range(2):
        left = make_member(f"Phạm Văn Ra {place}", cast.a1)
        leave(writer, left, "struck_off", decision_number=f"{place}-QĐ/CB", decided_by=cast.a1.pk)
    with CaptureQueriesContext(connection) as of_three:
        others = reader.get(address).context["page"].rows

    assert [row.paper for row in rows] == ["07-QĐ/ĐU của Đảng bộ Sở An"]
    assert [row.paper for row in others][:2] == [f"{place}-QĐ/CB của Chi bộ Phòng An Một" for place in (1, 0)]
    assert len(of_three) == len(of_one)


def test_who_decided_is_named_to_who_manages_the_cell_or_the_decider(cast: Cast, signed_in):
    client = signed_in(cast.sec_a)
    others = [make_member(f"Phạm Văn Ra {place}", cast.a2) for place in range(2)]
    for member, by in ((cast.p_a2, cast.a2), (others[0], cast.a), (others[1], cast.r)):
        leave(client, member, "struck_off", decision_number="07-QĐ", decided_by=by.pk)
    reorganize(cast, ReorgKind.HAND_OVER, cast.a2, on=datetime.date(2024, 10, 1), target=cast.b)

    page = client.get(figure("struck-off", cast.a, LEFT).url).context["page"]

    assert [row.paper for row in page.rows] == ["07-QĐ", "07-QĐ của Đảng bộ Sở An", "07-QĐ"]


def test_mistake_is_taken_back_exactly(cast: Cast, seat, signed_in):
    client, member = signed_in(cast.sec_a), cast.mem_a1.member
    seat.valid_to = datetime.date(2025, 6, 30)
    seat.save()
    leave(client, member)

    take_back(client, member, Departure.objects.get())

    member.refresh_from_db()
    seat.refresh_from_db()
    assert (member.exit_reason, member.exited_on) == ("", None)
    assert [row.valid_to for row in member.memberships.all()] == [None]
    assert (seat.valid_to, seat.ended_by) == (datetime.date(2025, 6, 30), "")
    assert not Departure.objects.exists()
    actions = AuditEntry.objects.filter(action="members.withdraw_departure")
    assert [line.summary for line in actions] == ["Bỏ dòng ghi nhầm (ra khỏi Đảng): Ghi nhầm người"]


def test_end_already_written_for_a_later_day_does_not_outlive_the_person(cast: Cast, seat, signed_in):
    client, member = signed_in(cast.sec_a), cast.mem_a1.member
    later = {"valid_to": datetime.date(2024, 12, 31), "ended_by": HoldingEnded.RETIRED}
    PositionHolding.objects.filter(pk=seat.pk).update(**later, end_decision_number="3-QĐ/ĐU")

    leave(client, member)
    seat.refresh_from_db()
    assert (seat.valid_to, seat.ended_by) == (EVE, HoldingEnded.DECEASED)

    take_back(client, member, Departure.objects.get())
    seat.refresh_from_db()
    assert (seat.valid_to, seat.ended_by, seat.end_decision_number) == (*later.values(), "3-QĐ/ĐU")


def test_office_that_begins_later_is_mended_first(cast: Cast, seat, signed_in):
    PositionHolding.objects.filter(pk=seat.pk).update(valid_from=datetime.date(2024, 10, 1))

    answer = leave(signed_in(cast.sec_a), cast.mem_a1.member)

    assert "bắt đầu từ 01/10/2024: sửa chức vụ ấy trước." in answer.content.decode()
    assert not Departure.objects.exists()


def test_administrators_hear_of_an_account_still_open(cast: Cast, signed_in):
    leave(signed_in(cast.sec_a), cast.mem_a1.member)
    leave(signed_in(cast.sec_a), cast.p_a2)

    told = Delivery.objects.filter(notice__kind=AccountOpen.code)
    assert [row.user for row in told] == [cast.adm]
    assert AccountOpen().refusal(told[0]) is None

    User.objects.filter(pk=cast.mem_a1.pk).update(is_active=False)
    assert AccountOpen().refusal(told[0]) == "Tài khoản đã khóa."


def test_mistake_stays_when_somebody_holds_the_seat_since(cast: Cast, seat, signed_in):
    client, member = signed_in(cast.sec_a), cast.mem_a1.member
    Position.objects.filter(pk=cast.secretary.pk).update(is_single_seat=True)
    PositionHolding.objects.filter(pk=seat.pk).update(is_single_seat=True)
    leave(client, member)
    next_one = make_member("Phạm Văn Kế", cast.a1)
    PositionHolding.objects.create(
        member=next_one,
        position=cast.secretary,
        organization=cast.a1,
        title=seat.title,
        is_single_seat=True,
        begun_by=seat.begun_by,
        valid_from=LEFT,
    )

    answer = take_back(client, member, Departure.objects.get())

    member.refresh_from_db()
    assert member.exited_on == LEFT
    assert seat.title in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"reason": "struck_off"}, "Ghi số quyết định"),
        ({"reason": "expelled", "decision_number": "8-QĐ/ĐU"}, "Ghi kỷ luật khai trừ vào hồ sơ trước"),
        ({"reason": "struck_off", "decision_number": "8-QĐ/ĐU", "decided_by": ""}, "Chọn tổ chức quyết định"),
        ({"left_on": "26/9/2999"}, "Ngày này chưa đến."),
        ({"left_on": "5/8/2020"}, "Phải sau ngày về nơi đang sinh hoạt (05/8/2020)."),
        ({"reason": "moved_out", "decision_number": "8-QĐ/ĐU"}, "moved_out"),
    ],
)
def test_refusal_says_why_on_the_form(cast: Cast, signed_in, sent, said):
    answer = leave(signed_in(cast.sec_a), cast.p_a2, **sent)

    assert said in answer.content.decode()
    cast.p_a2.refresh_from_db()
    assert (cast.p_a2.exit_reason, Departure.objects.count()) == ("", 0)


def test_expulsion_follows_the_discipline(cast: Cast, signed_in):
    DisciplinaryAction.objects.create(
        member=cast.p_a2,
        level=DisciplineLevel.EXPULSION,
        decided_by=cast.a,
        decided_on=EVE,
        decision_number="8-QĐ/ĐU",
    )

    leave(signed_in(cast.sec_a), cast.p_a2, "expelled", decision_number="8-QĐ/ĐU")

    cast.p_a2.refresh_from_db()
    assert cast.p_a2.exit_reason == ExitReason.EXPELLED


def test_nobody_leaves_twice_nor_moves_after_it(cast: Cast, signed_in):
    client = signed_in(cast.sec_a)
    leave(client, cast.p_a2)
    said = "Đồng chí đã ra khỏi đảng bộ ngày 26/9/2024: từ trần."
    pages = [reverse("members:enter", args=[cast.p_a2.pk, kind]) for kind in LEAVING]

    story = client.get(reverse("members:member", args=[cast.p_a2.pk]), {"phan": "qua-trinh"}).text
    answers = [leave(client, cast.p_a2, left_on="27/9/2024"), *map(client.get, pages)]

    assert said in story and not [page for page in pages if page in story]
    assert [(answer.status_code, said in answer.content.decode()) for answer in answers] == [(403, True)] * 3
    assert Departure.objects.count() == 1


def test_second_leaving_past_the_page_is_refused_too(cast: Cast, signed_in):
    leave(signed_in(cast.sec_a), cast.p_a2)
    again = Departure(member=cast.p_a2, reason=ExitReason.DECEASED, left_on=LEFT + datetime.timedelta(days=1))

    with pytest.raises(ValidationError, match="Đồng chí đã ra khỏi đảng bộ ngày"):
        actions.enter(again, by=cast.sec_a)


def test_decided_by_the_cell_or_above_it_alone(cast: Cast, signed_in):
    client = signed_in(cast.sec_a)
    page = client.get(reverse("members:enter", args=[cast.p_a2.pk, "ra-khoi-dang"]))
    assert list(page.context["form"].fields["decided_by"].queryset) == [cast.r, cast.a, cast.a2]

    row = Departure(member=cast.p_a2, reason=ExitReason.RESIGNED, left_on=LEFT, decision_number="7-QĐ")
    row.decided_by = cast.b
    with pytest.raises(ValidationError, match="cấp trên của chi bộ"):
        actions.enter(row, by=cast.sec_a)


def test_who_may_have_decided_stood_above_the_cell_on_the_day(cast: Cast, signed_in):
    reorganize(cast, ReorgKind.HAND_OVER, cast.a2, on=datetime.date(2024, 10, 1), target=cast.b)
    client, member = signed_in(cast.sec_b), PartyMember.objects.get(pk=cast.p_a2.pk)
    address = reverse("members:enter", args=[member.pk, "ra-khoi-dang"])

    def offered(answer):
        return list(answer.context["form"].fields["decided_by"].queryset)

    asked = {"reason": "resigned", "decision_number": "", "decided_by": cast.a.pk}
    assert offered(client.get(address)) == [cast.r, cast.a, cast.b, cast.a2]
    assert offered(client.post(address, asked | {"left_on": "30/9/2024"})) == [cast.r, cast.a, cast.a2]
    assert offered(client.post(address, asked | {"left_on": "1/10/2024"})) == [cast.r, cast.b, cast.a2]

    leave(client, member, "resigned", decision_number="7-QĐ", decided_by=cast.a.pk)
    assert Departure.objects.get().decided_by == cast.a


def test_superior_of_another_day_has_not_decided(cast: Cast):
    reorganize(cast, ReorgKind.HAND_OVER, cast.a2, on=datetime.date(2024, 10, 1), target=cast.b)
    member = PartyMember.objects.get(pk=cast.p_a2.pk)
    row = Departure(member=member, reason=ExitReason.RESIGNED, left_on=LEFT, decision_number="7-QĐ")
    row.decided_by = cast.b

    with pytest.raises(ValidationError, match="cấp trên của chi bộ ngày 26/9/2024"):
        actions.enter(row, by=cast.sec_b)
