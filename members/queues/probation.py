"""Probation that ends: twelve months after the ceremony, even if the cell meets late (29-QĐ/TW 4.2)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, DateField, F, Func, QuerySet, Value, When

from members.models import MemberStatus, PartyMember, RuleBook, RuleCode
from members.queues.duties import Duty, Queue
from portal.dates import day
from portal.working_days import WorkingDays


class MonthsLater(Func):
    """PostgreSQL reckons as `portal.dates.months_later`: a year after 29/02/2024 is 28/02/2025."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = DateField()


class Probation(Queue):
    code = "du-bi"
    title = "Hết thời gian dự bị"
    what = (
        "Chi bộ xét công nhận chính thức; chi bộ họp muộn thì ngày chính thức vẫn là ngày vào Đảng cộng "
        "thời gian dự bị. Được công nhận thì sửa diện và ngày chính thức trong hồ sơ."
    )
    counted = "đảng viên dự bị hết thời gian dự bị"

    def everywhere(self, today: datetime.date) -> QuerySet[Any]:
        rules = RuleBook().periods(RuleCode.PROBATION_MONTHS)
        ends = Case(
            # The rule of the day of the ceremony: earlier charters had other lengths.
            *(When(admitted_on__gte=since, then=_later(months)) for since, months in rules),
            default=_later(rules[-1][1]),
            output_field=DateField(),
        )
        return (
            PartyMember.objects.current()
            .filter(status=MemberStatus.PROBATIONARY, admitted_on__isnull=False)
            .select_related("organization")
            .annotate(due=ends)
        )

    def duties(self, rows: Iterable[Any], today: datetime.date) -> list[Duty]:
        rules, days = RuleBook(), WorkingDays()
        found = []
        for member in rows:
            latest = days.later(member.due, rules.value(RuleCode.RECOGNITION_DAYS, member.due))
            detail = f"Vào Đảng {day(member.admitted_on)}; chi bộ xét chậm nhất {day(latest)}"
            found.append(Duty(member.pk, member, member.organization, member.due, today, detail))
        return found


def _later(months: int) -> MonthsLater:
    return MonthsLater(F("admitted_on"), Value(months))
