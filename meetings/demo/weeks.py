"""This week and the next in the leaders' diary: invented, and believable on any day of the year."""

from __future__ import annotations

import datetime
from typing import Any

from meetings.actions import schedule
from meetings.clashes import booking_of_entry, clashes_with
from meetings.models import Half, ScheduleEntry
from members.demo import Sample
from members.models import PartyMember, PositionHolding
from portal.dates import Week, midnight

FIRST, DEPUTY, STANDING = "Bí thư Đảng ủy Khối", "Phó Bí thư Thường trực", "Ủy viên Ban Thường vụ"
SMALL_ROOM = "Phòng họp số 2, tầng 3"

#: Day of the week from 0, hour, last hour, what, where, who of the leaders, and who else as printed.
Plan = tuple[int, int, int, str, str, str, str]
THIS_WEEK: tuple[Plan, ...] = (
    (0, 8, 9, "Giao ban đầu tuần", SMALL_ROOM, FIRST, "Thường trực; trưởng các ban, Văn phòng"),
    (0, 14, 16, "Duyệt tài liệu trình Hội nghị Ban Chấp hành", SMALL_ROOM, DEPUTY, "Thường trực; Văn phòng"),
    (
        1,
        8,
        11,
        "Làm việc với Đảng ủy Sở Y tế về công tác kết nạp đảng viên",
        "Sở Y tế",
        DEPUTY,
        "Phó Bí thư Thường trực; Ban Tổ chức",
    ),
    (
        2,
        8,
        11,
        "Khai giảng lớp bồi dưỡng lý luận chính trị cho đảng viên mới",
        "Trung tâm Chính trị",
        STANDING,
        "Ban Tuyên giáo",
    ),
    (2, 14, 16, "Ủy ban Kiểm tra họp thường kỳ", SMALL_ROOM, "", "Chủ nhiệm, các Ủy viên Ủy ban Kiểm tra"),
    (3, 14, 16, "Kiểm tra hội trường, thiết bị phục vụ Hội nghị", "Hội trường tầng 2", "", "Văn phòng"),
    (
        4,
        8,
        10,
        "Trao Huy hiệu Đảng cho đảng viên Đảng bộ Sở Tư pháp",
        "Sở Tư pháp",
        FIRST,
        "Bí thư; Ban Tổ chức",
    ),
    (
        4,
        14,
        16,
        "Tiếp đảng viên, xem đơn thư",
        SMALL_ROOM,
        DEPUTY,
        "Phó Bí thư Thường trực; Văn phòng",
    ),
)
NEXT_WEEK: tuple[Plan, ...] = (
    (0, 8, 9, "Giao ban đầu tuần", SMALL_ROOM, FIRST, "Thường trực; trưởng các ban, Văn phòng"),
    (
        1,
        14,
        16,
        "Dự sinh hoạt chi bộ điểm của Đảng bộ Sở Xây dựng",
        "Sở Xây dựng",
        DEPUTY,
        "Phó Bí thư Thường trực",
    ),
    (
        2,
        8,
        11,
        "Giám sát học tập nghị quyết ở Sở Tài chính",
        "Sở Tài chính",
        STANDING,
        "Tổ giám sát",
    ),
    (4, 14, 16, "Họp tổ biên tập báo cáo", SMALL_ROOM, "", "Tổ biên tập; Văn phòng"),
)


def fill_weeks(sample: Sample, today: datetime.date) -> None:
    """This week has hung on the wall since Friday, one thing has changed since; the next is a draft."""
    week = Week.of(today)
    entries = [entry for plan in THIS_WEEK if (entry := _write(sample, week, plan))]
    _write(sample, week.next, (5, 0, 0, "Trực cơ quan", "", "", "Văn phòng"))
    for plan in NEXT_WEEK:
        _write(sample, week.next, plan)
    friday = week.monday - datetime.timedelta(days=3)
    office = sample.accounts["vanphong"]
    schedule.publish_week(week, at=midnight(friday) + datetime.timedelta(hours=16), by=office)
    moved = entries[-1]
    kept = {name: getattr(moved, name) for name in schedule.PLAN}
    schedule.change_entry(
        moved, by=office, leaders=moved.leaders.all(), **kept | {"venue": "Phòng tiếp công dân, tầng 1"}
    )


def _write(sample: Sample, week: Week, plan: Plan) -> ScheduleEntry | None:
    """Nothing where a conference of the sample stands already in the way."""
    day, hour, until, content, venue, title, people = plan
    leaders = _leaders(sample, title, week.days[day])
    row: dict[str, Any] = {
        "date": week.days[day],
        "half": Half.of(datetime.time(hour)) if hour else Half.ALL_DAY,
        "hour": datetime.time(hour) if hour else None,
        "until": datetime.time(until) if until else None,
        "content": content,
        "venue": venue,
    }
    if clashes_with(booking_of_entry(ScheduleEntry(**row), leaders)):
        return None
    return schedule.add_entry(
        leaders=leaders, participants_text=people, by=sample.accounts["vanphong"], **row
    )


def _leaders(sample: Sample, title: str, day: datetime.date) -> list[PartyMember]:
    if not title:
        return []
    held = PositionHolding.objects.on(day).filter(organization=sample.root, position__title=title)
    holding = held.select_related("member").by_rank().first()
    return [holding.member] if holding else []
