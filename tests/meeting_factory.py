"""A conference of the cast in any state, written straight into the tables."""

import datetime
from zoneinfo import ZoneInfo

from cast import SINCE, Cast

from meetings.models import (
    AgendaItem,
    AttendeeRole,
    ClassSource,
    ItemKind,
    Meeting,
    MeetingKind,
    MeetingState,
    Participant,
    ParticipantClass,
    QuorumProvision,
    SummonKind,
)
from members.models import BodyType, User

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
STARTS_AT = datetime.datetime(2024, 9, 26, 14, 0, tzinfo=HANOI)
TITLE = "Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ 20 (mở rộng)"


def make_kind(**fields: object) -> MeetingKind:
    """Quorum is two thirds unless `rule` says otherwise, with its `number` and `base`."""
    rule = {name: fields.pop(name) for name in ("rule", "number", "base") if name in fields}
    row = {"name": "Hội nghị Ban Chấp hành", "body_type": BodyType.EXECUTIVE_COMMITTEE} | fields
    kind, is_new = MeetingKind.objects.get_or_create(name=row.pop("name"), defaults=row)
    if is_new:
        QuorumProvision.objects.create(kind=kind, valid_from=SINCE, basis="Quy chế làm việc", **rule)
    return kind


def make_meeting(cast: Cast, **fields: object) -> Meeting:
    """M1 of the permission matrix: convened by the office, `off` minutes it, `chair_r` chairs it."""
    body = cast.executive_committee
    body.letters = "ĐUK"
    body.save(update_fields=["letters"])
    convened_at = STARTS_AT - datetime.timedelta(days=7)
    row = {
        "title": TITLE,
        "body": body,
        "organization": cast.r,
        "term": cast.term,
        "is_expanded": True,
        "starts_at": STARTS_AT,
        "ends_at": STARTS_AT + datetime.timedelta(hours=3),
        "venue": "Hội trường tầng 2",
        "convener": body,
        "chair": cast.chair_r.member,
        "chair_title": "Phó Bí thư Thường trực Đảng ủy Khối",
        "minute_taker": cast.off,
        "state": MeetingState.CONVENED,
        "convened_at": convened_at,
        "convened_by": cast.off,
        "created_by": cast.off,
    } | fields
    row.setdefault("kind", make_kind())
    return Meeting.objects.create(**row)


def make_class(
    meeting: Meeting, role: AttendeeRole = AttendeeRole.OFFICIAL, **fields: object
) -> ParticipantClass:
    is_official = role == AttendeeRole.OFFICIAL
    row = {
        "label": "Ủy viên Ban Chấp hành" if is_official else "Khách mời",
        "order": 1 if is_official else 2,
        "source": ClassSource.BODY if is_official else ClassSource.PERSON,
        "summon": SummonKind.SUMMONED if is_official else SummonKind.INVITED,
    } | fields
    return ParticipantClass.objects.create(meeting=meeting, role=role, **row)


def class_of(meeting: Meeting, role: AttendeeRole) -> ParticipantClass:
    return meeting.classes.filter(role=role).first() or make_class(meeting, role)


def add_person(
    meeting: Meeting, user: User, role: AttendeeRole = AttendeeRole.INVITED, **fields: object
) -> Participant:
    """`user` takes part; official delegates have a vote unless said otherwise."""
    row = {
        "participant_class": class_of(meeting, role),
        "full_name": user.full_name,
        "address": user.email,
        "summon": SummonKind.INVITED,
        "has_vote": role == AttendeeRole.OFFICIAL,
    } | fields
    return Participant.objects.create(meeting=meeting, member=user.member, role=role, **row)


def add_delegates(
    meeting: Meeting, number: int, role: AttendeeRole = AttendeeRole.OFFICIAL, name: str = "Đại biểu"
) -> list[Participant]:
    """`number` delegates without a record in the register: enough to be counted."""
    rows = [
        Participant(
            meeting=meeting,
            participant_class=class_of(meeting, role),
            full_name=f"{name} {place:03}",
            position_text=f"Bí thư Chi bộ {place}",
            role=role,
            summon=SummonKind.SUMMONED,
            has_vote=role == AttendeeRole.OFFICIAL,
        )
        for place in range(1, number + 1)
    ]
    for row in rows:
        row.derive()
    return Participant.objects.bulk_create(rows)


def add_item(
    meeting: Meeting, position: int, kind: ItemKind = ItemKind.REPORT, **fields: object
) -> AgendaItem:
    row = {"title": f"Báo cáo số {position}", "minutes": 20} | fields
    return AgendaItem.objects.create(meeting=meeting, position=position, kind=kind, **row)


def make_m1(cast: Cast, **fields: object) -> Meeting:
    """M1 with its people and three items; item 3 is for committee members only (P29)."""
    meeting = make_meeting(cast, **fields)
    add_person(
        meeting, cast.chair_r, AttendeeRole.OFFICIAL, position_text="Phó Bí thư Thường trực Đảng ủy Khối"
    )
    add_person(meeting, cast.sec_a, position_text="Bí thư Đảng ủy Sở An")
    add_person(meeting, cast.mem_b1)
    add_item(meeting, 1, title="Báo cáo kết quả 9 tháng")
    add_item(meeting, 2, ItemKind.OPINION, title="Đề cương Báo cáo chính trị")
    add_item(meeting, 3, ItemKind.VOTE, title="Công tác cán bộ", is_committee_only=True)
    return meeting
