"""Documents to be studied: a frozen audience, one's own word, reminders only to the silent, true figures."""

import datetime
import re
from collections.abc import Callable

import pytest
import time_machine
from cast import Cast, make_user
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import publish, write

from members.models import User
from news import actions, coverage
from news.models import Acknowledgement, Article, Reader, RequiredReading
from portal.models import Delivery, PortalNotice
from portal.outbox import kind_of

Browser = Callable[[User | None], Client]
A_WEEK = datetime.timedelta(days=7)


@pytest.fixture
def article(cast: Cast, edi: User, edi2: User) -> Article:
    """For A and below: there are mem_a1 and sec_a."""
    return publish(write(edi, "Nghị quyết về xây dựng Đảng", only_for=cast.a), by=edi2)


@pytest.fixture
def reading(article: Article, edi: User) -> RequiredReading:
    return actions.require_reading(article, by=edi, due_on=timezone.localdate() + A_WEEK)


def read(reading: RequiredReading, user: User) -> Reader:
    reading.refresh_from_db()
    actions.open_reading(reading, by=user)
    return actions.acknowledge(reading, by=user, edition=reading.edition)


def names(reading: RequiredReading) -> set[str]:
    return set(reading.readers.counted().values_list("user__username", flat=True))


def silent(reading: RequiredReading) -> set[str]:
    return set(reading.readers.silent().values_list("user__username", flat=True))


def told(kind: str) -> list[str]:
    notices = PortalNotice.objects.filter(notice__kind=f"news.{kind}")
    return sorted(notices.values_list("recipient__username", flat=True))


def test_audience_is_frozen_with_names_and_units(reading: RequiredReading, mem_a1: User, cast: Cast) -> None:
    reader = reading.readers.get(user=mem_a1)

    assert names(reading) == {"mem_a1", "sec_a"}
    assert (reader.name, reader.organization) == (mem_a1.full_name, cast.a1)
    assert told("must_read") == ["mem_a1", "sec_a"]


def test_draft_is_not_required(draft: Article, edi: User) -> None:
    with pytest.raises(ValidationError, match="đã đăng"):
        actions.require_reading(draft, by=edi, due_on=timezone.localdate())


def test_opened_is_not_acknowledged(reading: RequiredReading, mem_a1: User, signed_in: Browser) -> None:
    signed_in(mem_a1).get(reading.get_absolute_url())

    reader = reading.readers.get(user=mem_a1)
    assert (reader.status.label, silent(reading)) == ("Đã mở, chưa xác nhận", {"mem_a1", "sec_a"})


def test_reader_acknowledges_in_his_own_name(
    reading: RequiredReading, mem_a1: User, signed_in: Browser
) -> None:
    browser = signed_in(mem_a1)
    browser.get(reading.get_absolute_url())
    for _ in range(2):
        browser.post(reading.get_absolute_url(), {"edition": 1, "has_read": "on"})

    assert silent(reading) == {"sec_a"}
    assert Acknowledgement.objects.count() == 1
    assert "Đồng chí đã xác nhận lúc" in browser.get(reading.get_absolute_url()).content.decode()


def test_nobody_acknowledges_what_he_has_not_opened(reading: RequiredReading, mem_a1: User) -> None:
    with pytest.raises(ValidationError, match="Mở văn bản"):
        actions.acknowledge(reading, by=mem_a1, edition=1)


def test_nobody_acknowledges_for_another(reading: RequiredReading, edi: User, signed_in: Browser) -> None:
    answer = signed_in(edi).post(reading.get_absolute_url(), {"edition": 1, "has_read": "on"})

    assert (answer.status_code, silent(reading)) == (403, {"mem_a1", "sec_a"})


def test_material_change_is_read_again(reading: RequiredReading, mem_a1: User, edi: User) -> None:
    read(reading, mem_a1)

    reading = actions.change_material(
        reading, by=edi, what_changed="Thêm mục 3.", due_on=timezone.localdate() + A_WEEK
    )

    assert silent(reading) == {"mem_a1", "sec_a"}
    assert told("read_again") == ["mem_a1", "sec_a"]
    assert Acknowledgement.objects.filter(edition=1).count() == 1


def test_word_for_an_older_edition_does_not_count(
    reading: RequiredReading, mem_a1: User, edi: User, signed_in: Browser
) -> None:
    signed_in(mem_a1).get(reading.get_absolute_url())
    actions.change_material(reading, by=edi, what_changed="Thêm.", due_on=timezone.localdate())

    answer = signed_in(mem_a1).post(reading.get_absolute_url(), {"edition": 1, "has_read": "on"})

    assert (answer.status_code, Acknowledgement.objects.count()) == (409, 0)


def test_correction_of_a_word_asks_nobody_again(
    reading: RequiredReading, article: Article, mem_a1: User, edi: User
) -> None:
    read(reading, mem_a1)

    actions.edit(article, by=edi, version=1, values={"lead": "Sửa một chữ."})

    assert silent(reading) == {"sec_a"}


def test_list_follows_who_comes_and_who_leaves(
    reading: RequiredReading, cast: Cast, mem_a1: User, sec_a: User
) -> None:
    read(reading, sec_a)
    make_user("mem_a2", "Lý Thị Mới", cast.a2)
    User.objects.filter(pk=mem_a1.pk).update(is_active=False)

    changed = [actions.keep_readers(), actions.keep_readers()]

    newcomer = reading.readers.get(user__username="mem_a2")
    assert (changed, names(reading), silent(reading)) == ([2, 0], {"mem_a2", "sec_a"}, {"mem_a2"})
    assert (newcomer.came_later, newcomer.due_on > reading.due_on) == (True, True)
    total = coverage.total(coverage.by_unit(reading, Reader.objects.all()))
    assert (total.asked, total.acknowledged, total.percent) == (2, 1, 50.0)


