"""What happened to a member: former numbers, transfers, breaks, exemptions, awards, discipline, ratings.

Everything dated that the record tells beside admission, membership, positions, badges and classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.models.dated import DatedModel, DatedQuerySet, one_at_a_time
from members.models.history import with_history
from members.models.organizations import PartyOrganization
from members.models.people import ExitReason, PartyMember
from members.roles import Role
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models.user import User


class NumberKind(models.TextChoices):
    CARD = "card_number", "Số thẻ đảng viên"
    CITIZEN = "citizen_number", "Số định danh cá nhân"
    FILE = "file_number", "Số lý lịch"


class FormerNumber(models.Model):
    """A number the member had: lists written before it changed still bear it."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="former_numbers"
    )
    kind = models.CharField("loại số", max_length=16, choices=NumberKind.choices)
    number = NFCCharField("số", max_length=12)
    replaced_at = models.DateTimeField("thay lúc", default=timezone.now)
    # The list that replaced it, so that taking the list back takes this back too.
    batch = models.ForeignKey(
        "members.ImportBatch", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        verbose_name = "số cũ"
        verbose_name_plural = "số cũ"
        ordering = ["-replaced_at", "-pk"]
        indexes = [models.Index("kind", "number", name="former_number")]

    def __str__(self) -> str:
        return self.get_kind_display()


@with_history(of="member")
class Interruption(DatedModel):
    """Time outside the Party: deducted from Party age (12-HD/BTCTW 2022, Phụ lục 1)."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="interruptions"
    )
    reason = NFCCharField("lý do", max_length=200)
    decision_number = NFCCharField("số văn bản", max_length=60, blank=True)

    objects: ClassVar[DatedQuerySet[Interruption]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "thời gian gián đoạn"
        verbose_name_plural = "thời gian gián đoạn"
        ordering = ["valid_from", "pk"]
        constraints = [
            *DatedModel.Meta.constraints,
            one_at_a_time(
                "interruption_counted_once",
                "member",
                sentence="Khoảng thời gian này đã có trong một lần gián đoạn khác.",
            ),
        ]

    def __str__(self) -> str:
        return self.reason


@with_history(of="member")
class Exemption(DatedModel):
    """Exempt from work and cell meetings: old age or weak health (24-QĐ/TW 7.1). Still a member."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="exemptions"
    )
    reason = NFCCharField("lý do", max_length=200)
    decision_number = NFCCharField("số văn bản của chi bộ", max_length=60, blank=True)

    objects: ClassVar[DatedQuerySet[Exemption]] = DatedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(DatedModel.Meta):
        verbose_name = "miễn công tác và sinh hoạt đảng"
        verbose_name_plural = "miễn công tác và sinh hoạt đảng"
        ordering = ["-valid_from", "pk"]

    def __str__(self) -> str:
        return self.reason


class TransferKind(models.TextChoices):
    OFFICIAL = "official", "Chuyển sinh hoạt chính thức"
    TEMPORARY = "temporary", "Chuyển sinh hoạt tạm thời"
    INTERNAL = "internal", "Chuyển sinh hoạt nội bộ"
    ABROAD = "abroad", "Chuyển sinh hoạt ra ngoài nước"
    COLLECTIVE = "collective", "Chuyển sinh hoạt tập thể"


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: User) -> Self:
        """Own transfers, and those out of or into the organisations one manages."""
        if not user.is_active:
            return self.none()
        mine = PartyOrganization.objects.managed_by(user)
        return self.filter(
            Q(member=user.member_id) | Q(from_organization__in=mine) | Q(to_organization__in=mine)
        )

    def awaiting_receipt(self) -> Self:
        """Nobody waits for one who has died or left the Party on the way; who moved out is still awaited."""
        return self.filter(
            receipt_due_on__isnull=False,
            received_on__isnull=True,
            member__exit_reason__in=["", ExitReason.MOVED_OUT],
        )


