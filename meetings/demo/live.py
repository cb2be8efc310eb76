"""What is going on today: conferences to answer, minutes to finish, tasks under way and overdue."""

from __future__ import annotations

import datetime

from django.utils import timezone

from meetings.actions import agenda, conclusions, convening, meetings, participants, roll_call, tasks
from meetings.demo.reference import enter_earlier
from meetings.demo.session import hold_now
from meetings.demo.weeks import fill_weeks
from meetings.models import (
    ConclusionKind,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingState,
    WorkProgram,
    WorkProgramItem,
)
from members.demo import Sample
from members.models import Body, PartyOrganization
from portal.vietnamese import fold

ROOM = "Phòng họp số 1, tầng 3"
WHY_SO_LATE = "Thường trực yêu cầu họp sớm; tài liệu phát tại hội nghị"
HALL = "Hội trường tầng 2, trụ sở Đảng ủy Khối"


def prepare_live(sample: Sample, kinds: dict[str, MeetingKind], today: datetime.date) -> None:
    enter_earlier(
        sample,
        kinds["committee"],
        sample.seventh,
        days=_quarterly_days(sample.seventh.valid_from, today),
        chair=(sample.accounts["chutri"], "Bí thư Đảng ủy Khối"),
    )
    _programme(sample, kinds, today)
    _held_lately(sample, kinds["standing"], today)
    _to_answer(sample, kinds["committee"], today)
    hold_now(sample, kinds["standing"])
    _standing_this_week(sample, kinds["standing"], today)
    _draft(sample, kinds["briefing"], today)
    fill_weeks(sample, today)


def _quarterly_days(first: datetime.date, today: datetime.date) -> list[datetime.date]:
    """The term's first day, then the 25th of each quarter's last month, up to a few days ago."""
    until = today - datetime.timedelta(days=3)
    ends = [
        _workday(datetime.date(year, month, 25))
        for year in range(first.year, today.year + 1)
        for month in (3, 6, 9, 12)
    ]
    return [first, *(day for day in ends if first < day <= until)]


def _programme(sample: Sample, kinds: dict[str, MeetingKind], today: datetime.date) -> None:
    program = WorkProgram.objects.create(body=sample.executive, year=today.year, symbol="01-CTr/ĐUK")
    WorkProgramItem.objects.bulk_create(
        WorkProgramItem(
            program=program,
            month=month,
            content=content,
            preparing_body=sample.office,
            output="Báo cáo, thông báo kết luận",
            meeting_kind=kinds["committee"],
        )
        for month, content in (
            (3, "Sơ kết quý I; cho ý kiến chương trình kiểm tra, giám sát"),
            (6, "Sơ kết 6 tháng; nhiệm vụ 6 tháng cuối năm"),
            (9, "Kiểm điểm nhiệm vụ 9 tháng; bổ khuyết nhiệm vụ 3 tháng cuối năm"),
            (12, "Tổng kết công tác năm; phương hướng, nhiệm vụ năm sau"),
        )
    )
    for item in program.items.all():
        held = Meeting.objects.filter(body=sample.executive, starts_at__year=program.year)
        held.filter(starts_at__month=item.month).update(program_item=item)


def _held_lately(sample: Sample, kind: MeetingKind, today: datetime.date) -> None:
    """Held three weeks ago, its tasks out: one overdue, one under way, one in good time."""
    office, clerk = sample.accounts["vanphong"], sample.accounts["thuky"]
    day = _workday(today - datetime.timedelta(days=21))
    meeting = _plan(sample, kind, day, 8, ROOM)
    agenda.add_item(
        meeting, by=office, kind=ItemKind.REPORT, title="Công tác kết nạp đảng viên quý IV", minutes=30
    )
    participants.expand_classes(meeting, by=office)
    meeting = convening.record_convening(meeting, at=_at(day - datetime.timedelta(days=5), 8), by=office)
    roll_call.mark_all_present_except(meeting, by=clerk, missing=[], at=_at(day, 8))
    roll_call.open_meeting(meeting, by=clerk, at=_at(day, 8))
    handed_out = conclusions.add_conclusion(
        meeting, kind=ConclusionKind.TASK, text="Đẩy nhanh kết nạp đảng viên những tháng cuối năm", by=clerk
    )
    first = PartyOrganization.objects.grassroots().in_tree_order()[0]
    for title, days in (
        ("Báo cáo kết quả kết nạp đảng viên quý III", -2),
        ("Rà soát nguồn, đăng ký số kết nạp những tháng cuối năm", 6),
        ("Gửi dự thảo báo cáo tổng kết năm", 20),
    ):
        tasks.add_task(
            handed_out,
            title=title,
            lead=first,
            deadline=today + datetime.timedelta(days=days),
            product="Báo cáo",
            by=clerk,
        )
    roll_call.close_meeting(meeting, by=clerk, at=_at(day, 11))
    issued = conclusions.issue_conclusions(meeting, by=office)
    secretary = sample.accounts["bithu"]
    tasks.report_on_task(issued[1], text="Đã rà soát xong 5 trên 12 chi bộ.", by=secretary)


