"""The kinds of conference of the sample committee and its cells."""

from __future__ import annotations

import datetime

from meetings.models import (
    AttendeeRole,
    ClassSource,
    DefaultClass,
    ItemKind,
    MeetingKind,
    QuorumProvision,
    QuorumRule,
    ReminderStep,
    ReminderSubject,
    SkeletonItem,
    SummonKind,
)
from members.models import BodyType, Position

CELL_AGENDA = (
    (ItemKind.OPENING, "Khai mạc, thông báo đảng viên có mặt, vắng", 5),
    (ItemKind.INFORMATION, "Thông tin thời sự, văn bản mới của cấp trên", 20),
    (ItemKind.REPORT, "Kết quả lãnh đạo thực hiện nhiệm vụ tháng qua, nhiệm vụ tháng tới", 20),
    (ItemKind.OPINION, "Đảng viên thảo luận", 40),
    (ItemKind.CONCLUSION, "Kết luận của chi bộ", 10),
)


def set_up_kinds() -> dict[str, MeetingKind]:
    """The committee's kinds of conference, each with its usual agenda and classes."""
    committee = MeetingKind.objects.create(
        name="Hội nghị Ban Chấp hành",
        is_on_schedule=True,
        body_type=BodyType.EXECUTIVE_COMMITTEE,
    )
    standing = MeetingKind.objects.create(
        name="Hội nghị Ban Thường vụ", is_on_schedule=True, body_type=BodyType.STANDING_COMMITTEE
    )
    briefing = MeetingKind.objects.create(
        name="Giao ban bí thư cấp ủy cơ sở",
        is_on_schedule=True,
        body_type=BodyType.OFFICE,
        noun="Giao ban bí thư cấp ủy cơ sở",
        is_numbered=False,
    )
    _quorum(committee, QuorumRule.TWO_THIRDS)
    _quorum(standing, QuorumRule.TWO_THIRDS)
    _quorum(briefing, QuorumRule.MORE_THAN_HALF)
    for kind in (committee, standing, briefing):
        SkeletonItem.objects.create(
            kind=kind, position=1, title="Khai mạc, giới thiệu đại biểu", item_kind=ItemKind.OPENING
        )
        ReminderStep.objects.bulk_create(
            ReminderStep(kind=kind, subject=subject, days_before=days)
            for subject in ReminderSubject
            for days in (3, 1)
        )
    deputies = list(Position.objects.filter(title__startswith="Phó Bí thư"))
    _class(committee, 1, "Phó Bí thư Đảng ủy Khối", ClassSource.POSITION).positions.set(deputies)
    _class(
        committee,
        2,
        "Đại diện lãnh đạo, chuyên viên các ban, Văn phòng Thành ủy theo dõi Đảng bộ Khối",
        ClassSource.GUEST,
        AttendeeRole.INVITED,
    )
    _class(
        committee,
        3,
        "Ủy viên Ban Thường vụ, Ủy viên Ban Chấp hành Đảng bộ Khối",
        ClassSource.BODY,
        body_type=BodyType.EXECUTIVE_COMMITTEE,
    )
    _class(
        committee,
        4,
        "Ủy viên Ủy ban Kiểm tra Đảng ủy Khối",
        ClassSource.BODY,
        AttendeeRole.INVITED,
        BodyType.INSPECTION_COMMISSION,
    )
    heads = "Bí thư đảng bộ, chi bộ trực thuộc"
    _class(committee, 5, heads, ClassSource.HEADS, AttendeeRole.INVITED)
    _class(
        committee,
        6,
        "Lãnh đạo, chuyên viên các ban, Văn phòng, đoàn thể trong Khối",
        ClassSource.ORGANS,
        AttendeeRole.INVITED,
    )
    _class(
        standing,
        1,
        "Ủy viên Ban Thường vụ Đảng ủy Khối",
        ClassSource.BODY,
        body_type=BodyType.STANDING_COMMITTEE,
    )
    _class(briefing, 1, heads, ClassSource.HEADS)
    return {"committee": committee, "standing": standing, "briefing": briefing, "cell": _cell()}


def _cell() -> MeetingKind:
    """The monthly meeting of a cell; its secretary sets it up himself."""
    kind = MeetingKind.objects.create(
        name="Sinh hoạt chi bộ", noun="Sinh hoạt", is_numbered=False, body_type=BodyType.CELL
    )
    _quorum(kind, QuorumRule.MORE_THAN_HALF)
    _class(kind, 1, "Đảng viên của chi bộ", ClassSource.MEMBERS)
    SkeletonItem.objects.bulk_create(
        SkeletonItem(kind=kind, position=place, item_kind=item_kind, title=title, minutes=minutes)
        for place, (item_kind, title, minutes) in enumerate(CELL_AGENDA, start=1)
    )
    ReminderStep.objects.create(kind=kind, subject=ReminderSubject.ANSWER, days_before=1)
    return kind


def _quorum(kind: MeetingKind, rule: QuorumRule) -> None:
    since = datetime.date(2020, 8, 5)
    QuorumProvision.objects.create(kind=kind, valid_from=since, rule=rule, basis="Quy chế làm việc")


def _class(
    kind: MeetingKind,
    order: int,
    label: str,
    source: ClassSource,
    role: AttendeeRole = AttendeeRole.OFFICIAL,
    body_type: str = "",
) -> DefaultClass:
    summon = SummonKind.SUMMONED if role == AttendeeRole.OFFICIAL else SummonKind.INVITED
    return DefaultClass.objects.create(
        kind=kind, order=order, label=label, source=source, role=role, summon=summon, body_type=body_type
    )
