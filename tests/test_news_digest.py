"""News by letter: off unless asked for, once a period, only what is new and what its reader may read."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from cast import Cast
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import publish, write

from members.models import PartyMember, User
from news import actions, digest_letters
from news.models import Article, DigestRhythm, NewsDigest
from portal import dates, outbox
from portal.models import Delivery, PortalNotice

Browser = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db
#: A Thursday.
THURSDAY = dates.midnight(datetime.date(2026, 3, 5))
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.fixture
def readers(cast: Cast) -> None:
    """One of A every day, one of B every week, asked for on Thursday at nine."""
    with time_machine.travel(THURSDAY + 9 * HOUR, tick=False):
        actions.set_digest("daily", by=cast.mem_a1)
        actions.set_digest("weekly", by=cast.mem_b1)


def appear(cast: Cast, edi2: User, title: str, at: datetime.datetime, **fields: object) -> Article:
    with time_machine.travel(at, tick=False):
        return publish(write(cast.edi, title, **fields), by=edi2)


def send(at: datetime.datetime) -> int:
    with time_machine.travel(at, tick=False):
        return actions.send_digests()


def letters(user: User) -> list[str]:
    rows = Delivery.objects.filter(notice__kind="news.digest", recipient_key=f"user:{user.pk}").order_by("pk")
    kind = outbox.kind_of("news.digest")
    return [kind.compose(row).text for row in rows]


def test_letter_holds_what_is_new_and_readable(cast: Cast, edi2: User, readers: None) -> None:
    appear(cast, edi2, "Tin cũ", THURSDAY + 8 * HOUR)
    appear(cast, edi2, "Tin mới", THURSDAY + 10 * HOUR)
    appear(cast, edi2, "Chuyện của B", THURSDAY + 11 * HOUR, only_for=cast.b)

    assert send(THURSDAY + DAY + 8 * HOUR) == 1

    (letter,) = letters(cast.mem_a1)
    assert "Tin mới" in letter
    assert "Tin cũ" not in letter
    assert "Chuyện của B" not in letter
    assert letters(cast.mem_b1) == []


def test_each_period_is_sent_once_and_tells_nothing_twice(cast: Cast, edi2: User, readers: None) -> None:
    appear(cast, edi2, "Tin thứ Năm", THURSDAY + 10 * HOUR)
    friday = THURSDAY + DAY

    assert [send(friday + 6 * HOUR), send(friday + 8 * HOUR), send(friday + 9 * HOUR)] == [0, 1, 0]
    appear(cast, edi2, "Tin thứ Sáu", friday + 10 * HOUR)
    assert send(friday + DAY + 8 * HOUR) == 1

    assert ["Tin thứ Năm" in letter for letter in letters(cast.mem_a1)] == [True, False]
    assert ["Tin thứ Sáu" in letter for letter in letters(cast.mem_a1)] == [False, True]


def test_week_is_sent_on_monday_and_a_missed_one_later(cast: Cast, edi2: User, readers: None) -> None:
    appear(cast, edi2, "Chuyện của B", THURSDAY + 11 * HOUR, only_for=cast.b)
    monday = THURSDAY + 4 * DAY

    assert send(monday + 2 * DAY + 8 * HOUR) == 1

    assert "Chuyện của B" in letters(cast.mem_b1)[0]
    assert NewsDigest.objects.get(user=cast.mem_b1).next_on == (monday + 7 * DAY).date()


def test_nothing_new_is_no_letter(cast: Cast, readers: None) -> None:
    assert send(THURSDAY + DAY + 8 * HOUR) == 0
    assert not Delivery.objects.exists()


def test_what_is_withdrawn_or_no_longer_his_is_not_in_the_letter(
    cast: Cast, edi2: User, readers: None
) -> None:
    gone = appear(cast, edi2, "Tin gỡ", THURSDAY + 10 * HOUR)
    appear(cast, edi2, "Tin của A", THURSDAY + 10 * HOUR, only_for=cast.a)
    send(THURSDAY + DAY + 8 * HOUR)
    row = Delivery.objects.get(notice__kind="news.digest")

    actions.withdraw(gone, by=edi2, reason="Sai")
    assert "Tin gỡ" not in letters(cast.mem_a1)[0]
    PartyMember.objects.filter(pk=cast.mem_a1.member_id).update(organization=cast.b1)
    assert "không còn được xem" in outbox.kind_of("news.digest").refusal(row)


def test_letter_says_how_many_more_there_are(
    cast: Cast, edi2: User, readers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(digest_letters, "MOST_ITEMS", 1)
    for number in range(3):
        appear(cast, edi2, f"Tin số {number}", THURSDAY + (10 + number) * HOUR)

    send(THURSDAY + DAY + 8 * HOUR)

    (letter,) = letters(cast.mem_a1)
    assert "Tin số 2" in letter
    assert "Tin số 1" not in letter
    assert "Còn 2 tin nữa trong kỳ này." in letter


def test_letter_comes_by_mail_alone(cast: Cast, edi2: User, readers: None) -> None:
    appear(cast, edi2, "Tin mới", THURSDAY + 10 * HOUR)

    send(THURSDAY + DAY + 8 * HOUR)

    assert not PortalNotice.objects.filter(recipient=cast.mem_a1).exists()


def test_link_of_the_letter_shows_first_and_ends_it_by_post(
    cast: Cast, readers: None, client: Client
) -> None:
    address = digest_letters.stop_address(cast.mem_a1)

    assert "Thôi nhận bản tin" in client.get(address).content.decode()
    assert NewsDigest.objects.filter(user=cast.mem_a1).exists()
    assert client.post(address).status_code == 302
    assert not NewsDigest.objects.filter(user=cast.mem_a1).exists()
    assert "không gửi bản tin" in client.get(address).content.decode()
    others = address.replace(f"/{cast.mem_a1.pk}/", f"/{cast.mem_b1.pk}/")
    assert client.post(others).status_code == 404
    assert NewsDigest.objects.filter(user=cast.mem_b1).exists()


def test_letter_under_way_is_stopped_when_it_was_ended(cast: Cast, edi2: User, readers: None) -> None:
    appear(cast, edi2, "Tin mới", THURSDAY + 10 * HOUR)
    send(THURSDAY + DAY + 8 * HOUR)
    row = Delivery.objects.get(notice__kind="news.digest")

    actions.end_digest(cast.mem_a1, by=cast.mem_a1)

    assert outbox.kind_of("news.digest").refusal(row) == "Người nhận đã thôi nhận bản tin."


def test_is_asked_for_and_ended_on_the_page(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.mem_a1)
    browser.post(reverse("news:set_digest"), {"rhythm": "weekly"})
    assert NewsDigest.objects.get(user=cast.mem_a1).rhythm == DigestRhythm.WEEKLY

    browser.post(reverse("news:set_digest"), {"rhythm": ""})
    assert not NewsDigest.objects.exists()


def test_without_an_address_it_is_refused(cast: Cast) -> None:
    cast.mem_a1.email = ""
    with pytest.raises(ValidationError, match="Chưa có địa chỉ thư"):
        actions.set_digest("daily", by=cast.mem_a1)


@pytest.mark.parametrize(("weekday", "days"), [(0, 7), (3, 4), (6, 1)])
def test_next_week_begins_on_monday(weekday: int, days: int) -> None:
    day = datetime.date(2026, 3, 2) + datetime.timedelta(days=weekday)

    assert (DigestRhythm.WEEKLY.day_after(day) - day).days == days
    assert timezone.localdate() < DigestRhythm.DAILY.day_after(timezone.localdate())
