"""Deadlines in working days: weekends and public holidays do not count, days worked instead do."""

import datetime

import pytest
from django.utils import timezone

from portal.working_days import WorkingDays

pytestmark = pytest.mark.django_db


def at_four(year, month, day):
    return timezone.make_aware(datetime.datetime(year, month, day, 16))


def test_weekend_is_no_working_day():
    friday = at_four(2024, 9, 20)

    assert WorkingDays().between(friday, friday + datetime.timedelta(days=3)) == 0
    assert WorkingDays().between(friday, friday + datetime.timedelta(days=6)) == 3


def test_holidays_are_no_working_days_and_days_worked_instead_are():
    """Monday 2/9 and Tuesday 3/9/2024 were off; Saturday 4/5/2024 was worked for Monday 29/4."""
    friday, thursday = at_four(2024, 8, 30), at_four(2024, 5, 2)

    assert WorkingDays().between(friday, friday + datetime.timedelta(days=6)) == 1
    assert WorkingDays().between(thursday, thursday + datetime.timedelta(days=4)) == 2


def test_so_many_working_days_later():
    before_holiday, friday = datetime.date(2024, 8, 30), datetime.date(2026, 9, 25)

    assert WorkingDays().later(before_holiday, 1) == datetime.date(2024, 9, 4)
    assert WorkingDays().later(friday, 1) == datetime.date(2026, 9, 28)
    assert WorkingDays().later(friday, 30) == datetime.date(2026, 11, 6)


def test_many_days_cost_one_query(django_assert_num_queries):
    days = WorkingDays()

    with django_assert_num_queries(1):
        found = [days.later(datetime.date(2026, 1, 1), number) for number in range(1, 40)]

    assert found == sorted(found)
