"""Corrections of the own record: proposed with a reason, accepted or declined by who manages it."""

import datetime

import pytest
from cast import hold
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from members.actions import corrections
from members.models import PartyMember, RecordCorrection
from members.notices import CorrectionAnswered, CorrectionProposed
from portal.models import AuditEntry, Delivery

pytestmark = pytest.mark.django_db

BORN, RIGHT = datetime.date(1980, 5, 19), datetime.date(1980, 5, 20)


def propose(user, field="born_on", value=RIGHT, reason="Theo giấy khai sinh"):
    return corrections.propose_correction(user.member, by=user, field=field, value=value, reason=reason)


def told(kind):
    return {row.user.username for row in Delivery.objects.filter(notice__kind=kind)}


def test_accepted_correction_changes_the_record_and_is_told(cast):
    row = propose(cast.mem_a1)
    assert told("members.correction_proposed") == {"sec_a"}

    corrections.accept_correction(row, by=cast.sec_a)

    assert PartyMember.objects.get(pk=cast.mem_a1.member_id).born_on == RIGHT
    assert told("members.correction_answered") == {"mem_a1"}
    actions = set(AuditEntry.objects.about(cast.mem_a1.member).values_list("action", flat=True))
    assert actions == {
        "members.propose_correction",
        "members.change_member",
        "members.accepted_correction",
    }


def test_declined_correction_leaves_the_record_and_says_why(cast):
    row = propose(cast.mem_a1)
    with pytest.raises(ValidationError, match="Ghi lý do không sửa"):
        corrections.decline_correction(row, by=cast.sec_a, answer=" ")

    corrections.decline_correction(row, by=cast.sec_a, answer="Giấy khai sinh ghi 19/5")

    assert PartyMember.objects.get(pk=cast.mem_a1.member_id).born_on == BORN
    letter = CorrectionAnswered().compose(Delivery.objects.get(user=cast.mem_a1))
    assert "Giấy khai sinh ghi 19/5" in letter.text
    with pytest.raises(ValidationError, match="đã được trả lời"):
        corrections.accept_correction(row, by=cast.sec_a)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("born_on", BORN, "Giống như hồ sơ đang ghi"),
        ("citizen_number", "031080000123", "không đề nghị sửa ở đây"),
        ("organization", "1", "không đề nghị sửa ở đây"),
        ("born_on", RIGHT, "đang có một đề nghị"),
    ],
)
def test_what_can_not_be_proposed_is_told(cast, field, value, words):
    if words.startswith("đang có"):
        propose(cast.mem_a1)

    with pytest.raises(ValidationError, match=words):
        propose(cast.mem_a1, field, value)


def test_nobody_proposes_for_another_or_answers_the_own(cast):
    with pytest.raises(PermissionDenied):
        corrections.propose_correction(cast.p_a2, by=cast.sec_a, field="born_on", value=RIGHT, reason="Sai")
    row = propose(cast.sec_a)

    with pytest.raises(PermissionDenied):
        corrections.accept_correction(row, by=cast.sec_a)
    assert not RecordCorrection.objects.to_decide(cast.sec_a).exists()


def test_letter_stays_when_it_was_withdrawn(cast):
    row = propose(cast.mem_a1)
    delivery = Delivery.objects.get(notice__kind="members.correction_proposed")
    assert CorrectionProposed().refusal(delivery) is None
    assert cast.mem_a1.full_name not in CorrectionProposed().compose(delivery).text

    corrections.withdraw_correction(row, by=cast.mem_a1)

    assert CorrectionProposed().refusal(delivery) == "Đề nghị đã được trả lời hoặc đã rút."


def test_way_through_the_pages(cast, signed_in):
    own = signed_in(cast.mem_a1)
    address = reverse("members:correction_propose", args=[cast.mem_a1.member_id])
    page = own.post(f"{address}?muc=born_on", {"value": "20/5/1980", "reason": "Khai sinh"}, follow=True)
    assert "19/5/1980 → 20/5/1980" in page.content.decode()
    row, office = RecordCorrection.objects.get(), signed_in(cast.sec_a)
    assert "1 đề nghị chờ xem xét" in office.get(reverse("members:queues")).content.decode()
    answer = reverse("members:correction", args=[row.pk])
    assert "20/5/1980" in office.get(reverse("members:corrections")).content.decode()

    unsaid = office.post(answer, {"viec": "khong", "answer": ""}).content.decode()
    done = office.post(answer, {"viec": "sua"}, follow=True).content.decode()

    assert "Ghi lý do không sửa." in unsaid
    assert "Đã sửa hồ sơ." in done
    assert (
        "Đã sửa hồ sơ"
        in own.get(reverse("members:member", args=[row.member_id]), {"phan": "de-nghi"}).content.decode()
    )


def test_record_changed_meanwhile_is_said(cast, signed_in):
    row = propose(cast.mem_a1)
    PartyMember.objects.filter(pk=row.member_id).update(born_on=datetime.date(1981, 1, 1))

    page = signed_in(cast.sec_a).get(reverse("members:correction", args=[row.pk])).content.decode()

    assert "Hồ sơ đã đổi từ khi đề nghị: khi ấy ghi “19/5/1980”" in page


def test_secretary_of_another_tree_sees_none(cast, signed_in):
    row = propose(cast.mem_a1)
    hold(cast.mem_b1, cast.deputy, cast.b1)

    client = signed_in(cast.sec_b)

    assert client.get(reverse("members:correction", args=[row.pk])).status_code == 404
    assert cast.mem_a1.full_name not in client.get(reverse("members:corrections")).content.decode()


def test_list_costs_the_same_at_one_and_three(cast, signed_in, django_assert_max_num_queries):
    client, address, costs = signed_in(cast.sec_a), reverse("members:corrections"), []
    client.get(address)  # what is kept from the first page on
    for field, value in (("born_on", RIGHT), ("native_place", "Hải Phòng"), ("ethnicity", "Kinh")):
        propose(cast.mem_a1, field, value)
        with django_assert_max_num_queries(40) as asked:
            client.get(address)
        costs.append(len(asked))

    assert costs[0] == costs[2]
