"""The list of who takes part as the office works with it: by class, by answer, person for person."""

from collections.abc import Callable

import pytest
from cast import Cast, hold, make_user
from conferences import invite, participant
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from meeting_factory import add_delegates

from meetings import lists
from meetings.actions import participants
from meetings.actions.answers import record_answer
from meetings.models import AnswerChannel, AnswerChoice, Meeting, Participant
from portal.models import Notice

SignedIn = Callable[..., Client]


def page(client: Client, meeting: Meeting, query: str = "") -> str:
    return client.get(reverse("meetings:participants", args=[meeting.pk]) + query).text


def answered(meeting: Meeting, user: object, choice: AnswerChoice, reason: str = "") -> None:
    record_answer(
        participant(meeting, user),  # type: ignore[arg-type]
        choice=choice,
        reason=reason,
        channel=AnswerChannel.PORTAL,
        by=None,
        version=1,
    )


def newcomer(cast: Cast) -> None:
    new = make_user("moi", "Tạ Văn Mới", cast.r)
    hold(new, cast.committee_member, cast.r, body=cast.executive_committee, term=cast.term)


def test_each_class_is_counted_by_answer(convened: Meeting, cast: Cast) -> None:
    answered(convened, cast.sec_a, AnswerChoice.ATTENDING)
    answered(convened, cast.mem_b1, AnswerChoice.ABSENT, "Đi học")
    Participant.objects.filter(member=cast.mem_b1.member).update(address="")

    official, invited = lists.by_class(convened)

    assert (official.total, official.silent) == (1, 1)
    assert (invited.attending, invited.absent, invited.silent, invited.unreached) == (1, 1, 0, 1)


def test_list_is_narrowed_by_answer(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    answered(convened, cast.sec_a, AnswerChoice.ATTENDING)

    silent = page(signed_in(cast.off), convened, "?tra-loi=chua")

    assert cast.mem_b1.full_name in silent
    assert cast.sec_a.full_name not in silent


def test_narrowing_by_nonsense_shows_all(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    assert cast.sec_a.full_name in page(signed_in(cast.off), convened, "?tra-loi=abc")


def test_three_hundred_ask_no_more_than_three(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    office = signed_in(cast.off)
    page(office, convened)
    with CaptureQueriesContext(connection) as few:
        page(office, convened)
    add_delegates(convened, 300)

    with CaptureQueriesContext(connection) as many:
        page(office, convened)

    assert len(many) == len(few)


def test_newcomer_is_proposed_and_added_by_one_button(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    newcomer(cast)
    office = signed_in(cast.off)

    assert "Đồng chí Tạ Văn Mới mới giữ chức vụ Ủy viên Ban Chấp hành" in page(office, convened)
    office.post(
        reverse("meetings:add_member", args=[convened.pk]),
        {
            "member": convened.body.organization.members.get(full_name="Tạ Văn Mới").pk,
            "participant_class": convened.classes.first().pk,
            "reason": "Mới giữ chức vụ",
        },
    )

    assert Participant.objects.get(full_name="Tạ Văn Mới").has_vote


def test_who_left_is_proposed_for_removal_and_stays_until_then(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    cast.chair_r.member.holdings.update(valid_to=convened.created_at.date())

    text = page(signed_in(cast.off), convened)

    assert "Đồng chí Hoàng Văn Chủ không còn giữ chức vụ" in text
    assert participant(convened, cast.chair_r).removed_at is None


def test_replacing_tells_both(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    person = participant(convened, cast.sec_a)
    address = reverse("meetings:replace", args=[convened.pk, person.pk]) + "?q=ngo thi hai"

    signed_in(cast.off).post(address, {"member": cast.off2.member_id, "reason": "Đi công tác"})

    told = Notice.objects.about(convened).exclude(key__endswith=":summons").order_by("pk")
    assert [(row.kind, row.deliveries.get().name) for row in told][-2:] == [
        ("meetings.removed", cast.sec_a.full_name),
        ("meetings.convened", cast.off2.full_name),
    ]


def test_replacing_without_a_reason_changes_nothing(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    person = participant(convened, cast.sec_a)
    address = reverse("meetings:replace", args=[convened.pk, person.pk]) + "?q=ngo thi hai"

    signed_in(cast.off).post(address, {"member": cast.off2.member_id, "reason": " "})

    person.refresh_from_db()
    assert person.removed_at is None


def test_seat_of_a_committee_member_offers_no_replacement(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    person = participant(convened, cast.chair_r)
    address = reverse("meetings:replace", args=[convened.pk, person.pk])
    office = signed_in(cast.off)

    assert office.get(address).status_code == 409
    assert address not in page(office, convened)


def test_somebody_on_the_list_replaces_nobody(convened: Meeting, cast: Cast) -> None:
    invite(convened, cast.edi, by=cast.off)

    with pytest.raises(ValidationError, match="đã có trong danh sách"):
        participants.replace_participant(
            participant(convened, cast.sec_a), member=cast.edi.member, reason="Bận", by=cast.off
        )
