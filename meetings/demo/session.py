"""A conference that is being held just now, so that both desks can be seen at work."""

from __future__ import annotations

import datetime

from django.utils import timezone

from meetings.actions import agenda, convening, meetings, minutes, participants, roll_call
from meetings.models import AgendaItem, ItemKind, Meeting, MeetingKind
from members.demo import Sample

ROOM = "Phòng họp Thường trực, tầng 2"
ITEMS = (
    (ItemKind.REPORT, "Báo cáo tiến độ chuẩn bị hội nghị Ban Chấp hành", 20),
    (ItemKind.OPINION, "Cho ý kiến dự thảo chương trình công tác năm sau", 30),
    (ItemKind.VOTE, "Biểu quyết chủ trương khen thưởng cuối năm", 15),
    (ItemKind.CONCLUSION, "Kết luận", 10),
)
REPORTED = (
    "<p>Văn phòng báo cáo: đã hoàn thành dự thảo báo cáo, đang lấy ý kiến các ban; "
    "giấy triệu tập gửi trước ngày họp năm ngày làm việc.</p>"
)
SAID = "Đề nghị bổ sung nhiệm vụ kiểm tra việc thực hiện kết luận hội nghị lần trước."


def hold_now(sample: Sample, kind: MeetingKind) -> Meeting:
    """Opened a quarter of an hour ago: two are still awaited, the first item is written."""
    office, clerk = sample.accounts["vanphong"], sample.accounts["thuky"]
    now = timezone.now().replace(second=0, microsecond=0)
    meeting = meetings.create_meeting(
        kind=kind,
        body=sample.standing,
        starts_at=now - datetime.timedelta(minutes=20),
        ends_at=now + datetime.timedelta(minutes=100),
        venue=ROOM,
        minute_taker=clerk,
        by=office,
    )
    for item_kind, title, length in ITEMS:
        agenda.add_item(meeting, by=office, kind=item_kind, title=title, minutes=length)
    participants.expand_classes(meeting, by=office)
    meeting = convening.record_convening(meeting, at=now - datetime.timedelta(days=4), by=office)
    _call_the_roll(meeting, sample, now)
    minutes.name_minute_helpers(meeting, helpers=[office], by=office)
    _write(Meeting.objects.get(pk=meeting.pk), sample)
    return meeting


def _call_the_roll(meeting: Meeting, sample: Sample, now: datetime.datetime) -> None:
    clerk, opened_at = sample.accounts["thuky"], now - datetime.timedelta(minutes=15)
    listed = list(meeting.participants.taking_part().in_protocol_order())
    awaited = [person.pk for person in listed[-2:]]
    roll_call.mark_all_present_except(meeting, by=clerk, missing=awaited, at=opened_at)
    roll_call.open_meeting(meeting, by=clerk, at=opened_at)


def _write(meeting: Meeting, sample: Sample) -> None:
    clerk = sample.accounts["thuky"]
    begun = minutes.start_minutes(meeting, by=clerk)
    # The kind's own items stand first.
    report, draft = (AgendaItem.objects.get(meeting=meeting, title=title) for _, title, _ in ITEMS[:2])
    minutes.save_block(begun, report, body=REPORTED, by=clerk)
    speaker = meeting.participants.taking_part().in_protocol_order()[1]
    minutes.record_opinion(begun, draft, participant=speaker, text=SAID, by=clerk)
