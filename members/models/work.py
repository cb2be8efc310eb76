"""Rows behind the figures: admissions, badges, training, inspections, targets (domain §4–§5).

Each row belongs to the organisation it counts for on the day it happened, so a figure stays
reproducible after any reorganisation.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from members.models.history import with_history
from members.models.organizations import PartyOrganization
from members.models.people import PartyMember
from members.roles import Role
from portal.dates import day
from portal.numbers import number, percent
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User

Row = TypeVar("Row", bound=models.Model)


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows that belong to an organisation, seen by those who manage it."""

    scope_roles: ClassVar[tuple[Role, ...]] = (Role.SECRETARY,)

    def visible_to(self, user: User) -> Self:
        heads = user.organizations_as(*self.scope_roles) if user.is_active else frozenset()
        return self.filter(organization__in=PartyOrganization.objects.under(heads))


class InspectionQuerySet(ScopedQuerySet["Inspection"]):
    scope_roles = (Role.SECRETARY, Role.INSPECTION)


@with_history(of="member")
class Admission(models.Model):
    """The admission of one member: decision, then ceremony in the cell (Charter art. 5.1)."""

    member = models.OneToOneField(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="admission"
    )
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức kết nạp", on_delete=models.PROTECT, related_name="admissions"
    )
    decision_number = NFCCharField("số quyết định", max_length=60)
    decision_on = models.DateField("ngày quyết định")
    admitted_on = models.DateField("ngày kết nạp")

    objects: ClassVar[ScopedQuerySet[Admission]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "kết nạp đảng viên"
        verbose_name_plural = "kết nạp đảng viên"
        ordering = ["-admitted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(admitted_on__gte=F("decision_on")),
                name="admission_after_decision",
                violation_error_message="Lễ kết nạp không thể trước ngày quyết định.",
            )
        ]
        indexes = [models.Index("admitted_on", "organization", name="admission_on")]

    def __str__(self) -> str:
        return str(self.member)


class CourseKind(models.TextChoices):
    AWARENESS = "awareness", "bồi dưỡng nhận thức về Đảng"
    NEW_MEMBERS = "new_members", "bồi dưỡng lý luận chính trị cho đảng viên mới"


