"""A member entered by hand: checks of a list, the search for the same person, rows the figures count."""

import datetime

import pytest
from django.urls import reverse

from members.first_page import figures_in_small
from members.models import Admission, OwningCommittee, PartyMember, Transfer
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

ADD = reverse("members:add")
FORM = {
    "full_name": "Lê Thị Mới",
    "sex": "female",
    "born_on": "19/5/1998",
    "status": "probationary",
    "admission_decision_on": "01/9/2026",
    "admitted_on": "26/9/2026",
    "since": "26/9/2026",
    "arrival": "admitted",
    "decision_number": "12-QĐ/ĐUK",
}


def post(signed_in, user, cell, **fields):
    return signed_in(user).post(ADD, FORM | {"organization": cell.pk} | fields, follow=True)


def newcomer():
    return PartyMember.objects.filter(full_name="Lê Thị Mới").first()


def test_admitted_member_belongs_to_the_cell_and_is_counted(cast, signed_in):
    post(signed_in, cast.sec_a, cast.a1)

    member = newcomer()
    day = datetime.date(2026, 9, 26)
    assert [(row.organization, row.valid_from) for row in member.memberships.all()] == [(cast.a1, day)]
    assert Admission.objects.get(member=member).admitted_on == day
    assert AuditEntry.objects.get(action="members.add_member").about_id == member.pk


@pytest.fixture
def committee(cast):
    return OwningCommittee.objects.create(
        organization=cast.r, name=cast.r.name, letters="ĐUK", effective_from=cast.r.valid_from
    )


def test_first_page_counts_once_for_all_and_anew_after_a_deed(
    cast, committee, signed_in, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    before = figures_in_small()
    with django_assert_max_num_queries(0):
        assert figures_in_small() == before

    with django_capture_on_commit_callbacks(execute=True):
        post(signed_in, cast.sec_a, cast.a1)

    assert ">0</a>" in admitted(before)
    assert ">1</a>" in admitted(figures_in_small())


def admitted(figures):
    """The line of those admitted this year."""
    return figures.partition("/thong-ke/admissions/")[2].partition("</dd>")[0]


def test_looking_at_a_record_counts_nothing_anew(
    cast, committee, signed_in, django_assert_max_num_queries, django_capture_on_commit_callbacks
):
    before = figures_in_small()
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(cast.sec_a).get(reverse("members:member", args=[cast.p_a2.pk]))

    with django_assert_max_num_queries(0):
        assert figures_in_small() == before


def test_member_who_moved_in_has_his_transfer(cast, signed_in):
    moved_in = {"arrival": "moved_in", "status": "official", "since": "01/10/2026", "official_on": ""}
    place = "Đảng bộ phường Hồng Bàng"

    post(signed_in, cast.sec_a, cast.a1, **moved_in, place=place)

    assert not Admission.objects.filter(member=newcomer()).exists()
    transfer = Transfer.objects.get(member=newcomer())
    assert (transfer.origin, transfer.to_organization, transfer.receipt_due_on) == (place, cast.a1, None)


def test_same_name_and_birthday_leads_to_the_record(cast, signed_in):
    page = post(signed_in, cast.sec_a, cast.a1, full_name="DƯƠNG THỊ ẤN", born_on="19/5/1980")

    assert page.context["found"] == cast.p_a2
    assert PartyMember.objects.filter(full_name__iexact="Dương Thị Ấn").count() == 1


def test_card_of_the_own_subtree_leads_to_the_record_and_of_another_says_nothing(cast, signed_in):
    official = {"status": "official", "arrival": "missing"}

    own = post(signed_in, cast.sec_a, cast.a1, card_number="03000002", **official)
    foreign = post(signed_in, cast.sec_a, cast.a1, card_number="03000003", **official)

    assert own.context["found"] == cast.p_a2
    assert "Số thẻ đảng viên này không dùng được." in foreign.content.decode()
    assert "Đặng Văn Hùng" not in foreign.content.decode()
    assert newcomer() is None


def test_warning_is_shown_once_and_accepted_by_a_tick(cast, signed_in):
    young = {"born_on": "19/5/2012"}
    page = post(signed_in, cast.sec_a, cast.a1, **young)
    assert "chưa đủ 18" in page.content.decode()
    assert newcomer() is None

    post(signed_in, cast.sec_a, cast.a1, **young, accepts_warnings="on")

    assert newcomer() is not None


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decision_number": ""}, "số quyết định"),
        ({"since": "27/9/2026"}, "ngày lễ kết nạp"),
        ({"arrival": "moved_in"}, "Ghi đảng bộ nơi đồng chí chuyển đến"),
        ({"card_number": "0300", "status": "official"}, "gồm 8 đến 12 chữ số"),
        ({"card_number": "03000099"}, "dự bị chưa có thẻ"),
        ({"admitted_on": "26/8/2026", "since": "26/8/2026"}, "trước ngày quyết định"),
        ({"born_on": "31/2/1998"}, "Chưa hiểu ngày này"),
        ({"since": "01/01/1990", "arrival": "missing"}, "mới thành lập"),
    ],
)
def test_what_does_not_hold_together_is_told_in_a_sentence(cast, signed_in, fields, words):
    page = post(signed_in, cast.sec_a, cast.a1, **fields)

    assert words in page.content.decode()
    assert newcomer() is None


def test_only_cells_of_the_own_subtree_are_offered_and_taken(cast, signed_in):
    page = signed_in(cast.sec_a).get(ADD)

    offered = set(page.context["form"].fields["organization"].queryset)
    assert offered == {cast.a1, cast.a2}
    post(signed_in, cast.sec_a, cast.b1)
    post(signed_in, cast.sec_a, cast.a)
    assert newcomer() is None
