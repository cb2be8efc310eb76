"""Whether people came: one row a person, and the counts of moments that the minutes keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from meetings.models.agenda import AgendaItem
from meetings.models.kinds import QuorumRule
from meetings.models.meetings import Meeting
from meetings.models.participants import IN_ROOM, AttendanceStatus, Participant
from portal import dates
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User


class AttendanceOrigin(models.TextChoices):
    """Who said so. What was settled at the opening or closing gives way to any person's word."""

    DESK = "desk", "bàn điểm danh"
    SELF = "self", "tự điểm danh"
    SETTLED = "settled", "khi khai mạc, bế mạc"


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(participant__in=Participant.objects.visible_to(user))

    def in_room(self) -> Self:
        return self.filter(status__in=IN_ROOM, participant__removed_at__isnull=True)


class Attendance(models.Model):
    """Whether a participant came; one row a person, its changes are in the audit trail.

    `recorded_at` is the moment the entry was made at the desk, also when it reached us later: the
    entry made last stands. `entry` is the key the desk gave it, `earlier` what stood before and can
    be restored, `spent` the keys that may not count a second time.
    """

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="attendance")
    status = models.CharField("điểm danh", max_length=12, choices=AttendanceStatus.choices)
    arrived_at = models.DateTimeField("đến lúc", null=True, blank=True)
    left_at = models.DateTimeField("ra về lúc", null=True, blank=True)
    returned_at = models.DateTimeField("trở lại lúc", null=True, blank=True)
    reason = NFCTextField("lý do vắng", max_length=300, blank=True)
    substitute = NFCCharField("người dự thay", max_length=200, blank=True, default="", db_default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người ghi", on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField("ghi lúc", default=timezone.now)
    origin = models.CharField(
        "ghi từ",
        max_length=8,
        choices=AttendanceOrigin.choices,
        default=AttendanceOrigin.DESK,
        db_default=AttendanceOrigin.DESK,
    )
    entry = models.UUIDField("mã lượt ghi", null=True, blank=True, editable=False)
    spent = ArrayField(models.UUIDField(), default=list, db_default=[], blank=True, editable=False)
    earlier = models.JSONField(default=list, db_default=[], blank=True, editable=False)

    objects: ClassVar[AttendanceQuerySet] = AttendanceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=IN_ROOM) | Q(arrived_at__isnull=False),
                name="present_has_arrival",
                violation_error_message="Có mặt thì phải ghi giờ đến.",
            ),
            models.CheckConstraint(
                condition=~Q(status=AttendanceStatus.LEFT) | Q(left_at__isnull=False),
                name="left_has_time",
                violation_error_message="Về sớm thì phải ghi giờ ra về.",
            ),
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True)
                | Q(left_at__isnull=True)
                | Q(left_at__gte=F("arrived_at")),
                name="leaves_after_arriving",
                violation_error_message="Giờ ra về phải sau giờ đến.",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True) | Q(left_at__lte=F("returned_at")),
                name="returns_after_leaving",
                violation_error_message="Giờ trở lại phải sau giờ ra về.",
            ),
            models.CheckConstraint(
                condition=~Q(status=AttendanceStatus.SUBSTITUTE) | ~Q(substitute=""),
                name="substitute_has_name",
                violation_error_message="Dự thay thì phải ghi tên người dự thay.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.get_status_display()}"

    @property
    def is_in_room(self) -> bool:
        return self.status in IN_ROOM

    @property
    def times(self) -> str:
        """When: "13 giờ 38", "13 giờ 38, ra 15 giờ 00, trở lại 15 giờ 20"; "" of who did not come."""
        told = [dates.unbroken(dates.hour(self.arrived_at))] if self.arrived_at else []
        ways = (("ra", self.left_at), ("trở lại", self.returned_at))
        return ", ".join(told + [dates.unbroken(f"{word} {dates.hour(at)}") for word, at in ways if at])

    @property
    def note(self) -> str:
        """The reason of absence, or who came in this person's place."""
        if self.status == AttendanceStatus.SUBSTITUTE:
            return f"Đồng chí {self.substitute}"
        return self.reason


class SnapshotKind(models.TextChoices):
    OPENING = "opening", "Khai mạc"
    COUNT = "count", "Trong giờ họp"
    VOTE = "vote", "Biểu quyết"
    LOSS = "loss", "Không còn đủ số có mặt"
    REGAINED = "regained", "Đủ số có mặt trở lại"


class QuorumSnapshot(models.Model):
    """Present voting delegates of convened ones at a moment, with the sentence for the minutes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="quorum_snapshots")
    kind = models.CharField(
        "loại",
        max_length=10,
        choices=SnapshotKind.choices,
        default=SnapshotKind.COUNT,
        db_default=SnapshotKind.COUNT,
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        verbose_name="mục biểu quyết",
        on_delete=models.SET_NULL,
        related_name="quorum_snapshots",
        null=True,
        blank=True,
    )
    taken_at = models.DateTimeField("lúc")
    occasion = NFCCharField("khi", max_length=80)
    present = models.PositiveSmallIntegerField("có mặt")
    convened = models.PositiveSmallIntegerField("triệu tập")
    needed = models.PositiveSmallIntegerField("cần có")
    rule = models.CharField(
        "quy định", max_length=16, choices=QuorumRule.choices, blank=True, default="", db_default=""
    )
    basis = NFCCharField("căn cứ", max_length=200, blank=True, default="", db_default="")
    sentence = NFCTextField("câu ghi biên bản")

    class Meta:
        verbose_name = "số có mặt"
        verbose_name_plural = "số có mặt"
        ordering = ["meeting", "pk"]

    def __str__(self) -> str:
        return self.sentence
