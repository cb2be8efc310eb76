"""What a paper must not tell: items of the committee to guests, tasks of others, drafts to those outside."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast
from conferences import participant
from django.test import Client
from django.urls import reverse
from doors.scene import SECRET_ITEM, Scene
from papers import opened, text

from meetings.actions import agenda
from meetings.models import ItemKind, Meeting
from portal.models import DocumentLayout

SignedIn = Callable[..., Client]


def test_guest_is_not_told_of_the_committees_own_items(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.off)

    def sheet(of: object) -> str:
        return text(browser.get(reverse("meetings:invitation_file", args=[convened.pk, of.pk])).content)

    def programme(role: str) -> str:
        return text(browser.get(reverse("meetings:agenda_file", args=[convened.pk, role])).content)

    assert SECRET_ITEM in sheet(participant(convened, cast.chair_r))
    assert SECRET_ITEM not in sheet(participant(convened, cast.sec_a))
    assert SECRET_ITEM in programme("dai-bieu")
    assert SECRET_ITEM not in programme("khach-moi")


def test_nobody_is_told_what_the_organisers_keep(convened: Meeting, cast: Cast, signed_in: SignedIn) -> None:
    agenda.add_item(convened, by=cast.off, kind=ItemKind.OPENING, title="Bố trí xe", is_internal=True)

    for role in ("dai-bieu", "khach-moi"):
        answer = signed_in(cast.off).get(reverse("meetings:agenda_file", args=[convened.pk, role]))
        assert "Bố trí xe" not in text(answer.content)


def test_reader_of_part_of_the_minutes_gets_an_extract(scene: Scene, signed_in: SignedIn) -> None:
    address = reverse("meetings:minutes_file", args=[scene.things["final"].pk])

    part = text(signed_in(scene.cast.sec_a).get(address).content)
    whole = text(signed_in(scene.cast.chair_r).get(address).content)

    assert SECRET_ITEM in whole
    assert SECRET_ITEM not in part
    assert ("TRÍCH BIÊN BẢN" in part, "TRÍCH BIÊN BẢN" in whole) == (True, False)


def test_unapproved_minutes_say_that_they_are_a_draft(scene: Scene, signed_in: SignedIn) -> None:
    address = reverse("meetings:minutes_file", args=[scene.things["written"].pk])

    shown = text(signed_in(scene.cast.off).get(address).content)

    assert "DỰ THẢO" in shown
    assert "Số       -BB/ĐUK" in shown


def test_number_of_the_call_is_for_the_time_it_named(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.off)
    take = reverse("meetings:take_number", args=[convened.pk, "GM"])
    browser.post(take, {"issued_on": "26/9/2024"})
    mine = reverse("meetings:invitation_file", args=[convened.pk, participant(convened, cast.sec_a).pk])
    before = text(browser.get(mine).content)

    Meeting.objects.filter(pk=convened.pk).update(version=2, venue="Hội trường khác")

    assert "Số 01-GM/" in before
    assert "Số       -GM/" in text(browser.get(mine).content)


def test_very_long_and_hostile_names_are_printed_whole(
    convened: Meeting, cast: Cast, signed_in: SignedIn
) -> None:
    person = participant(convened, cast.sec_a)
    name = ("Nguyễn <w:t>&amp; " * 20)[:120].strip()
    type(person).objects.filter(pk=person.pk).update(full_name=name, position_text="Bí thư " * 30)

    answer = signed_in(cast.off).get(reverse("meetings:attendance_file", args=[convened.pk]))

    assert name in text(answer.content)
    assert opened(answer.content).core_properties.title.startswith("Danh sách điểm danh")


@pytest.mark.parametrize(("day", "size"), [((2017, 1, 1), 14), ((2026, 1, 8), 14), ((2026, 1, 9), 15)])
def test_layout_is_that_of_the_day(db: None, day: tuple[int, int, int], size: int) -> None:
    DocumentLayout.objects.create(effective_from="2026-01-09", basis="Hướng dẫn mới", body_size=15)

    assert DocumentLayout.objects.on(datetime.date(*day)).body_size == size