class TrainingCourse(models.Model):
    kind = models.CharField("loại lớp", max_length=16, choices=CourseKind.choices)
    name = NFCCharField("tên lớp", max_length=200)
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="đơn vị mở lớp", on_delete=models.PROTECT, related_name="courses"
    )
    starts_on = models.DateField("khai giảng")
    ends_on = models.DateField("bế giảng")

    objects: ClassVar[ScopedQuerySet[TrainingCourse]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lớp bồi dưỡng"
        verbose_name_plural = "lớp bồi dưỡng"
        ordering = ["-ends_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="course_ends_after_start",
                violation_error_message="Ngày bế giảng sớm hơn ngày khai giảng.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Candidate(models.Model):
    """Someone being prepared for admission; not a member, so not in the register."""

    full_name = NFCCharField("họ và tên", max_length=120)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    organization = models.ForeignKey(
        PartyOrganization,
        verbose_name="chi bộ giới thiệu",
        on_delete=models.PROTECT,
        related_name="candidates",
    )

    objects: ClassVar[ScopedQuerySet[Candidate]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "quần chúng ưu tú"
        verbose_name_plural = "quần chúng ưu tú"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.full_name


class LearningResult(models.TextChoices):
    PASSED = "passed", "Đạt"
    FAILED = "failed", "Không đạt"
    LEFT = "left", "Thôi học"


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(course__in=TrainingCourse.objects.visible_to(user))


@with_history(of="member")
class Enrollment(models.Model):
    """One learner of one class: a member, or a candidate who is not one yet."""

    course = models.ForeignKey(
        TrainingCourse, verbose_name="lớp", on_delete=models.PROTECT, related_name="enrollments"
    )
    member = models.ForeignKey(
        PartyMember,
        verbose_name="đảng viên",
        on_delete=models.PROTECT,
        related_name="enrollments",
        null=True,
        blank=True,
    )
    candidate = models.ForeignKey(
        Candidate,
        verbose_name="quần chúng ưu tú",
        on_delete=models.PROTECT,
        related_name="enrollments",
        null=True,
        blank=True,
    )
    result = models.CharField("kết quả", max_length=8, choices=LearningResult.choices, blank=True)
    certificate_number = NFCCharField("số giấy chứng nhận", max_length=40, blank=True)
    certified_on = models.DateField("ngày cấp", null=True, blank=True)

    objects: ClassVar[EnrollmentQuerySet] = EnrollmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "học viên"
        verbose_name_plural = "học viên"
        ordering = ["course", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, candidate__isnull=True)
                | Q(member__isnull=True, candidate__isnull=False),
                name="learner_is_member_or_candidate",
                violation_error_message="Chọn một đảng viên hoặc một quần chúng, không cả hai.",
            ),
            models.UniqueConstraint(fields=["course", "member"], name="member_enrolled_once"),
            models.UniqueConstraint(fields=["course", "candidate"], name="candidate_enrolled_once"),
            models.CheckConstraint(
                condition=Q(certificate_number="", certified_on__isnull=True)
                | (
                    ~Q(certificate_number="")
                    & Q(certified_on__isnull=False, result=LearningResult.PASSED.value)
                ),
                name="certificate_of_who_passed",
                violation_error_message="Giấy chứng nhận có số và ngày cấp, chỉ cấp cho người đạt.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.learner)

    @property
    def learner(self) -> PartyMember | Candidate:
        found = self.member or self.candidate
        assert found is not None  # a constraint of the table
        return found


class InspectionKind(models.TextChoices):
    COMPLIANCE = "compliance", "kiểm tra chấp hành"
    SIGNS_OF_VIOLATION = "signs_of_violation", "kiểm tra khi có dấu hiệu vi phạm"
    DUTY = "duty", "kiểm tra thực hiện nhiệm vụ kiểm tra, giám sát"
    FINANCE = "finance", "kiểm tra tài chính, đảng phí"
    SUPERVISION = "supervision", "giám sát chuyên đề"


class Inspector(models.TextChoices):
    COMMITTEE = "committee", "cấp ủy"
    COMMISSION = "commission", "Ủy ban Kiểm tra"


class Inspection(models.Model):
    """One inspection; it may have several subjects, and subjects are what is counted (§5.3)."""

    organization = models.ForeignKey(
        PartyOrganization,
        verbose_name="tổ chức tiến hành",
        on_delete=models.PROTECT,
        related_name="inspections",
    )
    inspector = models.CharField("chủ thể", max_length=12, choices=Inspector.choices)
    kind = models.CharField("nội dung", max_length=20, choices=InspectionKind.choices)
    decision_number = NFCCharField("số quyết định", max_length=60)
    concluded_on = models.DateField("ngày kết luận")

    objects: ClassVar[InspectionQuerySet] = InspectionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "cuộc kiểm tra"
        verbose_name_plural = "cuộc kiểm tra"
        ordering = ["-concluded_on", "pk"]

    def __str__(self) -> str:
        return self.decision_number


class InspectionResult(models.TextChoices):
    """What was found of one subject; empty while nothing is concluded of it."""

    CLEAN = "clean", "không có vi phạm"
    VIOLATION = "violation", "có vi phạm"
    DISCIPLINE = "discipline", "vi phạm phải thi hành kỷ luật"


class InspectionSubjectQuerySet(models.QuerySet["InspectionSubject"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(inspection__in=Inspection.objects.visible_to(user))


class InspectionSubject(models.Model):
    """An organisation or a member that was inspected."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="subjects")
    organization = models.ForeignKey(
        PartyOrganization,
        verbose_name="tổ chức đảng",
        on_delete=models.PROTECT,
        related_name="inspected",
        null=True,
        blank=True,
    )
    member = models.ForeignKey(
        PartyMember,
        verbose_name="đảng viên",
        on_delete=models.PROTECT,
        related_name="inspected",
        null=True,
        blank=True,
    )

    result = models.CharField("kết luận", max_length=10, choices=InspectionResult.choices, blank=True)

    objects: ClassVar[InspectionSubjectQuerySet] = InspectionSubjectQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "đối tượng kiểm tra"
        verbose_name_plural = "đối tượng kiểm tra"
        ordering = ["inspection", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organization__isnull=False, member__isnull=True)
                | Q(organization__isnull=True, member__isnull=False),
                name="subject_is_organization_or_member",
                violation_error_message="Chọn một tổ chức hoặc một đảng viên, không cả hai.",
            )
        ]

    def __str__(self) -> str:
        return str(self.organization or self.member)


class PetitionKind(models.TextChoices):
    COMPLAINT = "complaint", "khiếu nại"
    DENUNCIATION = "denunciation", "tố cáo"
    PROPOSAL = "proposal", "kiến nghị, phản ánh"


class PetitionQuerySet(ScopedQuerySet["Petition"]):
    scope_roles = (Role.SECRETARY, Role.INSPECTION)


class Petition(models.Model):
    """A letter that came in. Whom it names and what it says stay on paper: it is counted here."""

    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức nhận", on_delete=models.PROTECT, related_name="petitions"
    )
    kind = models.CharField("loại đơn", max_length=12, choices=PetitionKind.choices)
    is_anonymous = models.BooleanField("giấu tên, mạo tên", default=False)
    received_on = models.DateField("ngày nhận")
    settled_on = models.DateField("ngày giải quyết xong", null=True, blank=True)

    objects: ClassVar[PetitionQuerySet] = PetitionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "đơn thư"
        verbose_name_plural = "đơn thư"
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True) | Q(settled_on__gte=F("received_on")),
                name="petition_settled_after_it_came",
                violation_error_message="Ngày giải quyết xong sớm hơn ngày nhận.",
            )
        ]
        indexes = [models.Index("received_on", "organization", name="petition_received")]

    def __str__(self) -> str:
        return f"Đơn {self.get_kind_display()} nhận ngày {day(self.received_on)}"


class Indicator(models.TextChoices):
    """What a target can be set for. The query and the sentence stand in `members.statistics`."""

    ADMISSIONS = "admissions", "Kết nạp đảng viên"
    AWARENESS_COURSES = "awareness-courses", "Mở lớp bồi dưỡng nhận thức về Đảng"
    AWARENESS_LEARNERS = "awareness-learners", "Học viên lớp nhận thức về Đảng"
    INSPECTED_ORGANIZATIONS = "inspected-organizations", "Kiểm tra tổ chức đảng"
    INSPECTED_MEMBERS = "inspected-members", "Kiểm tra đảng viên"

    @property
    def is_of_people(self) -> bool:
        """Only of these a share of the members can be asked."""
        return self not in (Indicator.AWARENESS_COURSES, Indicator.INSPECTED_ORGANIZATIONS)


class Target(models.Model):
    """A year's target of an organisation, given by its superior as a number or as a percent of its members
    (domain §5.4). A percent stays what was given, beside the members it was reckoned on; `value` is the
    least whole number that reaches it, and what figures are measured against."""

    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="targets"
    )
    indicator = models.CharField("chỉ tiêu", max_length=24, choices=Indicator.choices)
    year = models.PositiveSmallIntegerField("năm")
    value = models.PositiveIntegerField("số giao")
    percent = models.DecimalField("tỷ lệ giao (%)", max_digits=4, decimal_places=1, null=True, blank=True)
    members = models.PositiveIntegerField("trên số đảng viên", null=True, blank=True)
    basis = NFCCharField("văn bản giao", max_length=120, blank=True)

    objects: ClassVar[ScopedQuerySet[Target]] = ScopedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["-year", "organization", "indicator"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "indicator", "year"],
                name="target_once_a_year",
                violation_error_message="Chỉ tiêu năm này đã được giao cho tổ chức.",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True, members__isnull=True)
                | Q(
                    percent__isnull=False,
                    members__isnull=False,
                    percent__gt=0,
                    percent__lte=100,
                    members__gt=0,
                    # Rounded up: so many of a hundred are not fewer than asked.
                    value__gte=F("percent") * F("members") * Decimal("0.01"),
                    value__lt=F("percent") * F("members") * Decimal("0.01") + Decimal(1),
                ),
                name="target_share_comes_to_its_number",
                violation_error_message="Tỷ lệ giao phải đi cùng số đảng viên và ra đúng số giao.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicator_display()} {self.year}"

    @property
    def share(self) -> str:
        """3% của 144 đảng viên; empty where a number was given."""
        if self.percent is None:
            return ""
        return f"{percent(self.percent)} của {number(self.members)} đảng viên"

    @property
    def words(self) -> str:
        """5, or as it was given: 3% của 144 đảng viên (5)."""
        return f"{self.share} ({number(self.value)})" if self.share else number(self.value)
