"""How the minutes came to be: each save beside the last one, and what was not chosen."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from cast import Cast
from django.test import Client
from django.urls import reverse
from minutes_desk import begin_minutes

from meetings.actions import minutes
from meetings.models import AgendaItem, Meeting, MinutesBlock, MinutesRevision
from members.models import User

pytestmark = pytest.mark.django_db
Browser = Callable[[User | None], Client]


@pytest.fixture
def session(cast: Cast) -> Meeting:
    return begin_minutes(cast)


@pytest.fixture
def item(session: Meeting) -> AgendaItem:
    return session.agenda.get(position=1)


def save(client: Client, item: AgendaItem, act: str = "block", **fields: object):
    address = reverse("meetings:minutes_save", args=[item.meeting_id])
    sent = {"act": act, "item": item.pk, "revision": 0, "desk": uuid4(), "step": 1}
    return client.post(address, sent | fields)


def page(client: Client, meeting: Meeting, piece: str = "") -> str:
    address = reverse("meetings:minutes_revisions", args=[meeting.pk])
    return client.get(address, {"phan": piece} if piece else {}).text


def test_text_that_met_a_newer_one_is_kept_whatever_is_chosen(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    save(signed_in(cast.off), item, body="<p>Bản của thư ký</p>")

    answer = save(signed_in(cast.off2), item, body="<p>Bản của người cùng ghi</p>")

    assert answer.status_code == 409
    aside = MinutesRevision.objects.get(is_aside=True)
    assert (aside.content["body"], aside.saved_by) == ("<p>Bản của người cùng ghi</p>", cast.off2)
    assert MinutesBlock.objects.get().body == "<p>Bản của thư ký</p>"


def test_asking_again_while_it_is_decided_keeps_one_row(
    cast: Cast, item: AgendaItem, signed_in: Browser
) -> None:
    save(signed_in(cast.off), item, body="<p>Một</p>")
    other = signed_in(cast.off2)

    for text in ("<p>Hai</p>", "<p>Hai ba</p>"):
        save(other, item, body=text)

    assert [one.content["body"] for one in MinutesRevision.objects.filter(is_aside=True)] == ["<p>Hai ba</p>"]


def test_conflict_without_script_is_kept_too(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    save(signed_in(cast.off), item, body="<p>Một</p>")
    form = {"act": "block", "item": item.pk, "revision": 0, "body": "<p>Hai</p>"}

    answer = signed_in(cast.off2).post(reverse("meetings:minutes", args=[session.pk]), form)

    assert answer.status_code == 409
    assert reverse("meetings:minutes_revisions", args=[session.pk]) in answer.text
    assert MinutesRevision.objects.filter(is_aside=True).count() == 1


def test_scratch_pad_is_never_among_the_saves(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    writer = signed_in(cast.off)
    save(writer, item, "scratch", text="chuyện riêng")

    assert save(writer, item, "scratch", text="chuyện riêng nữa").status_code == 409
    assert not MinutesRevision.objects.exists()
    assert "chuyện riêng" not in page(writer, session)


def test_next_save_goes_on_from_what_stands_and_not_from_what_lies_aside(
    cast: Cast, item: AgendaItem, signed_in: Browser
) -> None:
    writer, other = signed_in(cast.off), signed_in(cast.off2)
    save(writer, item, body="<p>Một</p>")
    save(other, item, body="<p>Hai</p>")

    assert save(other, item, body="<p>Một hai</p>", revision=1).json()["revision"] == 2

    standing = MinutesRevision.objects.filter(is_aside=False).order_by("revision")
    assert [one.revision for one in standing] == [1, 2]


def test_page_shows_word_by_word_what_each_save_changed(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    save(signed_in(cast.off), item, body="<p>Đồng chí A phát biểu</p>")
    save(signed_in(cast.off2), item, body="<p>Đồng chí B phát biểu</p>", revision=1)

    shown = page(signed_in(cast.off), session, f"block:{item.pk}")

    assert "<del>A</del>" in shown
    assert "<ins>B</ins>" in shown
    assert "2 lần" in shown


def test_page_says_what_lies_aside(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    save(signed_in(cast.off), item, body="<p>Một</p>")
    save(signed_in(cast.off2), item, body="<p>Hai</p>")

    assert "để riêng, không vào biên bản" in page(signed_in(cast.off2), session)


def test_opinion_is_known_by_who_spoke(
    cast: Cast, session: Meeting, item: AgendaItem, signed_in: Browser
) -> None:
    speaker = session.participants.get(member=cast.sec_a.member)
    minutes.record_opinion(session.minutes, item, participant=speaker, text="Nhất trí", by=cast.off)

    assert f"Ý kiến: {speaker.full_name}: Nhất trí" in page(signed_in(cast.off), session)


@pytest.mark.parametrize(("who", "status"), [("off", 200), ("chair_r", 403), ("mem_a1", 404), ("sec_a", 404)])
def test_who_sees_how_the_minutes_came_to_be(
    cast: Cast, session: Meeting, signed_in: Browser, who: str, status: int
) -> None:
    address = reverse("meetings:minutes_revisions", args=[session.pk])

    assert signed_in(getattr(cast, who)).get(address).status_code == status


def test_unknown_text_is_not_found(cast: Cast, session: Meeting, signed_in: Browser) -> None:
    address = reverse("meetings:minutes_revisions", args=[session.pk]) + "?phan=block:0"

    assert signed_in(cast.off).get(address).status_code == 404


def test_office_finds_the_saves_from_the_draft(cast: Cast, session: Meeting, signed_in: Browser) -> None:
    address = reverse("meetings:minutes", args=[session.pk])
    saves = reverse("meetings:minutes_revisions", args=[session.pk])

    assert saves in signed_in(cast.off).get(address).text
    assert saves in signed_in(cast.off).get(f"{address}?xem=1").text
    assert saves not in signed_in(cast.chair_r).get(address).text