@with_history(of="member")
class Transfer(models.Model):
    """Party activity moves (29-QĐ/TW 6.3). A temporary one changes no membership: the member is counted
    where he comes from. Without an organisation on one side, `place` names it in words.

    The letter is to be shown to the receiving committee by `receipt_due_on`; a transfer without that day
    was brought in from an old list, and nobody waits for its receipt.
    """

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="transfers"
    )
    kind = models.CharField("loại", max_length=12, choices=TransferKind.choices)
    from_organization = models.ForeignKey(
        PartyOrganization,
        verbose_name="từ tổ chức",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    to_organization = models.ForeignKey(
        PartyOrganization,
        verbose_name="đến tổ chức",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    place = NFCCharField("nơi khác", max_length=200, blank=True)
    moved_on = models.DateField("từ ngày")
    until = models.DateField("đến hết ngày", null=True, blank=True)
    decision_number = NFCCharField("số giấy giới thiệu", max_length=60, blank=True)
    receipt_due_on = models.DateField("hạn tiếp nhận", null=True, blank=True, editable=False)
    received_on = models.DateField("ngày nơi nhận tiếp nhận", null=True, blank=True, editable=False)

    objects: ClassVar[TransferQuerySet] = TransferQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "chuyển sinh hoạt"
        verbose_name_plural = "chuyển sinh hoạt"
        ordering = ["-moved_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_organization__isnull=False, to_organization__isnull=False, place="")
                | (
                    ~Q(place="")
                    & (
                        Q(from_organization__isnull=False, to_organization__isnull=True)
                        | Q(from_organization__isnull=True, to_organization__isnull=False)
                    )
                ),
                name="transfer_has_two_sides",
                violation_error_message="Chọn một tổ chức trong đảng bộ, hoặc ghi nơi khác; không cả hai.",
            ),
            models.CheckConstraint(
                condition=Q(kind=TransferKind.TEMPORARY, until__isnull=False, until__gte=F("moved_on"))
                | (~Q(kind=TransferKind.TEMPORARY) & Q(until__isnull=True)),
                name="temporary_transfer_has_end",
                violation_error_message="Chuyển tạm thời thì ghi ngày hết hạn; các loại khác để trống.",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(received_on__gte=F("moved_on")),
                name="transfer_received_after_it_left",
                violation_error_message="Ngày tiếp nhận sớm hơn ngày chuyển.",
            ),
        ]
        indexes = [
            models.Index(
                "receipt_due_on",
                name="transfer_awaiting_receipt",
                condition=Q(receipt_due_on__isnull=False, received_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def origin(self) -> str:
        return self.from_organization.name if self.from_organization else self.place

    @property
    def destination(self) -> str:
        return self.to_organization.name if self.to_organization else self.place


@with_history(of="member")
class Award(models.Model):
    """Praise and awards, by whom they were given (29-QĐ/TW 27.2)."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="awards"
    )
    title = NFCCharField("hình thức", max_length=160, help_text="Ví dụ: Giấy khen, Bằng khen")
    given_by = NFCCharField("cấp khen thưởng", max_length=160)
    decided_on = models.DateField("ngày quyết định")
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class DisciplineLevel(models.TextChoices):
    """Of members. Striking off and leaving are no discipline (Charter; domain §4.7)."""

    REPRIMAND = "reprimand", "Khiển trách"
    WARNING = "warning", "Cảnh cáo"
    REMOVAL = "removal", "Cách chức"
    EXPULSION = "expulsion", "Khai trừ"


class DisciplinaryActionQuerySet(models.QuerySet["DisciplinaryAction"]):
    def visible_to(self, user: User) -> Self:
        """The narrowest access: who manages the organisation that decided, the inspection commission of
        that part of the tree, and the member himself. Not the secretary below it."""
        return self.filter(self.door(user)) if user.is_active else self.none()

    @staticmethod
    def door(user: User) -> Q:
        """The condition of it, for what was written down about such a row too."""
        heads = user.organizations_as(Role.SECRETARY, Role.INSPECTION)
        return Q(decided_by__in=PartyOrganization.objects.under(heads)) | Q(member=user.member_id)


@with_history(of="member")
class DisciplinaryAction(models.Model):
    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="disciplinary_actions"
    )
    level = models.CharField("hình thức", max_length=12, choices=DisciplineLevel.choices)
    decided_by = models.ForeignKey(
        PartyOrganization,
        verbose_name="tổ chức quyết định",
        on_delete=models.PROTECT,
        related_name="disciplinary_actions",
    )
    decided_on = models.DateField("ngày quyết định")
    decision_number = NFCCharField("số quyết định", max_length=60)
    matter = NFCCharField("nội dung vi phạm", max_length=300, blank=True)

    objects: ClassVar[DisciplinaryActionQuerySet] = DisciplinaryActionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "kỷ luật"
        verbose_name_plural = "kỷ luật"
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        # The level is the matter itself: a list of names must not tell it.
        return self.decision_number


class RatingLevel(models.TextChoices):
    """366-QĐ/TW, article 11."""

    EXCELLENT = "excellent", "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = "good", "Hoàn thành tốt nhiệm vụ"
    COMPLETED = "completed", "Hoàn thành nhiệm vụ"
    NOT_COMPLETED = "not_completed", "Không hoàn thành nhiệm vụ"


RATING_QUARTERS = [(0, "cả năm"), *((number, f"quý {number}") for number in range(1, 5))]
FULL_POINTS = 100


class QualityRatingQuerySet(models.QuerySet["QualityRating"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those given in the organisations one manages: a rating stays where it was given."""
        if not user.is_active:
            return self.none()
        mine = PartyOrganization.objects.managed_by(user)
        return self.filter(Q(member=user.member_id) | Q(organization__in=mine))


@with_history(of="member")
class QualityRating(models.Model):
    """A member's rating for a quarter, or for the year as a whole, in the organisation he belonged to at
    its end: figures of ratings stay with that one after any move. None is a rating brought along from
    outside the house."""

    member = models.ForeignKey(
        PartyMember, verbose_name="đảng viên", on_delete=models.PROTECT, related_name="ratings"
    )
    organization = models.ForeignKey(
        PartyOrganization,
        verbose_name="nơi xếp loại",
        on_delete=models.PROTECT,
        related_name="ratings",
        null=True,
        blank=True,
        editable=False,
    )
    year = models.PositiveSmallIntegerField("năm")
    quarter = models.PositiveSmallIntegerField("quý", choices=RATING_QUARTERS, default=0)
    level = models.CharField("mức", max_length=16, choices=RatingLevel.choices)
    points = models.PositiveSmallIntegerField("điểm", null=True, blank=True)
    rated_on = models.DateField("ngày xếp loại")
    decision_number = NFCCharField("số quyết định", max_length=60, blank=True)

    objects: ClassVar[QualityRatingQuerySet] = QualityRatingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "xếp loại chất lượng"
        verbose_name_plural = "xếp loại chất lượng"
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "year", "quarter"],
                name="rating_once_a_period",
                violation_error_message="Kỳ này đã được xếp loại.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=1990, year__lte=2100),
                name="rating_year",
                violation_error_message="Năm xếp loại chưa đúng.",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=FULL_POINTS),
                name="rating_points",
                violation_error_message="Điểm từ 0 đến 100.",
            ),
        ]
        indexes = [models.Index("organization", "year", "quarter", name="rating_by_organization")]

    def __str__(self) -> str:
        return f"{self.get_quarter_display()} {self.year}"
