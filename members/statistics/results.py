"""Results of the work: admissions, badges, classes, inspections (domain §5.1)."""

from __future__ import annotations

from django.db.models import QuerySet

from members.models import (
    Admission,
    BadgeAward,
    CourseKind,
    Enrollment,
    InspectionKind,
    InspectionSubject,
    TrainingCourse,
)
from members.statistics.definitions import Definition

RESULTS = [
    Definition(
        code="admissions",
        label="Đảng viên mới kết nạp",
        sentence="kết nạp {} đảng viên mới",
        unit="đảng viên",
        all_rows=lambda: Admission.objects.select_related("member", "organization"),
        day="admitted_on",
    ),
    Definition(
        code="badges",
        label="Đảng viên được trao Huy hiệu Đảng",
        sentence="trao tặng Huy hiệu Đảng cho {} đồng chí",
        unit="đồng chí",
        all_rows=lambda: BadgeAward.objects.select_related("member", "organization"),
        day="awarded_on",
    ),
    Definition(
        code="awareness-courses",
        label="Lớp bồi dưỡng nhận thức về Đảng",
        sentence="tổ chức {} lớp bồi dưỡng nhận thức về Đảng",
        unit="lớp",
        all_rows=lambda: _courses(CourseKind.AWARENESS),
        day="ends_on",
        counts_people=False,
    ),
    Definition(
        code="awareness-learners",
        label="Học viên lớp bồi dưỡng nhận thức về Đảng",
        sentence="cho {} quần chúng, đoàn viên ưu tú",
        unit="học viên",
        all_rows=lambda: _learners(CourseKind.AWARENESS),
        day="course__ends_on",
        organization="course__organization",
    ),
    Definition(
        code="new-member-courses",
        label="Lớp bồi dưỡng lý luận chính trị cho đảng viên mới",
        sentence="{} lớp bồi dưỡng lý luận chính trị",
        unit="lớp",
        all_rows=lambda: _courses(CourseKind.NEW_MEMBERS),
        day="ends_on",
        counts_people=False,
    ),
    Definition(
        code="new-member-learners",
        label="Học viên lớp lý luận chính trị cho đảng viên mới",
        sentence="cho {} đảng viên mới",
        unit="học viên",
        all_rows=lambda: _learners(CourseKind.NEW_MEMBERS),
        day="course__ends_on",
        organization="course__organization",
    ),
    Definition(
        code="inspected-organizations",
        label="Tổ chức đảng được kiểm tra",
        sentence="kiểm tra {} tổ chức đảng",
        unit="tổ chức đảng",
        # One inspection may have several subjects: subjects are counted, not sessions (§5.3).
        all_rows=lambda: _subjects().filter(organization__isnull=False),
        day="inspection__concluded_on",
        organization="inspection__organization",
        counts_people=False,
    ),
    Definition(
        code="inspected-members",
        label="Đảng viên được kiểm tra",
        sentence="và {} đảng viên",
        unit="đảng viên",
        all_rows=lambda: _subjects().filter(member__isnull=False),
        day="inspection__concluded_on",
        organization="inspection__organization",
    ),
]


def _courses(kind: CourseKind) -> QuerySet[TrainingCourse]:
    return TrainingCourse.objects.filter(kind=kind).select_related("organization")


def _learners(kind: CourseKind) -> QuerySet[Enrollment]:
    return Enrollment.objects.filter(course__kind=kind).select_related(
        "course__organization", "member__organization", "candidate__organization"
    )


def _subjects() -> QuerySet[InspectionSubject]:
    """Of inspections; supervision is told apart (domain §5.3)."""
    inspected = InspectionSubject.objects.exclude(inspection__kind=InspectionKind.SUPERVISION)
    return inspected.select_related("inspection__organization", "organization", "member")