def _to_answer(sample: Sample, kind: MeetingKind, today: datetime.date) -> None:
    """The committee's next conference, convened now: letters go out, answers come in."""
    office = sample.accounts["vanphong"]
    day = _workday(today + datetime.timedelta(days=9))
    planned = WorkProgramItem.objects.filter(program__body=sample.executive, program__year=today.year)
    item = planned.filter(meetings__isnull=True).first()
    meeting = _plan(sample, kind, day, 14, HALL, is_expanded=True, program_item=item)
    for item_kind, title in (
        (ItemKind.REPORT, "Báo cáo kết quả công tác năm, nhiệm vụ năm sau"),
        (ItemKind.REPORT, "Báo cáo công tác kiểm tra, giám sát năm"),
        (ItemKind.OPINION, "Dự thảo chương trình công tác năm sau"),
        (ItemKind.CONCLUSION, "Kết luận Hội nghị"),
    ):
        agenda.add_item(meeting, by=office, kind=item_kind, title=title, minutes=30)
    participants.expand_classes(meeting, by=office)
    convening.convene_meeting(meeting, by=office, others_told=True, reason=WHY_SO_LATE)


def _standing_this_week(sample: Sample, kind: MeetingKind, today: datetime.date) -> None:
    office = sample.accounts["vanphong"]
    meeting = _plan(sample, kind, _workday(today + datetime.timedelta(days=2)), 8, ROOM)
    agenda.add_item(
        meeting, by=office, kind=ItemKind.OPINION, title="Chuẩn bị hội nghị Ban Chấp hành", minutes=60
    )
    participants.expand_classes(meeting, by=office)
    convening.convene_meeting(meeting, by=office, others_told=True, reason=WHY_SO_LATE)


def _draft(sample: Sample, kind: MeetingKind, today: datetime.date) -> None:
    office = sample.accounts["vanphong"]
    day = _workday(today + datetime.timedelta(days=16))
    title = f"Giao ban bí thư cấp ủy cơ sở tháng {day.month} năm {day.year}"
    meeting = _plan(sample, kind, day, 14, HALL, body=sample.office, title=title)
    agenda.add_item(
        meeting, by=office, kind=ItemKind.INFORMATION, title="Thông tin tình hình, giải đáp", minutes=60
    )
    participants.expand_classes(meeting, by=office)


def _plan(
    sample: Sample,
    kind: MeetingKind,
    day: datetime.date,
    hour: int,
    venue: str,
    *,
    is_expanded: bool = False,
    body: Body | None = None,
    title: str = "",
    program_item: WorkProgramItem | None = None,
) -> Meeting:
    return meetings.create_meeting(
        kind=kind,
        program_item=program_item,
        body=body or (sample.standing if hour == 8 else sample.executive),
        title=title,
        starts_at=_at(day, hour),
        ends_at=_at(day, hour + 3),
        venue=venue,
        is_expanded=is_expanded,
        minute_taker=sample.accounts["thuky"],
        answer_by=_at(day - datetime.timedelta(days=1), 16),
        by=sample.accounts["vanphong"],
    )


def _at(day: datetime.date, hour: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))


def _workday(day: datetime.date) -> datetime.date:
    """The day itself, or the Monday after a weekend."""
    return day + datetime.timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def write_many(number: int, sample: Sample, kinds: dict[str, MeetingKind]) -> None:
    """Many past conferences in bulk, to see lists and search at their full size."""
    kind, today = kinds["briefing"], timezone.localdate()
    rows = []
    for place in range(number):
        starts_at = _at(today - datetime.timedelta(days=30 + place), 8)
        title = f"Giao ban bí thư cấp ủy cơ sở, kỳ {number - place}"
        rows.append(
            Meeting(
                kind=kind,
                body=sample.office,
                organization=sample.root,
                title=title,
                search_text=fold(f"{title} {ROOM}"),
                starts_at=starts_at,
                ends_at=starts_at + datetime.timedelta(hours=2),
                venue=ROOM,
                state=MeetingState.FINAL,
                created_by=sample.accounts["vanphong"],
            )
        )
    Meeting.objects.bulk_create(rows, batch_size=1000)
