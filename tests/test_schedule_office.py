"""The office's side of the schedule: its forms, clashes, and who is told of a change."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from cast import Cast
from django.test import Client
from django.urls import reverse
from meeting_factory import STARTS_AT, TITLE, make_m1
from test_schedule import FRIDAY_BEFORE, TUESDAY, WEEK, change, publish, write

from meetings.actions import schedule
from meetings.clashes import clashes_in
from meetings.models import Half, ScheduleEntry, WeeklySchedule
from members.models import User
from portal import outbox
from portal.models import Notice

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User | None], Client]
THURSDAY = STARTS_AT.date()


@pytest.fixture(autouse=True)
def friday_before():
    with time_machine.travel(FRIDAY_BEFORE, tick=False) as traveller:
        yield traveller


def typed(**more: object) -> dict[str, object]:
    row = {"date": "24/9/2024", "half": "morning", "hour": "8h30", "until": "", "venue": "Phòng họp số 1"}
    return row | {"content": "Giao ban đầu tuần", "participants_text": "Thường trực"} | more


def clashes() -> list[str]:
    return [str(clash) for clash in clashes_in(WEEK)]


def told(entry: ScheduleEntry) -> list[tuple[str, str]]:
    notices = Notice.objects.about(entry).order_by("pk")
    return [(row.name, notice.title) for notice in notices for row in notice.deliveries.order_by("pk")]


def test_office_writes_a_line(cast: Cast, signed_in: SignedIn) -> None:
    response = signed_in(cast.off).post(
        reverse("meetings:add_entry"), typed(leaders=[cast.chair_r.member_id])
    )

    entry = ScheduleEntry.objects.get()
    assert response["Location"] == reverse("meetings:week_of", args=[WEEK])
    assert (entry.date, entry.hour, list(entry.leaders.all())) == (
        TUESDAY,
        datetime.time(8, 30),
        [cast.chair_r.member],
    )


def test_only_position_holders_of_the_committee_are_offered(cast: Cast, signed_in: SignedIn) -> None:
    response = signed_in(cast.off).post(reverse("meetings:add_entry"), typed(leaders=[cast.mem_a1.member_id]))

    assert (response.status_code, ScheduleEntry.objects.count()) == (200, 0)


def test_buttons_put_up_postpone_and_cancel(cast: Cast, signed_in: SignedIn) -> None:
    first, second = write(cast), write(cast, "Việc hai")
    office = signed_in(cast.off)

    office.post(reverse("meetings:publish_week", args=[WEEK]))
    office.post(reverse("meetings:postpone_entry", args=[first.pk]), {"reason": "Bão"})
    office.post(reverse("meetings:cancel_entry", args=[second.pk]), {"reason": "Bão"})

    assert WeeklySchedule.objects.get().published_by == cast.off
    assert list(ScheduleEntry.objects.order_by("pk").values_list("state", flat=True)) == [
        "postponed",
        "cancelled",
    ]
    assert office.get(reverse("meetings:edit_entry", args=[second.pk])).status_code == 409


def test_leader_at_two_places_in_one_half_day_is_a_clash(cast: Cast) -> None:
    make_m1(cast)
    at = {"date": THURSDAY, "half": Half.AFTERNOON, "leaders": [cast.chair_r.member]}
    write(cast, "Đi Sở An", hour=datetime.time(13), until=datetime.time(13, 30), venue="Sở An", **at)

    assert clashes() == [
        f"Thứ Năm 26/9: đồng chí Hoàng Văn Chủ có hai việc một lúc: “Đi Sở An” và “{TITLE}”."
    ]


def test_one_after_the_other_in_one_room_is_no_clash(cast: Cast) -> None:
    at = {"leaders": [cast.chair_r.member]}
    write(cast, "Việc một", until=datetime.time(9), **at)
    write(cast, "Việc hai", hour=datetime.time(9), **at)

    assert clashes() == []


def test_room_twice_is_a_clash_however_it_is_typed(cast: Cast) -> None:
    write(cast, "Việc một")
    write(cast, "Việc hai", venue="phong hop so 2", hour=datetime.time(9))

    assert clashes() == ["Thứ Ba 24/9: phong hop so 2 được xếp cho hai việc: “Việc một” và “Việc hai”."]


def test_what_is_off_or_in_another_half_day_clashes_with_nothing(cast: Cast) -> None:
    write(cast, "Việc một")
    write(cast, "Việc chiều", half=Half.AFTERNOON, hour=datetime.time(12))
    schedule.postpone_entry(write(cast, "Việc hoãn"), reason="Bão", by=cast.off)

    assert clashes() == []


def test_clash_is_shown_before_it_is_written(cast: Cast, signed_in: SignedIn) -> None:
    write(cast, "Việc đã có", venue="Phòng họp số 1")
    office, address = signed_in(cast.off), reverse("meetings:add_entry")

    asked = office.post(address, typed())
    accepted = asked.context["form"]["accepted"].value()
    written = office.post(address, typed(accepted=accepted))

    assert "Việc đã có" in asked.text
    assert "Vẫn ghi như vậy" in asked.text
    assert (written.status_code, ScheduleEntry.objects.count()) == (302, 2)


def test_accepting_one_clash_accepts_no_other(cast: Cast, signed_in: SignedIn) -> None:
    write(cast, "Việc đã có", venue="Phòng họp số 1")
    office, address = signed_in(cast.off), reverse("meetings:add_entry")
    accepted = office.post(address, typed()).context["form"]["accepted"].value()

    write(cast, "Việc vừa thêm", venue="Phòng họp số 1")
    again = office.post(address, typed(accepted=accepted))

    assert "Việc vừa thêm" in again.text
    assert ScheduleEntry.objects.count() == 2


def test_clashes_are_for_the_office_alone(cast: Cast, signed_in: SignedIn) -> None:
    write(cast, "Việc một")
    write(cast, "Việc hai")
    publish(cast)
    week = reverse("meetings:week_of", args=[WEEK])

    assert "trùng lịch" in signed_in(cast.off).get(week).text
    assert "trùng lịch" not in signed_in(cast.sec_a).get(week).text


def test_leaders_are_told_once_of_a_change_after_putting_up(cast: Cast) -> None:
    entry = write(cast, leaders=[cast.chair_r.member])
    publish(cast)
    assert told(entry) == []

    entry = change(entry, cast, hour=datetime.time(9), venue="Nhà A")
    change(entry, cast)

    assert told(entry) == [("Hoàng Văn Chủ", "Lịch công tác, đổi giờ: Làm việc với Sở An")]


def test_letter_says_what_was_and_what_is(cast: Cast) -> None:
    entry = write(cast, leaders=[cast.chair_r.member])
    publish(cast)
    change(entry, cast, hour=datetime.time(9))
    delivery = Notice.objects.about(entry).get().deliveries.get()

    letter = outbox.kind_of(delivery.notice.kind).compose(delivery)

    assert "9 giờ 00, thứ Ba 24/9/2024 (trước là 8 giờ 00, thứ Ba 24/9/2024)" in letter.text
    assert f"/lich/{WEEK}/" in letter.text


def test_letter_overtaken_by_a_second_change_is_held_back(cast: Cast) -> None:
    entry = write(cast, leaders=[cast.chair_r.member])
    publish(cast)
    change(entry, cast, hour=datetime.time(9))
    first = Notice.objects.about(entry).get().deliveries.get()

    schedule.cancel_entry(entry, reason="Bão", by=cast.off)

    assert outbox.kind_of(first.notice.kind).refusal(first) == "Lịch đã đổi lần nữa, thư này không còn đúng."


def test_leader_taken_off_and_leader_put_on_are_both_told(cast: Cast) -> None:
    entry = write(cast, leaders=[cast.chair_r.member])
    publish(cast)

    change(entry, cast, leaders=[cast.sec_a.member])

    assert told(entry) == [
        ("Trần Thị Sáu", "Lịch công tác, sửa thành phần: Làm việc với Sở An"),
        ("Hoàng Văn Chủ", "Lịch công tác, rút tên: Làm việc với Sở An"),
    ]


def test_nobody_is_told_of_what_is_over_or_not_put_up(cast: Cast, friday_before) -> None:
    entry = write(cast, leaders=[cast.chair_r.member])
    change(entry, cast, venue="Nhà A")
    publish(cast)
    friday_before.shift(datetime.timedelta(days=5))

    change(entry, cast, venue="Nhà B")

    assert told(entry) == []


def test_conferences_page_warns_the_office_and_nobody_else(cast: Cast, signed_in: SignedIn) -> None:
    meeting = make_m1(cast, organization=cast.a)
    write(cast, "Việc kín", date=THURSDAY, half=Half.AFTERNOON, hour=datetime.time(15), venue=meeting.venue)

    office, secretary = (
        signed_in(who).get(meeting.get_absolute_url()).text for who in (cast.off, cast.sec_a)
    )

    assert "Hội trường tầng 2 được xếp cho hai việc" in office
    assert "Chuẩn bị hội nghị" in secretary  # he prepares it, and still learns nothing of the diary
    assert "Việc kín" not in secretary
