"""Dates, hours and weeks as a Vietnamese office writes them."""

import datetime

import pytest

from portal import dates

CONFERENCE = datetime.datetime(2024, 9, 26, 7, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("date", "written", "official"),
    [
        (datetime.date(2024, 9, 26), "26/9/2024", "ngày 26 tháng 9 năm 2024"),
        (datetime.date(2018, 4, 3), "03/4/2018", "ngày 03 tháng 4 năm 2018"),
        (datetime.date(2026, 1, 9), "09/01/2026", "ngày 09 tháng 01 năm 2026"),
        (datetime.date(2018, 2, 20), "20/02/2018", "ngày 20 tháng 02 năm 2018"),
        (datetime.date(2024, 10, 3), "03/10/2024", "ngày 03 tháng 10 năm 2024"),
    ],
)
def test_day_has_the_leading_zeros_of_the_rule(date: datetime.date, written: str, official: str) -> None:
    assert dates.day(date) == written
    assert dates.day_official(date) == official


def test_moment_is_told_in_local_time() -> None:
    assert dates.moment(CONFERENCE) == "14 giờ 00, thứ Năm 26/9/2024"


def test_moment_late_in_utc_is_the_next_day_here() -> None:
    late = datetime.datetime(2024, 9, 28, 17, 30, tzinfo=datetime.UTC)

    assert dates.moment(late) == "0 giờ 30, Chủ nhật 29/9/2024"


@pytest.mark.parametrize(
    ("seconds", "words"), [(120, "2 phút"), (107.9, "1 phút 47 giây"), (12, "12 giây"), (-3, "0 giây")]
)
def test_duration_in_minutes_and_seconds(seconds: float, words: str) -> None:
    assert dates.duration(datetime.timedelta(seconds=seconds)) == words


def test_hour_takes_a_time_of_day() -> None:
    assert dates.hour(datetime.time(8, 5)) == "8 giờ 05"


def test_week_runs_from_monday_to_sunday() -> None:
    week = dates.Week.of(CONFERENCE)

    assert str(week) == "2024-W39"
    assert [str(day) for day in (week.monday, week.sunday)] == ["2024-09-23", "2024-09-29"]
    assert len(week.days) == 7
    assert week.starts_at.isoformat() == "2024-09-23T00:00:00+07:00"


def test_week_of_new_year_belongs_to_the_year_of_its_thursday() -> None:
    last = dates.Week.parse("2026-W53")

    assert dates.Week.of(datetime.date(2027, 1, 1)) == last
    assert str(last.next) == "2027-W01"
    assert str(last.previous) == "2026-W52"


@pytest.mark.parametrize(
    "text", ["2025-W53", "2024-W00", "2024-39", "2024-W1", "٢٠٢٤-W39", "", "0000-W10", "9999-W52"]
)
def test_no_week_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"week"):
        dates.Week.parse(text)
