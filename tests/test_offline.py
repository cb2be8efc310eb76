"""What a browser may keep to be read without a network: asked of the server (ADR 0021)."""

import datetime
import json
import re
from collections.abc import Callable

import pytest
from cast import Cast
from conferences import Conferences, in_days
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from newsroom import publish, write

from meetings.models import AgendaItem, Meeting, MeetingState, Paper, PaperReading
from members import owning_committee
from members.models import OwningCommittee, User
from news.actions import withdraw

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
PDF = b"%PDF-1.7 thu"


def put(item: AgendaItem, by: User, title: str) -> Paper:
    return Paper.objects.create(
        agenda_item=item,
        title=title,
        file=ContentFile(PDF, name="bao-cao.pdf"),
        name="bao-cao.pdf",
        size=len(PDF),
        no_state_secret_confirmed=True,
        uploaded_by=by,
    )


def held_in(meeting: Meeting, days: int) -> Meeting:
    times = {"starts_at": in_days(days, 0), "ends_at": in_days(days, 23), "answer_by": None}
    Meeting.objects.filter(pk=meeting.pk).update(**times)
    return meeting


def at_hand(browser: Client, *articles: int) -> dict[str, list]:
    return browser.get(reverse("offline_kept"), {"bai": articles}).json()


def titles(browser: Client) -> list[str]:
    return [file["title"] for file in at_hand(browser)["files"]]


def test_of_the_kept_articles_those_still_read_may_stay(cast: Cast, edi2: User, signed_in: SignedIn) -> None:
    for_all = publish(write(cast.edi, "Cho mọi người"), by=edi2)
    for_b = publish(write(cast.edi, "Của B", only_for=cast.b), by=edi2)
    draft = write(cast.edi, "Bản nháp")
    gone = withdraw(publish(write(cast.edi, "Đã gỡ"), by=edi2), by=edi2, reason="Nhầm số")
    kept = [article.pk for article in (for_all, for_b, draft, gone)]

    assert set(at_hand(signed_in(cast.mem_a1), *kept)["texts"]) == {for_all.pk}
    assert set(at_hand(signed_in(cast.mem_b1), *kept)["texts"]) == {for_all.pk, for_b.pk}


def test_numbers_that_name_nothing_are_left_aside(cast: Cast, signed_in: SignedIn) -> None:
    answer = signed_in(cast.mem_a1).get(reverse("offline_kept"), {"bai": ["", "x", "-1", "²", "9" * 40]})

    assert (answer.status_code, answer.json()["texts"]) == (200, [])


def test_papers_of_today_are_for_who_may_read_them(
    cast: Cast, conferences: Conferences, signed_in: SignedIn
) -> None:
    m1 = held_in(conferences.m1, 0)
    items = list(m1.agenda.order_by("position"))
    put(items[0], cast.off, "Báo cáo")
    put(items[2], cast.off, "Công tác cán bộ")

    assert titles(signed_in(cast.chair_r)) == ["Báo cáo", "Công tác cán bộ"]
    assert titles(signed_in(cast.sec_a)) == ["Báo cáo"]
    assert titles(signed_in(cast.mem_a1)) == []


OTHERS = [(1, "convened"), (-1, "minutes"), (0, "cancelled"), (0, "postponed")]


@pytest.mark.parametrize(("days", "state"), OTHERS)
def test_papers_of_another_day_or_of_what_is_off_are_not(
    days: int, state: MeetingState, cast: Cast, conferences: Conferences, signed_in: SignedIn
) -> None:
    m1 = held_in(conferences.m1, days)
    put(m1.agenda.first(), cast.off, "Báo cáo")
    Meeting.objects.filter(pk=m1.pk).update(state=state, state_reason="Bão")

    assert titles(signed_in(cast.chair_r)) == []


def test_paper_replaced_or_not_yet_accepted_is_not_brought(
    cast: Cast, conferences: Conferences, signed_in: SignedIn
) -> None:
    item = held_in(conferences.m1, 0).agenda.first()
    put(item, cast.off, "Báo cáo")
    Paper.objects.filter(pk=put(item, cast.off, "Bản cũ").pk).update(superseded_at=in_days(0))
    Paper.objects.filter(pk=put(item, cast.off, "Chờ nhận").pk).update(state="submitted")

    assert titles(signed_in(cast.off)) == ["Báo cáo"]


