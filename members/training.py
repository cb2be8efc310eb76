"""Learners as an office pastes them, line by line: who is meant, and what is wrong with a line."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from members.models import (
    Candidate,
    CourseKind,
    Enrollment,
    PartyMember,
    PartyOrganization,
    RuleBook,
    RuleCode,
    TrainingCourse,
    User,
)
from portal.dates import months_later
from portal.forms import DateField
from portal.vietnamese import comparison_key, nfc

#: Cells of a row copied from Excel, or typed with semicolons.
_BETWEEN = re.compile(r"\t|;")
A_YEAR = 12


@dataclass(frozen=True)
class PastedLine:
    """Họ và tên; ngày sinh; mã chi bộ"""

    number: int
    full_name: str
    born: str
    code: str = ""


@dataclass(frozen=True)
class Learners:
    """Those found, and the sentences about lines that name nobody."""

    members: list[PartyMember]
    candidates: list[Candidate]
    faults: list[str]


def pasted_lines(text: str) -> list[PastedLine]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [nfc(cell) for cell in _BETWEEN.split(line)]
        if any(cells):
            name, born, code = [*cells, "", "", ""][:3]
            found.append(PastedLine(number, name, born, code))
    return found


def learners_of(course: TrainingCourse, lines: list[PastedLine], user: User) -> Learners:
    """Members of one's own part of the tree by name and birth date; candidates by those and the cell, new
    ones not saved yet."""
    is_for_members = course.kind == CourseKind.NEW_MEMBERS
    reader: _MemberReader | _CandidateReader = (
        _MemberReader(user) if is_for_members else _CandidateReader(user)
    )
    found = Learners([], [], [])
    for line in lines:
        try:
            born_on = DateField(required=False).clean(line.born)
            one = reader.read(line, born_on)
        except ValidationError as error:
            who = line.full_name or "không có tên"
            found.faults.append(f"Dòng {line.number} ({who}): {error.messages[0]}")
            continue
        if isinstance(one, PartyMember):
            found.members.append(one)
        else:
            found.candidates.append(one)
    return found


class _MemberReader:
    def __init__(self, user: User) -> None:
        mine = PartyOrganization.objects.managed_by(user)
        self.members: dict[str, list[PartyMember]] = {}
        for one in PartyMember.objects.visible_to(user).current().filter(organization__in=mine):
            self.members.setdefault(comparison_key(one.full_name), []).append(one)

    def read(self, line: PastedLine, born_on: datetime.date | None) -> PartyMember:
        named = self.members.get(comparison_key(line.full_name), [])
        found = [one for one in named if born_on is None or one.born_on == born_on]
        if not found:
            raise ValidationError("không có đảng viên tên và ngày sinh ấy trong phạm vi quản lý.")
        if len(found) > 1:
            raise ValidationError(f"có {len(found)} đảng viên cùng tên; ghi thêm ngày sinh.")
        return found[0]


class _CandidateReader:
    def __init__(self, user: User) -> None:
        mine = PartyOrganization.objects.managed_by(user)
        self.cells = {one.code.casefold(): one for one in mine if one.valid_to is None}
        self.known = {
            (comparison_key(one.full_name), one.born_on, one.organization_id): one
            for one in Candidate.objects.visible_to(user)
        }

    def read(self, line: PastedLine, born_on: datetime.date | None) -> Candidate:
        if not line.full_name:
            raise ValidationError("thiếu họ và tên.")
        cell = self.cells.get(line.code.casefold())
        if cell is None:
            raise ValidationError(f"không có tổ chức mã “{line.code}” trong phạm vi quản lý.")
        key = (comparison_key(line.full_name), born_on, cell.pk)
        if key not in self.known:
            self.known[key] = Candidate(full_name=line.full_name, born_on=born_on, organization=cell)
        return self.known[key]


def valid_until(enrollment: Enrollment, rules: RuleBook) -> datetime.date | None:
    """The last day of a certificate of the class for candidates; others have no end."""
    if enrollment.course.kind != CourseKind.AWARENESS or enrollment.certified_on is None:
        return None
    years = rules.value(RuleCode.CERTIFICATE_YEARS, enrollment.certified_on)
    return months_later(enrollment.certified_on, years * A_YEAR) - datetime.timedelta(days=1)
