"""The agenda as the office writes it: order, speakers, length, and what each reader sees of it."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast
from conferences import invite
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from meetings.actions import agenda
from meetings.models import ItemKind, Meeting, overrun_of
from portal.models import AuditEntry

SignedIn = Callable[..., Client]


@pytest.fixture
def three(new_meeting: Callable[..., Meeting], cast: Cast) -> Meeting:
    meeting = new_meeting()
    agenda.add_item(meeting, by=cast.off, kind=ItemKind.OPINION, title="Dự thảo đề cương", minutes=20)
    return meeting


def titles(meeting: Meeting) -> list[str]:
    return list(meeting.agenda.order_by("position").values_list("title", flat=True))


def keys(meeting: Meeting) -> list[int]:
    return list(meeting.agenda.order_by("position").values_list("pk", flat=True))


def dragged(client: Client, meeting: Meeting, order: str) -> str:
    address = reverse("meetings:order_items", args=[meeting.pk])
    return client.post(address, {"order": order}, follow=True).text


def test_items_dragged_into_place(three: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    first, second, third = keys(three)

    dragged(signed_in(cast.off), three, f"{third},{first},{second}")

    assert titles(three) == ["Dự thảo đề cương", "Khai mạc", "Báo cáo công tác 9 tháng"]


def test_order_of_an_agenda_changed_meanwhile_is_refused(
    three: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    first, second, _ = keys(three)
    before = titles(three)

    page = dragged(signed_in(cast.off), three, f"{second},{first}")

    assert "vừa được người khác sửa" in page
    assert titles(three) == before


@pytest.mark.parametrize("order", ["", "a,b", "1,,2", "٣", "-1"])
def test_nonsense_is_no_order(order: str, three: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    before = titles(three)

    dragged(signed_in(cast.off), three, order)

    assert titles(three) == before


def test_order_kept_writes_nothing(three: Meeting, cast: Cast) -> None:
    agenda.order_items(three, order=keys(three), by=cast.off)

    assert not AuditEntry.objects.about(three).filter(action="meetings.order_items").exists()


def test_order_is_closed_once_the_conference_is_over(three: Meeting, cast: Cast) -> None:
    Meeting.objects.filter(pk=three.pk).update(state="final")

    with pytest.raises(ValidationError, match="không sửa phần chuẩn bị"):
        agenda.order_items(three, order=keys(three), by=cast.off)


def test_agenda_beyond_the_planned_end_says_by_how_much(
    three: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    agenda.add_item(three, by=cast.off, kind=ItemKind.REPORT, title="Báo cáo dài", minutes=135)

    page = signed_in(cast.off).get(reverse("meetings:agenda", args=[three.pk])).text

    assert overrun_of(list(three.agenda.all()), three) == datetime.timedelta(minutes=15)
    assert "quá giờ dự kiến xong (17\N{NO-BREAK SPACE}giờ\N{NO-BREAK SPACE}00) 15" in page


def test_agenda_that_fits_says_nothing(three: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    page = signed_in(cast.off).get(reverse("meetings:agenda", args=[three.pk])).text

    assert "quá giờ dự kiến xong" not in page


def test_presenter_is_one_of_those_who_take_part(three: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    invite(three, cast.sec_a, by=cast.off)
    item = three.agenda.get(position=2)
    address = reverse("meetings:edit_item", args=[three.pk, item.pk])
    sent = {"kind": "report", "title": item.title, "minutes": 30}
    office = signed_in(cast.off)

    office.post(address, sent | {"presenter": cast.edi.member_id})
    item.refresh_from_db()
    assert item.presenter is None
    office.post(address, sent | {"presenter": cast.sec_a.member_id, "presenter_text": "Sở An"})
    item.refresh_from_db()
    assert item.presented_by == "Đồng chí Trần Thị Sáu, Sở An"


def test_internal_item_takes_its_time_and_stays_hidden(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    agenda.add_item(
        convened, by=cast.off, kind=ItemKind.OPENING, title="Kiểm tra micrô", minutes=15, is_internal=True
    )
    first, *rest, internal = keys(convened)
    agenda.order_items(convened, order=[internal, first, *rest], by=cast.off)

    page = signed_in(cast.sec_a).get(convened.get_absolute_url()).text

    assert "Kiểm tra micrô" not in page
    assert "<time>14\N{NO-BREAK SPACE}giờ\N{NO-BREAK SPACE}15</time>" in page


def test_item_handed_out_in_the_room_takes_no_paper(three: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    item = three.agenda.get(position=2)
    agenda.edit_item(item, by=cast.off, is_handed_out=True)

    page = signed_in(cast.off).get(reverse("meetings:add_paper", args=[three.pk, item.pk]))

    assert page.status_code == 409
    assert "phát và thu tài liệu tại phòng họp" in page.text
