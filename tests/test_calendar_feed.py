"""A person's own calendar under a secret address: what is in it, and who gets it (P36, P37)."""

import datetime
from collections.abc import Callable

import icalendar
import pytest
import time_machine
from cast import Cast
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from meeting_factory import STARTS_AT, TITLE, make_m1, make_meeting

from meetings.actions import feeds, meetings, schedule
from meetings.models import CalendarFeed, Half, Meeting
from members.models import User
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]


@pytest.fixture(autouse=True)
def a_week_before():
    with time_machine.travel(STARTS_AT - datetime.timedelta(days=7), tick=False):
        yield


@pytest.fixture
def m1(cast: Cast) -> Meeting:
    return make_m1(cast)


def address(user: User) -> str:
    return reverse("meetings:feed", args=[feeds.reset_feed(by=user)])


def events(client: Client, url: str) -> dict[str, icalendar.cal.Component]:
    found = icalendar.Calendar.from_ical(client.get(url).content).walk("VEVENT")
    return {str(event["summary"]): event for event in found}


def test_feed_holds_only_where_its_owner_goes(cast: Cast, m1: Meeting, client: Client) -> None:
    make_meeting(cast, title="Hội nghị không mời sec_a")
    draft = make_m1(cast, title="Hội nghị đang chuẩn bị")
    Meeting.objects.filter(pk=draft.pk).update(state="draft", convened_at=None, convened_by=None)
    for leader in (cast.sec_a, cast.sec_b):
        schedule.add_entry(
            date=STARTS_AT.date(),
            half=Half.MORNING,
            content=f"Việc của {leader.username}",
            leaders=[leader.member],
            by=cast.off,
        )

    assert set(events(client, address(cast.sec_a))) == {TITLE, "Sáng: Việc của sec_a"}
    assert events(client, address(cast.mem_a1)) == {}


def test_office_that_sees_all_has_only_its_own_in_the_feed(cast: Cast, m1: Meeting, client: Client) -> None:
    assert events(client, address(cast.off2)) == {}
    assert set(events(client, address(cast.off))) == {TITLE}  # he minutes it


def test_no_paper_and_no_reason_is_inside(cast: Cast, m1: Meeting, client: Client) -> None:
    meetings.postpone_meeting(m1, reason="Bão số 3", by=cast.off)

    content = client.get(address(cast.chair_r)).content.decode().replace("\r\n ", "")

    assert f"HOÃN: {TITLE}" in content
    assert "STATUS:CANCELLED" in content
    for hidden in ("Bão số 3", "Công tác cán bộ", "Báo cáo kết quả 9 tháng", "ATTENDEE"):
        assert hidden not in content


def test_event_is_the_same_as_in_the_letters_and_rises_with_changes(
    cast: Cast, m1: Meeting, client: Client
) -> None:
    url = address(cast.sec_a)
    later = STARTS_AT + datetime.timedelta(hours=1)
    meetings.move_meeting(m1, starts_at=later, ends_at=m1.ends_at, venue=m1.venue, by=cast.off)

    event = events(client, url)[TITLE]

    assert (str(event["uid"]).partition("@")[0], event["sequence"]) == (f"hop-{m1.pk}", 2)
    assert event["dtstart"].dt == later


def test_diary_entry_without_hour_is_an_event_of_the_day(cast: Cast, client: Client) -> None:
    day = STARTS_AT.date()
    entry = {"date": day, "half": Half.ALL_DAY, "leaders": [cast.sec_a.member], "by": cast.off}
    schedule.add_entry(content="Trực cơ quan", **entry)

    event = events(client, address(cast.sec_a))["Trực cơ quan"]

    assert (event["dtstart"].dt, event["dtend"].dt) == (day, day + datetime.timedelta(days=1))


def test_person_taken_off_loses_the_event_at_once(cast: Cast, m1: Meeting, client: Client) -> None:
    url = address(cast.sec_a)
    m1.participants.filter(member=cast.sec_a.member).update(
        removed_at=timezone.now(), removal_reason="Đi công tác"
    )

    assert events(client, url) == {}


def test_secret_is_stored_nowhere_and_shown_once(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.sec_a)

    made = browser.post(reverse("meetings:reset_feed"))

    token = made.context["address"].rpartition("/")[2].removesuffix(".ics")
    assert CalendarFeed.objects.get().digest != token
    assert token in made.text
    assert token not in browser.get(reverse("account:home")).text
    assert not AuditEntry.objects.filter(changes__icontains=token).exists()


def test_reset_and_end_close_the_old_address(cast: Cast, client: Client) -> None:
    first = address(cast.sec_a)
    second = address(cast.sec_a)
    assert [client.get(url).status_code for url in (first, second)] == [404, 200]

    feeds.end_feed(by=cast.sec_a)

    assert client.get(second).status_code == 404


def test_locked_account_has_no_feed(cast: Cast, client: Client) -> None:
    url = address(cast.sec_a)
    User.objects.filter(pk=cast.sec_a.pk).update(is_active=False)

    assert client.get(url).status_code == 404


def test_hundred_guesses_have_to_wait_and_nobody_else(cast: Cast, client: Client) -> None:
    right = address(cast.sec_a)
    wrong = reverse("meetings:feed", args=["A" * 43])

    answers = [client.get(wrong, REMOTE_ADDR="10.0.0.9").status_code for _ in range(100)]

    assert (answers[0], answers[-1]) == (404, 429)
    assert client.get(right, REMOTE_ADDR="10.0.0.10").status_code == 200


def test_unchanged_feed_is_answered_with_304(cast: Cast, m1: Meeting, client: Client) -> None:
    url = address(cast.sec_a)
    first = client.get(url)

    again = client.get(url, headers={"if-none-match": first["ETag"]})
    Meeting.objects.filter(pk=m1.pk).update(venue="Phòng họp số 1")
    changed = client.get(url, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


def test_owner_sees_when_it_was_last_asked(cast: Cast, client: Client, signed_in: SignedIn) -> None:
    url, account = address(cast.sec_a), reverse("account:home")
    before = signed_in(cast.sec_a).get(account).text
    client.get(url)

    assert "chưa dùng" in before
    assert "dùng lần cuối ngày 19/9/2024" in signed_in(cast.sec_a).get(account).text.replace("\xa0", " ")


@pytest.mark.parametrize("number", [1, 3])
def test_feed_costs_the_same_however_long(
    cast: Cast, client: Client, number: int, django_assert_num_queries
) -> None:
    for place in range(number):
        make_m1(cast, title=f"Hội nghị {place}")
    url = address(cast.sec_a)
    client.get(url)

    with django_assert_num_queries(4):
        client.get(url)