def test_only_the_silent_are_reminded_and_once_a_rung(
    reading: RequiredReading, mem_a1: User, sec_a: User
) -> None:
    read(reading, sec_a)
    reminded = []
    for days in (1, 4, 5, 7, 10, 11, 30):
        with time_machine.travel(timezone.now() + datetime.timedelta(days=days), tick=False):
            reminded.append(actions.remind_silent())

    assert reminded == [0, 1, 0, 1, 1, 0, 0]
    assert told("reading_reminder") == ["mem_a1"] * 3


def test_letter_stays_when_its_reader_was_quicker(reading: RequiredReading, mem_a1: User) -> None:
    delivery = Delivery.objects.get(notice__kind="news.must_read", user=mem_a1)
    assert kind_of(delivery.notice.kind).refusal(delivery) is None

    read(reading, mem_a1)

    assert kind_of(delivery.notice.kind).refusal(delivery) == "Người nhận đã xác nhận."


def test_letter_does_not_follow_who_lost_access(
    reading: RequiredReading, mem_a1: User, cast: Cast, article: Article
) -> None:
    delivery = Delivery.objects.get(notice__kind="news.must_read", user=mem_a1)
    article.audience_organizations.set([cast.b])

    assert kind_of(delivery.notice.kind).refusal(delivery) == "Người nhận không còn xem được bài này."


def test_each_number_is_the_count_of_its_rows(
    cast: Cast, edi: User, edi2: User, mem_a1: User, sec_a: User, signed_in: Browser
) -> None:
    article = publish(write(edi, "Chỉ thị cho mọi người"), by=edi2)
    reading = actions.require_reading(article, by=edi, due_on=timezone.localdate() + A_WEEK)
    read(reading, mem_a1)
    actions.open_reading(reading, by=sec_a)
    browser = signed_in(edi)
    address = reverse("news:coverage", args=[reading.pk])
    table = browser.get(address).content.decode()
    links = re.findall(r'<a href="(\?loc=[^"]*)">(\d+)</a>', table)

    rows = {
        link: len(browser.get(address + link.replace("&amp;", "&")).context["names"]) for link, _ in links
    }

    assert len(links) >= 8
    assert rows == {link: int(number) for link, number in links}


def test_secretary_sees_his_own_organisations_alone(
    cast: Cast, edi: User, edi2: User, signed_in: Browser
) -> None:
    article = publish(write(edi, "Chỉ thị cho mọi người"), by=edi2)
    reading = actions.require_reading(article, by=edi, due_on=timezone.localdate() + A_WEEK)
    address = reverse("news:coverage", args=[reading.pk])

    shown = signed_in(cast.sec_a).get(f"{address}?loc=").context

    assert {reader.user_id for reader in shown["names"]} == {cast.mem_a1.pk, cast.sec_a.pk}
    assert shown["total"].asked == 2
    assert signed_in(cast.mem_a1).get(address).status_code == 403


def test_home_and_list_say_what_i_owe(reading: RequiredReading, mem_a1: User, signed_in: Browser) -> None:
    browser = signed_in(mem_a1)
    before = "Phải đọc, xác nhận" in browser.get("/").content.decode()
    owed = browser.get(reverse("news:readings")).context["owed"]

    read(reading, mem_a1)

    assert (before, len(owed)) == (True, 1)
    assert "Phải đọc, xác nhận" not in browser.get("/").content.decode()
    assert browser.get(reverse("news:readings")).context["owed"] == []


def test_withdrawn_document_is_owed_by_nobody(
    reading: RequiredReading, article: Article, mem_a1: User, edi: User, signed_in: Browser
) -> None:
    actions.withdraw(article, by=edi, reason="Ban hành lại")

    assert signed_in(mem_a1).get(reading.get_absolute_url()).status_code == 404
    assert not Reader.objects.owed_by(mem_a1).exists()


def test_document_says_its_number_on_the_page(
    article: Article, edi: User, mem_a1: User, signed_in: Browser
) -> None:
    facts = {
        "kind": "NQ",
        "symbol": "12-NQ/ĐUK",
        "abstract": "về xây dựng Đảng",
        "issued_by": "Đảng ủy Khối",
        "issued_on": "26/9/2024",
    }

    signed_in(edi).post(reverse("news:document", args=[article.pk]), facts)

    page = signed_in(mem_a1).get(article.get_absolute_url()).content.decode()
    assert "Nghị quyết số 12-NQ/ĐUK" in page
    assert "ngày\N{NO-BREAK SPACE}26\N{NO-BREAK SPACE}tháng\N{NO-BREAK SPACE}9" in page


def test_editor_ends_the_asking_and_keeps_what_was_acknowledged(
    reading: RequiredReading, edi: User, mem_a1: User, signed_in: Browser
) -> None:
    read(reading, mem_a1)
    browser, address = signed_in(edi), reverse("news:end_reading", args=[reading.pk])

    page = browser.get(address).content.decode()
    browser.post(address)
    again = browser.post(address, follow=True).content.decode()

    assert "Còn <b>1 người</b> chưa xác nhận" in page
    assert "Việc giao đọc văn bản này đã kết thúc." in again and "Thôi giao đọc…" not in again
    assert not RequiredReading.objects.open().exists() and Acknowledgement.objects.count() == 1
    assert actions.remind_silent(timezone.localdate() + A_WEEK) == 0
