"""Training classes: opened, filled with learners, their results and certificates."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError

from members.models import (
    Candidate,
    CourseKind,
    Enrollment,
    LearningResult,
    PartyMember,
    TrainingCourse,
    User,
)
from members.permissions import manages
from portal import audit
from portal.dates import day

NOT_YOURS = "Lớp do cấp ủy mở lớp ghi."


@dataclass(frozen=True)
class Result:
    """What one learner came away with."""

    enrollment: int
    result: LearningResult | None
    certificate_number: str = ""
    certified_on: datetime.date | None = None


@audit.act
def open_course(course: TrainingCourse, *, by: User) -> TrainingCourse:
    if not manages(by, course.organization):
        raise PermissionDenied(NOT_YOURS)
    course.full_clean()
    course.save()
    audit.record("members.open_course", about=course, by=by, summary=f"Mở lớp {course.get_kind_display()}")
    return course


@audit.act
def enroll(
    course: TrainingCourse,
    *,
    members: Sequence[PartyMember] = (),
    candidates: Sequence[Candidate] = (),
    by: User,
) -> int:
    """Put these into a class, whoever is in it already left as he is; how many are new. A class for
    candidates takes no members, and the other way round."""
    _require(course, by)
    if members and course.kind == CourseKind.AWARENESS:
        raise ValidationError("Lớp nhận thức về Đảng dành cho quần chúng, không ghi đảng viên.")
    if candidates and course.kind == CourseKind.NEW_MEMBERS:
        raise ValidationError("Lớp này dành cho đảng viên mới, không ghi quần chúng.")
    for candidate in candidates:
        if candidate.pk is None:
            candidate.full_clean()
            candidate.save()
    before = course.enrollments.count()
    rows = [*(Enrollment(course=course, member=one) for one in members)]
    rows += [Enrollment(course=course, candidate=one) for one in candidates]
    Enrollment.objects.bulk_create(rows, ignore_conflicts=True)
    new = course.enrollments.count() - before
    if new:
        audit.record("members.enroll", about=course, by=by, summary=f"Thêm {new} học viên vào lớp")
    return new


@audit.act
def record_results(course: TrainingCourse, results: Sequence[Result], *, by: User) -> int:
    """Results and certificates of a class; how many rows that changes."""
    _require(course, by)
    rows = {row.pk: row for row in course.enrollments.select_for_update(of=("self",))}
    changed = 0
    for one in results:
        row = rows.get(one.enrollment)
        if row is None:
            raise ValidationError("Có người không còn trong lớp. Mở lại trang rồi ghi.")
        asked = (one.result or "", one.certificate_number, one.certified_on)
        if (row.result, row.certificate_number, row.certified_on) == asked:
            continue
        if one.certified_on and one.certified_on < course.starts_on:
            raise ValidationError(f"{row.learner}: giấy chứng nhận cấp trước ngày khai giảng.")
        row.result, row.certificate_number, row.certified_on = asked
        try:
            row.full_clean()
        except ValidationError as error:
            raise ValidationError(f"{row.learner}: {error.messages[0]}") from error
        row.save()
        changed += 1
    if changed:
        audit.record("members.record_results", about=course, by=by, summary=f"Ghi kết quả {changed} học viên")
    return changed


@audit.act
def remove_learner(enrollment: Enrollment, *, by: User, reason: str) -> None:
    """Take out somebody entered by mistake; whoever left the class has a result that says so."""
    _require(enrollment.course, by)
    if not reason.strip():
        raise ValidationError("Ghi lý do bỏ tên khỏi lớp.")
    if enrollment.certificate_number:
        raise ValidationError("Học viên đã có giấy chứng nhận: bỏ số giấy trước.")
    audit.record(
        "members.remove_learner",
        about=enrollment.course,
        by=by,
        summary=f"Bỏ một học viên ghi nhầm, lớp khai giảng {day(enrollment.course.starts_on)}: {reason}",
    )
    enrollment.delete()


def _require(course: TrainingCourse, by: User) -> None:
    if not manages(by, course.organization):
        raise PermissionDenied(NOT_YOURS)
