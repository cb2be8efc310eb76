"""Results of the work: admissions, badges, classes, inspections (domain §5.1)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from members.models import (
    Admission,
    BadgeAward,
    CourseKind,
    Enrollment,
    TrainingCourse,
)
from members.statistics.definitions import Definition
from members.statistics.inspection import IS_INSPECTED, OF_MEMBERS, OF_ORGANIZATIONS, all_subjects


def _courses() -> QuerySet[TrainingCourse]:
    return TrainingCourse.objects.select_related("organization")


def _learners() -> QuerySet[Enrollment]:
    return Enrollment.objects.select_related(
        "course__organization", "member__organization", "candidate__organization"
    )


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
        all_rows=_courses,
        among=lambda day: Q(kind=CourseKind.AWARENESS),
        day="ends_on",
        counts_people=False,
    ),
    Definition(
        code="awareness-learners",
        label="Học viên lớp bồi dưỡng nhận thức về Đảng",
        sentence="cho {} quần chúng, đoàn viên ưu tú",
        unit="học viên",
        all_rows=_learners,
        among=lambda day: Q(course__kind=CourseKind.AWARENESS),
        day="course__ends_on",
        organization="course__organization",
    ),
    Definition(
        code="new-member-courses",
        label="Lớp bồi dưỡng lý luận chính trị cho đảng viên mới",
        sentence="{} lớp bồi dưỡng lý luận chính trị",
        unit="lớp",
        all_rows=_courses,
        among=lambda day: Q(kind=CourseKind.NEW_MEMBERS),
        day="ends_on",
        counts_people=False,
    ),
    Definition(
        code="new-member-learners",
        label="Học viên lớp lý luận chính trị cho đảng viên mới",
        sentence="cho {} đảng viên mới",
        unit="học viên",
        all_rows=_learners,
        among=lambda day: Q(course__kind=CourseKind.NEW_MEMBERS),
        day="course__ends_on",
        organization="course__organization",
    ),
    Definition(
        code="inspected-organizations",
        label="Tổ chức đảng được kiểm tra",
        sentence="kiểm tra {} tổ chức đảng",
        unit="tổ chức đảng",
        all_rows=all_subjects,
        among=lambda day: IS_INSPECTED & OF_ORGANIZATIONS,
        day="inspection__concluded_on",
        organization="inspection__organization",
        counts_people=False,
    ),
    Definition(
        code="inspected-members",
        label="Đảng viên được kiểm tra",
        sentence="và {} đảng viên",
        unit="đảng viên",
        all_rows=all_subjects,
        among=lambda day: IS_INSPECTED & OF_MEMBERS,
        day="inspection__concluded_on",
        organization="inspection__organization",
    ),
]