@pytest.mark.parametrize(("days", "ahead", "readings"), [(0, True, 0), (0, False, 1), (1, True, 1)])
def test_paper_fetched_ahead_has_not_been_opened(
    days: int, ahead: bool, readings: int, cast: Cast, conferences: Conferences, signed_in: SignedIn
) -> None:
    """Only for a conference of today: elsewhere the header would be a way past the list of readers."""
    paper = put(held_in(conferences.m1, days).agenda.first(), cast.off, "Báo cáo")
    headers = {"x-fetched-ahead": "1"} if ahead else {}

    answer = signed_in(cast.sec_a).get(paper.get_absolute_url(), headers=headers)

    assert (answer.getvalue(), PaperReading.objects.count()) == (PDF, readings)


def test_at_hand_asks_as_much_for_three_papers_as_for_one(
    cast: Cast, conferences: Conferences, signed_in: SignedIn
) -> None:
    browser, item = signed_in(cast.sec_a), held_in(conferences.m1, 0).agenda.first()
    at_hand(browser)
    counted = []
    for names in (["Một"], ["Hai", "Ba"]):
        for name in names:
            put(item, cast.off, name)
        with CaptureQueriesContext(connection) as queries:
            at_hand(browser)
        counted.append(len(queries))

    assert counted[0] == counted[1]


def test_page_without_network_is_the_same_for_everybody(cast: Cast, signed_in: SignedIn) -> None:
    pages = {signed_in(who).get(reverse("offline")).content for who in (None, cast.mem_a1, cast.adm)}

    assert len(pages) == 1
    assert "csrf" not in pages.pop().decode()


def test_worker_stands_at_the_root_and_knows_the_parts_of_its_page(client: Client) -> None:
    answer = client.get(reverse("offline_worker"))
    frame = json.loads(re.search(r"FRAME = ({.*});", answer.text)[1])

    assert reverse("offline_worker").count("/") == 1
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "/static/css/news.css" in frame["parts"]
    assert [part for part in frame["parts"] if not finders.find(part.removeprefix("/static/"))] == []


def test_worker_changes_with_its_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = client.get(reverse("offline_worker")).content
    monkeypatch.setattr("portal.views.offline._page", lambda: "<p>Trang mới</p>")

    assert client.get(reverse("offline_worker")).content != before


def test_telephone_is_told_how_to_install_the_portal(client: Client) -> None:
    told = client.get(reverse("manifest")).json()
    sides = {icon["sizes"] for icon in told["icons"]}

    assert (told["start_url"], told["lang"], told["display"]) == ("/", "vi", "standalone")
    assert {"192x192", "512x512", "any"} == sides
    assert [
        icon["src"] for icon in told["icons"] if not finders.find(icon["src"].removeprefix("/static/"))
    ] == []


def test_portal_on_a_telephone_bears_the_name_of_its_committee(cast: Cast, client: Client) -> None:
    OwningCommittee.objects.create(
        organization=cast.r,
        name='Đảng ủy "Khối" các cơ quan',
        parent_name="Đảng bộ thành phố",
        letters="ĐUK",
        effective_from=datetime.date(2020, 1, 1),
    )
    owning_committee.forget()

    told = client.get(reverse("manifest")).json()

    assert told["name"] == 'Đảng ủy "Khối" các cơ quan – Cổng thông tin nội bộ'
    assert told["short_name"] == "Cổng ĐUK"


def test_each_session_has_a_mark_of_its_own_that_is_not_its_key(cast: Cast, signed_in: SignedIn) -> None:
    browsers = [signed_in(cast.mem_a1), signed_in(cast.mem_a1), signed_in(cast.sec_a)]
    marks = [re.search(r'data-session="(\w+)"', one.get("/").text)[1] for one in browsers]

    assert len(set(marks)) == 3
    assert not any(mark in one.session.session_key for mark, one in zip(marks, browsers, strict=True))


def test_time_of_what_is_kept_is_that_of_the_session(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.mem_a1)
    browser.get("/")
    began = browser.session["began_at"]

    ends = int(re.search(r'data-session-ends="(\d+)"', browser.get("/").text)[1])

    assert ends == round((began + datetime.timedelta(hours=12).total_seconds()) * 1000)
