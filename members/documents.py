"""The register as the form "Sổ danh sách đảng viên" (mẫu 7-HSĐV, 12-HD/BTCTW): fourteen columns, and one
more by which the portal knows its own list again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

from members.badges import Coming
from members.models import (
    BadgeAward,
    Enrollment,
    Indicator,
    PartyMember,
    QualityRating,
    Target,
    Transfer,
    TransferKind,
)
from members.models.people import PartyMemberQuerySet
from members.owning_committee import owning_committee
from members.queues import Duty, Queue
from portal import workbooks
from portal.dates import day
from portal.numbers import number as figures

TITLE = "Sổ danh sách đảng viên"
#: Name and width in signs; the numbering of the form stands in docs and headings alike.
COLUMNS: list[tuple[str, float]] = [
    ("Số TT", 6),
    ("Họ và tên / họ và tên khai sinh", 24),
    ("Nam, nữ; dân tộc; tôn giáo", 14),
    ("Quê quán", 24),
    ("Văn hóa, lý luận, chuyên môn, ngoại ngữ", 24),
    ("Nghề nghiệp trước khi vào Đảng / hiện nay", 24),
    ("Ngày vào Đảng / ngày chính thức", 13),
    ("Số thẻ, số lý lịch, số Huy hiệu Đảng", 18),
    ("Bộ đội, công an, hưu trí", 10),
    ("Ngày chuyển đi, đến đảng bộ cơ sở nào", 20),
    ("Ngày chuyển đến, từ đảng bộ cơ sở nào", 20),
    ("Ngày từ trần, lý do", 14),
    ("Ngày ra khỏi Đảng, hình thức", 14),
    ("Ghi chú", 16),
    ("Mã hồ sơ trên cổng", 10),
]
CHUNK = 2000
UNKNOWN = "–"


def register_book(members: PartyMemberQuerySet) -> bytes:
    """The members given, cell by cell in the order of the tree, each cell by given names."""
    committee = owning_committee()
    return workbooks.write(
        title=TITLE,
        issuer=(committee.parent_name, committee.name),
        columns=COLUMNS,
        rows=_lines(members),
    )


DUTY_COLUMNS: list[tuple[str, float]] = [
    ("Số TT", 6),
    ("Họ và tên", 28),
    ("Tổ chức đảng", 40),
    ("Nội dung", 50),
    ("Hạn", 13),
    ("Thời gian", 16),
    ("Số giấy tờ", 16),
]


def duty_book(queue: Queue, duties: Iterable[Duty]) -> bytes:
    """One list of work, the nearest day first."""
    committee = owning_committee()
    rows: Iterable[list[workbooks.Value]] = (
        [number, one.member.full_name, one.organization.name, one.detail, one.due, one.left, one.paper]
        for number, one in enumerate(duties, start=1)
    )
    return workbooks.write(
        title=queue.title, issuer=(committee.parent_name, committee.name), columns=DUTY_COLUMNS, rows=rows
    )


BADGE_COLUMNS: list[tuple[str, float]] = [
    ("Số TT", 6),
    ("Họ và tên", 28),
    ("Ngày sinh", 13),
    ("Tổ chức đảng", 40),
    ("Ngày vào Đảng", 13),
    ("Đủ năm ngày", 13),
    ("Huy hiệu", 12),
    ("Đề nghị", 24),
]


def badge_book(title: str, found: Iterable[Coming]) -> bytes:
    """Who comes to a badge on one award day, the longest years first."""
    committee = owning_committee()
    rows: Iterable[list[workbooks.Value]] = (
        [
            number,
            one.member.full_name,
            one.member.born_on,
            one.member.organization.name,
            one.member.admitted_on,
            one.reached_on,
            f"{one.badge_years} năm",
            _dealt(one),
        ]
        for number, one in enumerate(found, start=1)
    )
    return workbooks.write(
        title=title, issuer=(committee.parent_name, committee.name), columns=BADGE_COLUMNS, rows=rows
    )


RATING_COLUMNS: list[tuple[str, float]] = [
    ("Số TT", 6),
    ("Họ và tên", 28),
    ("Mức", 34),
    ("Điểm", 8),
    ("Ngày xếp loại", 14),
    ("Số quyết định", 20),
]


def rating_book(title: str, ratings: QuerySet[QualityRating]) -> bytes:
    """The ratings of a period, organisation after organisation."""
    committee = owning_committee()
    return workbooks.write(
        title=title,
        issuer=(committee.parent_name, committee.name),
        columns=RATING_COLUMNS,
        rows=_ratings(ratings),
    )


def _ratings(ratings: QuerySet[QualityRating]) -> Iterator[list[workbooks.Value] | workbooks.Band]:
    place = None
    for number, row in enumerate(ratings.iterator(chunk_size=CHUNK), start=1):
        if row.organization_id != place:
            place = row.organization_id
            yield workbooks.Band(str(row.organization))
        yield [
            number,
            row.member.full_name,
            row.get_level_display(),
            row.points,
            row.rated_on,
            row.decision_number,
        ]


ARREARS_COLUMNS: list[tuple[str, float]] = [
    ("Số TT", 6),
    ("Họ và tên", 28),
    ("Nơi ghi sổ", 44),
    ("Số tháng chưa nộp", 14),
    ("Còn nợ (đồng)", 16),
]


def arrears_book(title: str, rows: QuerySet[Any]) -> bytes:
    """Who owes fees, the most months first."""
    committee = owning_committee()
    lines: Iterable[list[workbooks.Value]] = (
        [number, row.member__full_name, row.organization__name, row.months, row.all_owed]
        for number, row in enumerate(rows, start=1)
    )
    return workbooks.write(
        title=title, issuer=(committee.parent_name, committee.name), columns=ARREARS_COLUMNS, rows=lines
    )


TARGET_COLUMNS: list[tuple[str, float]] = [
    ("Số TT", 6),
    ("Tổ chức đảng", 44),
    ("Tỷ lệ giao (%)", 12),
    ("Trên số đảng viên", 14),
    ("Chỉ tiêu", 12),
    ("Văn bản giao", 34),
]


def target_book(title: str, targets: Iterable[Target]) -> bytes:
    """What was given for a year: indicator by indicator, each organisation in the order of the tree."""
    committee = owning_committee()
    return workbooks.write(
        title=title,
        issuer=(committee.parent_name, committee.name),
        columns=TARGET_COLUMNS,
        rows=_target_lines(list(targets)),
    )


def _target_lines(targets: list[Target]) -> Iterator[list[workbooks.Value] | workbooks.Band]:
    for indicator in Indicator:
        rows = [row for row in targets if row.indicator == indicator]
        if rows:
            yield workbooks.Band(indicator.label)
        for place, row in enumerate(rows, start=1):
            share = "" if row.percent is None else figures(row.percent)
            yield [place, row.organization.name, share, row.members, row.value, row.basis]


LEARNER_COLUMNS: list[tuple[str, float]] = [
    ("Số TT", 6),
    ("Họ và tên", 28),
    ("Ngày sinh", 13),
    ("Tổ chức đảng", 44),
    ("Kết quả", 14),
    ("Số giấy chứng nhận", 20),
    ("Ngày cấp", 13),
]


def learner_book(title: str, rows: Iterable[Enrollment]) -> bytes:
    """The learners of a class with their results."""
    committee = owning_committee()
    lines: Iterable[list[workbooks.Value]] = (
        [
            number,
            row.learner.full_name,
            row.learner.born_on,
            row.learner.organization.name,
            row.get_result_display(),
            row.certificate_number,
            row.certified_on,
        ]
        for number, row in enumerate(rows, start=1)
    )
    return workbooks.write(
        title=title, issuer=(committee.parent_name, committee.name), columns=LEARNER_COLUMNS, rows=lines
    )


def _dealt(one: Coming) -> str:
    if one.award:
        return f"Đã trao {day(one.award.awarded_on)}"
    return one.proposal.get_state_display() if one.proposal else ""


def _lines(members: PartyMemberQuerySet) -> Iterator[list[workbooks.Value] | workbooks.Band]:
    ordered = members.select_related("organization").order_by("organization__tree_order", "sort_key", "pk")
    ordered = ordered.prefetch_related("badge_awards", "transfers__from_organization")
    cell = None
    for number, member in enumerate(ordered.iterator(chunk_size=CHUNK), start=1):
        if member.organization_id != cell:
            cell = member.organization_id
            yield workbooks.Band(member.organization.name)
        yield [number, *_line(member)]


def _line(member: PartyMember) -> list[workbooks.Value]:
    left, arrived = _moves(member)
    is_dead = member.exit_reason == "deceased"
    gone = f"{day(member.exited_on)}, {member.get_exit_reason_display()}" if member.exited_on else ""
    return [
        _under(member.full_name, f"Khai sinh: {member.birth_name}" if member.birth_name else ""),
        _person(member),
        member.native_place,
        _labelled(
            ("Văn hóa", member.general_education),
            ("Lý luận", member.get_political_theory_display()),
            ("Chuyên môn", member.professional_education),
            ("Ngoại ngữ", member.languages),
        ),
        _labelled(("Trước khi vào Đảng", member.occupation_before), ("Hiện nay", member.occupation)),
        _joined(member),
        _labelled(
            ("Thẻ", member.card_number), ("Lý lịch", member.file_number), ("Huy hiệu", _badges(member))
        ),
        member.get_service_group_display(),
        left,
        arrived,
        gone if is_dead else "",
        "" if is_dead else gone,
        member.note,
        str(member.pk),
    ]


def _person(member: PartyMember) -> str:
    answers = [member.get_sex_display(), member.ethnicity, member.religion]
    return "; ".join(answer or UNKNOWN for answer in answers) if any(answers) else ""


def _joined(member: PartyMember) -> str:
    days = [member.admitted_on, member.official_on]
    if not any(days):
        return ""
    return _under(*(day(one) if one else UNKNOWN for one in days))


def _badges(member: PartyMember) -> str:
    awards: list[BadgeAward] = sorted(member.badge_awards.all(), key=lambda award: award.badge_years)
    return ", ".join(f"{award.badge_years} năm" for award in awards)


def _moves(member: PartyMember) -> tuple[str, str]:
    """Where and when the member last went out of, or came into, the house or its cells."""
    left = arrived = ""
    moves: list[Transfer] = sorted(member.transfers.all(), key=lambda move: move.moved_on)
    for move in moves:
        if move.to_organization_id is None:
            until = f" (tạm thời đến {day(move.until)})" if move.until else ""
            left = f"{day(move.moved_on)}, {move.place}{until}"
        elif move.kind != TransferKind.TEMPORARY:
            arrived = f"{day(move.moved_on)}, {move.origin}"
    return left, arrived


def _labelled(*pairs: tuple[str, Any]) -> str:
    return _under(*(f"{name}: {value}" for name, value in pairs if value))


def _under(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
