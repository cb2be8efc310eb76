"""Party age: counted from the admission decision, time outside the Party deducted (Charter art. 5.4).

Each step is a line a person can check against the papers.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from members.models import Interruption, MemberStatus, PartyMember
from portal.dates import day, elapsed, months_later

ONE_DAY = datetime.timedelta(days=1)


@dataclass
class PartyAge:
    """Party age on a day. `since` is the day it counts from after all deductions."""

    on: datetime.date
    since: datetime.date
    lines: list[str] = field(default_factory=list)

    @property
    def months(self) -> int:
        return elapsed(self.since, self.on)[0] if self.on >= self.since else 0

    @property
    def years(self) -> int:
        return self.months // 12

    def reaches(self, years: int) -> datetime.date:
        """The day on which so many years are full."""
        return months_later(self.since, years * 12)


def party_age(
    member: PartyMember, interruptions: Iterable[Interruption], on: datetime.date
) -> PartyAge | str:
    """The reckoning, or the sentence that says why there is none yet."""
    if member.status == MemberStatus.PROBATIONARY:
        return "Đảng viên dự bị chưa tính tuổi đảng; khi chính thức, tính từ ngày quyết định kết nạp."
    start = member.seniority_from or member.admission_decision_on
    if start is None:
        return "Chưa có ngày quyết định kết nạp nên chưa tính được tuổi đảng."
    age = PartyAge(on, start, [_first_line(member, start)])
    for row in interruptions:
        _deduct(age, row)
    age.lines.append(f"Đến {day(on)}: {said(age.months)} tuổi đảng.")
    return age


def _first_line(member: PartyMember, start: datetime.date) -> str:
    if member.seniority_from:
        return f"Tính từ {day(start)}: {member.seniority_basis or 'ngày ghi riêng trong hồ sơ'}."
    return f"Tính từ ngày quyết định kết nạp {day(start)} (Điều lệ Đảng, điều 5.4)."


def _deduct(age: PartyAge, row: Interruption) -> None:
    """A break is as long as the calendar says from its first day to the day after its last: a whole year
    is a year, leap day or not."""
    if row.valid_from > age.on:
        return
    back = min(row.valid_to, age.on) + ONE_DAY if row.valid_to else age.on
    months, days = elapsed(row.valid_from, back)
    age.since = months_later(age.since, months) + datetime.timedelta(days=days)
    end = day(row.valid_to) if row.valid_to else "nay"
    age.lines.append(
        f"Trừ {said(months, days)} gián đoạn, {day(row.valid_from)} – {end} ({row.reason}): "
        f"coi như tính từ {day(age.since)}."
    )


def said(months: int, days: int = 0) -> str:
    """2 năm 3 tháng 10 ngày"""
    parts = [(months // 12, "năm"), (months % 12, "tháng"), (days, "ngày")]
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 tháng"
