"""The weekly schedule: who sees what, what is put up, and how later changes are shown (domain §2.3)."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from cast import Cast
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from meeting_factory import STARTS_AT, TITLE, make_m1

from meetings.actions import meetings, schedule
from meetings.models import Half, Meeting, MeetingKind, PublishedEntry, ScheduleEntry
from meetings.schedule import Change, scheduled_week
from members.models import User
from portal.dates import Week
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]

WEEK = Week(2024, 39)
TUESDAY = datetime.date(2024, 9, 24)
FRIDAY_BEFORE = datetime.datetime(2024, 9, 20, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def friday_before():
    with time_machine.travel(FRIDAY_BEFORE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def m1(cast: Cast) -> Meeting:
    """On the common schedule by its kind, with sec_a and mem_b1 among those invited."""
    meeting = make_m1(cast)
    MeetingKind.objects.update(is_on_schedule=True)
    return meeting


def write(cast: Cast, content: str = "Làm việc với Sở An", **given: object) -> ScheduleEntry:
    row = {"date": TUESDAY, "half": Half.MORNING, "hour": datetime.time(8), "venue": "Phòng họp số 2"} | given
    return schedule.add_entry(content=content, by=cast.off, **row)


def change(entry: ScheduleEntry, cast: Cast, **given: object) -> ScheduleEntry:
    leaders = given.pop("leaders", entry.leaders.all())
    plan = {name: getattr(entry, name) for name in schedule.PLAN} | given
    return schedule.change_entry(entry, by=cast.off, leaders=leaders, **plan)


def publish(cast: Cast, week: Week = WEEK) -> None:
    schedule.publish_week(week, by=cast.off)


def said(user: User, week: Week = WEEK) -> dict[str, list[Change]]:
    return {line.shown.content: list(line.changes) for line in scheduled_week(user, week).lines}


def page(browser: Client, week: Week = WEEK, **asked: str) -> str:
    return browser.get(reverse("meetings:week_of", args=[week]), asked).text


def test_week_not_yet_put_up_shows_a_reader_his_own_lines(
    cast: Cast, m1: Meeting, signed_in: SignedIn
) -> None:
    write(cast, "Việc của Phó Bí thư", leaders=[cast.chair_r.member])

    assert said(cast.mem_a1) == {}
    assert set(said(cast.sec_a)) == {TITLE}
    assert set(said(cast.chair_r)) == {TITLE, "Việc của Phó Bí thư"}
    assert set(said(cast.off)) == {TITLE, "Việc của Phó Bí thư"}
    assert "chưa đăng lịch tuần này" in page(signed_in(cast.mem_a1))


def test_week_put_up_is_for_everybody_but_the_way_in_is_not(
    cast: Cast, m1: Meeting, signed_in: SignedIn
) -> None:
    write(cast)
    publish(cast)

    stranger, invited = (page(signed_in(who)) for who in (cast.mem_a1, cast.sec_a))

    assert TITLE in stranger
    assert "Ủy viên Ban Chấp hành; Khách mời. Chủ trì: Phó Bí thư Thường trực Đảng ủy Khối" in stranger
    assert m1.get_absolute_url() not in stranger
    assert m1.get_absolute_url() in invited
    assert "Làm việc với Sở An" in stranger


def test_kind_off_the_schedule_hides_its_conferences(cast: Cast, m1: Meeting, signed_in: SignedIn) -> None:
    MeetingKind.objects.update(is_on_schedule=False)
    write(cast)
    publish(cast)

    for asked in ({}, {"xem": "toi"}, {"xem": "phong"}):
        assert TITLE not in page(signed_in(cast.mem_a1), **asked)
    assert TITLE not in signed_in(cast.mem_a1).get(reverse("home")).text
    assert set(said(cast.mem_a1)) == {"Làm việc với Sở An"}


def test_conference_of_an_organisation_below_stays_off_though_its_kind_is_on(cast: Cast, m1: Meeting) -> None:
    Meeting.objects.filter(pk=m1.pk).update(organization=cast.b)
    write(cast)
    publish(cast)

    assert set(said(cast.mem_a1)) == {"Làm việc với Sở An"}
    schedule.put_on_schedule(m1, is_on=True, by=cast.off)
    assert said(cast.mem_a1)[TITLE] == [Change.NEW]


def test_conference_taken_off_leaves_no_trace_for_others(cast: Cast, m1: Meeting) -> None:
    write(cast)
    publish(cast)

    schedule.put_on_schedule(m1, is_on=False, by=cast.off)

    assert TITLE not in said(cast.mem_a1)


def test_draft_is_on_nobodys_schedule(cast: Cast, m1: Meeting) -> None:
    Meeting.objects.filter(pk=m1.pk).update(state="draft", convened_at=None, convened_by=None)
    write(cast)
    publish(cast)

    assert TITLE not in said(cast.mem_a1)
    assert [line.now.content for line in scheduled_week(cast.off, WEEK).others] == [TITLE]


def test_later_changes_are_shown_with_the_old_words(cast: Cast, m1: Meeting, signed_in: SignedIn) -> None:
    hour, room, off = write(cast, "Đổi giờ nhé"), write(cast, "Đổi phòng nhé"), write(cast, "Hoãn nhé")
    publish(cast)

    change(hour, cast, hour=datetime.time(9))
    change(room, cast, venue="Phòng họp số 1")
    schedule.postpone_entry(off, reason="Sở bận", by=cast.off)
    write(cast, "Việc mới")
    shown = page(signed_in(cast.mem_a1))

    assert said(cast.mem_a1) == {
        "Đổi giờ nhé": [Change.HOUR],
        "Đổi phòng nhé": [Change.ROOM],
        "Hoãn nhé": [Change.POSTPONED],
        "Việc mới": [Change.NEW],
        TITLE: [],
    }
    assert "4 thay đổi sau khi đăng thứ\N{NO-BREAK SPACE}Sáu 20/9." in shown
    assert "Một việc mới, một hoãn, một đổi giờ, một đổi phòng." in shown
    assert "<del>8 giờ 00</del>" in shown
    assert "<del>Phòng họp số 2</del>" in shown
    assert "Sở bận" not in shown


def test_moved_conference_shows_its_old_day(cast: Cast, m1: Meeting, signed_in: SignedIn) -> None:
    publish(cast)
    wednesday = STARTS_AT - datetime.timedelta(days=1)

    meetings.move_meeting(
        m1, starts_at=wednesday, ends_at=wednesday + datetime.timedelta(hours=3), venue=m1.venue, by=cast.off
    )

    assert said(cast.mem_a1) == {TITLE: [Change.DAY]}
    assert "<del>14 giờ 00, thứ Năm 26/9</del>" in page(signed_in(cast.mem_a1))


def test_thing_moved_to_a_week_not_put_up_is_struck_out_and_not_told_there(cast: Cast, m1: Meeting) -> None:
    entry = write(cast)
    publish(cast)
    next_week = TUESDAY + datetime.timedelta(days=7)

    change(entry, cast, date=next_week)
    later = STARTS_AT + datetime.timedelta(days=7)
    meetings.move_meeting(
        m1, starts_at=later, ends_at=later + datetime.timedelta(hours=1), venue=m1.venue, by=cast.off
    )

    assert said(cast.mem_a1) == {entry.content: [Change.LEFT], TITLE: [Change.LEFT]}
    assert said(cast.mem_a1, WEEK.next) == {}
    assert said(cast.sec_a, WEEK.next) == {TITLE: []}


def test_what_was_stopped_before_is_not_put_up(cast: Cast) -> None:
    write(cast)
    schedule.cancel_entry(write(cast, "Đã hủy từ trước"), reason="Trùng", by=cast.off)

    publish(cast)

    assert said(cast.mem_a1) == {"Làm việc với Sở An": []}


def test_putting_up_again_clears_the_marks_and_keeps_both_editions(cast: Cast) -> None:
    entry, other = write(cast), write(cast, "Hủy sau")
    publish(cast)
    change(entry, cast, hour=datetime.time(9))
    schedule.cancel_entry(other, reason="Trùng", by=cast.off)

    publish(cast)

    assert said(cast.mem_a1) == {"Làm việc với Sở An": [], "Hủy sau": []}
    hours = PublishedEntry.objects.filter(entry=entry).order_by("edition").values_list("edition", "hour")
    assert list(hours) == [(1, datetime.time(8)), (2, datetime.time(9))]


@pytest.mark.parametrize("reason", ["nothing", "unchanged", "past"])
def test_week_is_not_put_up_without_reason(cast: Cast, reason: str, friday_before) -> None:
    if reason != "nothing":
        write(cast)
    if reason == "unchanged":
        publish(cast)
    if reason == "past":
        friday_before.shift(datetime.timedelta(days=30))

    with pytest.raises(ValidationError):
        publish(cast)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"half": Half.AFTERNOON}, "Giờ không thuộc buổi"),
        ({"until": datetime.time(7)}, "Giờ xong phải sau"),
        ({"content": ""}, "để trắng"),
    ],
)
def test_entry_that_contradicts_itself_is_refused(cast: Cast, fields: dict, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        write(cast, **fields)


def test_stopping_needs_a_reason_and_is_final_when_cancelled(cast: Cast) -> None:
    entry = write(cast)
    with pytest.raises(ValidationError, match="lý do"):
        schedule.postpone_entry(entry, reason=" ", by=cast.off)

    schedule.postpone_entry(entry, reason="Bão", by=cast.off)
    assert not change(entry, cast, hour=datetime.time(10)).is_stopped
    schedule.cancel_entry(entry, reason="Bão", by=cast.off)

    with pytest.raises(ValidationError, match="đã hủy"):
        change(entry, cast)
    with pytest.raises(ValidationError, match="đã hủy"):
        schedule.postpone_entry(entry, reason="Bão", by=cast.off)


def test_each_deed_is_in_the_audit_trail(cast: Cast, m1: Meeting) -> None:
    entry = write(cast)
    publish(cast)
    schedule.cancel_entry(change(entry, cast, venue="Nhà A"), reason="Bão", by=cast.off)
    schedule.put_on_schedule(m1, is_on=False, by=cast.off)

    deeds = AuditEntry.objects.filter(actor=cast.off).order_by("pk").values_list("action", flat=True)

    assert [deed.removeprefix("meetings.") for deed in deeds] == [
        "add_entry",
        "publish_week",
        "change_entry",
        "cancelled_entry",
        "schedule",
    ]


def test_mine_and_rooms(cast: Cast, m1: Meeting, signed_in: SignedIn) -> None:
    write(cast, "Việc một", venue="phong hop SO 2", hour=datetime.time(10))
    write(cast, "Việc hai", venue="Phòng họp số 2")
    publish(cast)
    invited = signed_in(cast.sec_a)

    mine, rooms = page(invited, xem="toi"), page(invited, xem="phong")

    assert (TITLE in mine, "Việc một" in mine) == (True, False)
    assert rooms.count("<tbody") == 2
    assert 'rowspan="2" role="rowheader">Phòng họp số 2<' in rooms


def test_empty_weekend_is_one_row(cast: Cast, signed_in: SignedIn) -> None:
    empty = page(signed_in(cast.off))
    write(cast, "Trực cơ quan", date=WEEK.sunday, half=Half.ALL_DAY, hour=None)
    busy = page(signed_in(cast.off))

    assert "Thứ\N{NO-BREAK SPACE}Bảy, Chủ\N{NO-BREAK SPACE}nhật<b>28, 29/9</b>" in empty
    assert "Chủ\N{NO-BREAK SPACE}nhật<b>29/9</b>" in busy


@pytest.mark.parametrize("number", [1, 3, 12])
@pytest.mark.parametrize("address", ["week", "home"])
def test_week_costs_the_same_however_full(
    cast: Cast, m1: Meeting, signed_in: SignedIn, number: int, address: str, django_assert_max_num_queries
) -> None:
    for place in range(number):
        write(cast, f"Việc {place}", leaders=[cast.chair_r.member])
    publish(cast)
    Meeting.objects.update(venue="Phòng khác")
    reader, url = signed_in(cast.mem_b1), reverse(f"meetings:{address}" if address == "week" else "home")
    reader.get(url)

    with django_assert_max_num_queries(9 if address == "week" else 21):
        reader.get(url)
