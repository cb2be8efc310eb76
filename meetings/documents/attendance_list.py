"""Danh sách điểm danh: who was called, who came, and room to sign; A4 landscape (domain §1.7). The same as a
workbook, for an office that goes on counting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from meetings.documents.facts import place_of, when
from meetings.documents.heads import head_of
from meetings.models import Attendance, AttendanceStatus, AttendeeRole, Meeting, Participant
from portal import dates, workbooks
from portal.docx import Paper, Signature
from portal.richtext.blocks import Cell, Table, paragraph

HEADS = (
    "STT",
    "Họ và tên",
    "Chức vụ, đơn vị",
    "Thành phần",
    "Có mặt",
    "Vắng, lý do",
    "Người dự thay",
    "Ký tên",
)
WIDTHS = (14, 46, 76, 24, 20, 28, 23, 27)
#: Of the workbook: position and unit apart, nobody signs there. Widths in signs.
COLUMNS = (
    ("STT", 6),
    ("Họ và tên", 26),
    ("Chức vụ", 36),
    ("Đơn vị", 36),
    ("Thành phần", 12),
    ("Có mặt", 18),
    ("Vắng, lý do", 24),
    ("Người dự thay", 24),
)
#: A stand-in sits there for somebody who is away with leave.
EXCUSED = (AttendanceStatus.EXCUSED, AttendanceStatus.SUBSTITUTE)
CAME = (AttendanceStatus.PRESENT, AttendanceStatus.LATE, AttendanceStatus.LEFT)


def attendance_list(meeting: Meeting) -> Paper:
    """Grouped by class in protocol order. Before the roll is called it is the sheet to sign on."""
    people = _people(meeting)
    taker = meeting.minute_taker
    return Paper(
        title=f"Danh sách điểm danh {meeting.title}",
        day=meeting.held_on,
        head=head_of(meeting, day=meeting.held_on),
        type_name="Danh sách điểm danh",
        abstract=meeting.title,
        body=(
            paragraph(f"Thời gian: {when(meeting)}. Địa điểm: {meeting.venue}."),
            Table(
                (tuple(Cell((paragraph(head),), is_head=True) for head in HEADS), *_rows(people)), 1, WIDTHS
            ),
            paragraph(_totals(people)),
        ),
        signatures=(
            Signature("Người chủ trì", name=meeting.chair.full_name if meeting.chair else ""),
            Signature("Người ghi biên bản", name=taker.full_name if taker else ""),
        ),
        is_landscape=True,
    )


def attendance_book(meeting: Meeting) -> bytes:
    """The same people in the same order, as an Excel file."""
    head = head_of(meeting, day=meeting.held_on)
    return workbooks.write(
        title=f"Danh sách điểm danh {meeting.title}, {dates.day_long(meeting.held_on)}",
        issuer=(head.superior, head.issuer),
        columns=COLUMNS,
        rows=_lines(_people(meeting)),
    )


def _people(meeting: Meeting) -> list[Participant]:
    return list(
        Participant.objects.filter(meeting=meeting)
        .taking_part()
        .in_protocol_order()
        .select_related("participant_class", "attendance")
        .with_answer()
    )


def _by_class(people: list[Participant]) -> Iterator[tuple[int, Participant, bool]]:
    """Each with his number, and whether his class begins with him."""
    group = None
    for number, person in enumerate(people, start=1):
        yield number, person, person.participant_class_id != group
        group = person.participant_class_id


def _rows(people: list[Participant]) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for number, person, is_first in _by_class(people):
        if is_first:
            rows.append((Cell((paragraph(person.participant_class.label, bold=True),), len(HEADS)),))
        came, away, stand_in = _said(person)
        rows.append(
            (
                Cell((paragraph(str(number), align="center"),)),
                Cell((paragraph(person.full_name),)),
                Cell((paragraph(place_of(person)),)),
                Cell((paragraph(_role(person), align="center"),)),
                Cell((paragraph(came, align="center"),)),
                Cell((paragraph(away),)),
                Cell((paragraph(stand_in),)),
                Cell(()),
            )
        )
    return rows


def _lines(people: list[Participant]) -> Iterator[Sequence[workbooks.Value] | workbooks.Band]:
    for number, person, is_first in _by_class(people):
        if is_first:
            yield workbooks.Band(person.participant_class.label)
        place = (person.position_text, person.organization_text)
        yield (number, person.full_name, *place, _role(person), *_said(person))


def _role(person: Participant) -> str:
    return "Chính thức" if person.role == AttendeeRole.OFFICIAL else "Mời"


def _said(person: Participant) -> tuple[str, str, str]:
    """Whether he came, why not, and who came in his place."""
    attendance = _attendance_of(person)
    came = "Có" if attendance and attendance.status in CAME else ""
    return came + _note(attendance), _absence(attendance), _stand_in(person)


def _stand_in(person: Participant) -> str:
    """Who came in his place; on the sheet to sign on, who was announced."""
    mark = person.mark
    return mark.substitute if mark and mark.status != AttendanceStatus.NOT_ARRIVED else person.stand_in


def _note(attendance: Attendance | None) -> str:
    """When somebody came late or left early."""
    if attendance and attendance.status == AttendanceStatus.LATE and attendance.arrived_at:
        return ", " + dates.unbroken(f"đến {dates.hour(attendance.arrived_at)}")
    if attendance and attendance.status == AttendanceStatus.LEFT and attendance.left_at:
        return ", " + dates.unbroken(f"về {dates.hour(attendance.left_at)}")
    return ""


def _absence(attendance: Attendance | None) -> str:
    if attendance is None or attendance.status in (*CAME, AttendanceStatus.NOT_ARRIVED):
        return ""
    if attendance.status == AttendanceStatus.SUBSTITUTE:
        return attendance.reason or "Cử người dự thay"
    return attendance.reason or attendance.get_status_display()


def _totals(people: list[Participant]) -> str:
    """Tổng số: 27; có mặt: 25; vắng: 2 (có lý do 2, không lý do 0)."""
    given = [
        attendance
        for person in people
        if (attendance := _attendance_of(person)) and attendance.status != AttendanceStatus.NOT_ARRIVED
    ]
    if not given:
        return f"Tổng số: {len(people)}; có mặt: ……; vắng: …… (có lý do ……, không lý do ……)."
    came = sum(one.status in CAME for one in given)
    excused = sum(one.status in EXCUSED for one in given)
    absent = sum(one.status == AttendanceStatus.ABSENT for one in given)
    told = (
        f"Tổng số: {len(people)}; có mặt: {came}; vắng: {excused + absent}"
        f" (có lý do {excused}, không lý do {absent})"
    )
    unmarked = len(people) - len(given)
    return f"{told}; chưa điểm danh: {unmarked}." if unmarked else f"{told}."


def _attendance_of(person: Participant) -> Attendance | None:
    return getattr(person, "attendance", None)
