"""Party age and the days it is counted from (domain §4.3, §4.5)."""

import datetime

import pytest

from members.models import Interruption, MemberStatus, PartyMember
from members.seniority import PartyAge, party_age
from portal.dates import elapsed, months_later

D = datetime.date


def member(**fields: object) -> PartyMember:
    return PartyMember(**{"status": MemberStatus.OFFICIAL, "admission_decision_on": D(1994, 8, 15)} | fields)


def age(on: D, *gaps: Interruption, **fields: object) -> PartyAge:
    found = party_age(member(**fields), gaps, on)
    assert isinstance(found, PartyAge)
    return found


@pytest.mark.parametrize(
    ("ceremony", "official"),
    [
        (D(2024, 9, 26), D(2025, 9, 26)),
        (D(2024, 2, 29), D(2025, 2, 28)),
        (D(2023, 2, 28), D(2024, 2, 28)),
        (D(2024, 12, 31), D(2025, 12, 31)),
    ],
)
def test_official_day_is_twelve_months_after_the_ceremony(ceremony: D, official: D) -> None:
    assert months_later(ceremony, 12) == official


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2024, 8, 31), 1, D(2024, 9, 30)),
        (D(2023, 11, 30), 3, D(2024, 2, 29)),
        (D(2024, 10, 15), -10, D(2023, 12, 15)),
    ],
)
def test_month_without_such_a_day_ends_on_its_last(day: D, months: int, later: D) -> None:
    assert months_later(day, months) == later


def test_thirty_years_are_counted_from_the_decision_not_from_the_ceremony() -> None:
    found = age(D(2024, 9, 2), admitted_on=D(1994, 9, 3))

    assert found.reaches(30) == D(2024, 8, 15)
    assert (found.years, age(D(2024, 8, 14)).years, age(D(2024, 8, 15)).years) == (30, 29, 30)


def test_decision_on_a_leap_day_is_full_on_the_last_of_february() -> None:
    found = age(D(2026, 3, 1), admission_decision_on=D(1996, 2, 29))

    assert (found.reaches(30), found.reaches(32)) == (D(2026, 2, 28), D(2028, 2, 29))


def test_interruption_is_deducted_and_told_line_by_line() -> None:
    gap = Interruption(valid_from=D(2000, 1, 1), valid_to=D(2001, 3, 31), reason="Ở nước ngoài")

    found = age(D(2025, 11, 15), gap)

    assert (found.since, found.reaches(30)) == (D(1995, 11, 15), D(2025, 11, 15))
    assert found.lines == [
        "Tính từ ngày quyết định kết nạp 15/8/1994 (Điều lệ Đảng, điều 5.4).",
        "Trừ 1 năm 3 tháng gián đoạn, 01/01/2000 – 31/3/2001 (Ở nước ngoài): coi như tính từ 15/11/1995.",
        "Đến 15/11/2025: 30 năm tuổi đảng.",
    ]


def test_whole_leap_year_is_one_year_and_what_comes_later_is_not_deducted_yet() -> None:
    leap = Interruption(valid_from=D(2000, 1, 1), valid_to=D(2000, 12, 31), reason="")
    later = Interruption(valid_from=D(2030, 1, 1), reason="")

    assert age(D(2025, 1, 1), leap, later).since == D(1995, 8, 15)


def test_open_interruption_runs_to_the_day_asked() -> None:
    gap = Interruption(valid_from=D(2004, 8, 15), reason="")

    assert (age(D(2014, 8, 15), gap).years, age(D(2024, 8, 15), gap).years) == (10, 10)


def test_day_of_its_own_stands_before_the_decision() -> None:
    found = age(D(2024, 1, 1), seniority_from=D(1990, 1, 1), seniority_basis="Thông báo 12-TB/ĐUK")

    assert (found.years, found.lines[0]) == (34, "Tính từ 01/01/1990: Thông báo 12-TB/ĐUK.")


def test_who_has_none_is_told_why() -> None:
    today = D(2024, 1, 1)

    assert "dự bị" in party_age(member(status=MemberStatus.PROBATIONARY), [], today)
    assert "Chưa có ngày quyết định" in party_age(member(admission_decision_on=None), [], today)


def test_elapsed_at_the_ends_of_months() -> None:
    assert elapsed(D(2024, 1, 31), D(2024, 2, 29)) == (1, 0)
    assert elapsed(D(2024, 1, 31), D(2024, 3, 30)) == (1, 30)
    assert elapsed(D(2024, 5, 5), D(2024, 5, 5)) == (0, 0)
