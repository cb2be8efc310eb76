"""Who takes part, frozen at convening; what they answered."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone

from meetings.models.kinds import AttendeeRole, SummonKind
from meetings.models.meetings import OPEN_FOR_ANSWERS, Meeting, ParticipantClass
from members.models import PartyMember
from portal.vietnamese import fold, name_sort_key
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from meetings.models.attendance import Attendance
    from members.models import User


class AnswerChoice(models.TextChoices):
    ATTENDING = "attending", "Sẽ dự"
    ABSENT = "absent", "Xin vắng"
    SUBSTITUTE = "substitute", "Cử người dự thay"


class AnswerChannel(models.TextChoices):
    LINK = "link", "qua thư"
    PORTAL = "portal", "trên cổng"
    PHONE = "phone", "qua điện thoại"


class AttendanceStatus(models.TextChoices):
    NOT_ARRIVED = "not_arrived", "Chưa đến"
    PRESENT = "present", "Có mặt"
    LATE = "late", "Đến muộn"
    LEFT = "left", "Về sớm"
    SUBSTITUTE = "substitute", "Dự thay"
    EXCUSED = "excused", "Vắng có lý do"
    ABSENT = "absent", "Vắng không lý do"


#: In the room now: these count for quorum. A stand-in is in the room for somebody else, and never counts.
IN_ROOM = (AttendanceStatus.PRESENT, AttendanceStatus.LATE)


class ParticipantQuerySet(models.QuerySet["Participant"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def of(self, user: User) -> Self:
        """This person's own places on the lists."""
        return self.filter(member__isnull=False, member=user.member_id)

    def taking_part(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def official(self) -> Self:
        return self.filter(role=AttendeeRole.OFFICIAL)

    def voting(self) -> Self:
        """The base of quorum: convened delegates with a vote; guests and stand-ins never count."""
        return self.taking_part().filter(has_vote=True)

    def unmarked(self) -> Self:
        """Whom the roll call says nothing of: never marked, or the mark was taken back."""
        return self.taking_part().filter(
            Q(attendance=None) | Q(attendance__status=AttendanceStatus.NOT_ARRIVED)
        )

    def silent(self) -> Self:
        """Those who have not answered the meeting as it now stands."""
        return self.taking_part().exclude(answers__meeting_version=F("meeting__version"))

    def answerable(self, now: datetime.datetime) -> Self:
        """Those whose conference still takes answers (`Meeting.get_answer_refusal` says why not)."""
        return self.filter(
            Q(meeting__answer_by__isnull=True) | Q(meeting__answer_by__gte=now),
            meeting__state__in=OPEN_FOR_ANSWERS,
            meeting__starts_at__gt=now,
        )

    def with_answer(self) -> Self:
        """Each with the last answer to the meeting as it now stands, in `current_answers`, at most one."""
        last = Answer.objects.filter(
            participant=OuterRef("participant"), meeting_version=F("participant__meeting__version")
        ).order_by("-pk")
        current = Answer.objects.filter(pk=Subquery(last.values("pk")[:1])).select_related("recorded_by")
        return self.prefetch_related(Prefetch("answers", current, to_attr="current_answers"))

    def in_protocol_order(self) -> Self:
        return self.order_by("participant_class__order", "rank", "sort_key", "pk")


class Participant(models.Model):
    """A person convened, with name, position and organisation as of the day of the conference.

    What was told stays as told: later changes in the register do not touch these columns.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    participant_class = models.ForeignKey(
        ParticipantClass, verbose_name="thành phần", on_delete=models.PROTECT, related_name="participants"
    )
    member = models.ForeignKey(
        PartyMember,
        verbose_name="đảng viên",
        on_delete=models.PROTECT,
        related_name="participations",
        null=True,
        blank=True,
    )
    full_name = NFCCharField("họ và tên", max_length=120)
    position_text = NFCCharField("chức vụ", max_length=250, blank=True)
    organization_text = NFCCharField("đơn vị", max_length=250, blank=True)
    address = models.EmailField("thư điện tử", blank=True)
    rank = models.PositiveSmallIntegerField(default=999, editable=False)
    role = models.CharField("tư cách", max_length=10, choices=AttendeeRole.choices)
    summon = models.CharField("hình thức", max_length=10, choices=SummonKind.choices)
    has_vote = models.BooleanField("có quyền biểu quyết", default=False)
    removed_at = models.DateTimeField("rút tên lúc", null=True, blank=True, editable=False)
    removal_reason = NFCCharField("lý do rút tên", max_length=200, blank=True)
    sort_key = models.CharField(max_length=400, editable=False, default="")
    search_text = models.CharField(max_length=400, editable=False, default="")

    objects: ClassVar[ParticipantQuerySet] = ParticipantQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "người dự"
        verbose_name_plural = "người dự"
        ordering = ["meeting", "participant_class__order", "rank", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                condition=Q(removed_at__isnull=True),
                name="participant_once",
                violation_error_message="Đồng chí này đã có trong danh sách.",
            ),
            models.CheckConstraint(
                condition=Q(has_vote=False) | Q(role=AttendeeRole.OFFICIAL),
                name="only_official_delegates_vote",
                violation_error_message="Chỉ đại biểu chính thức có quyền biểu quyết.",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | ~Q(removal_reason=""),
                name="participant_removed_with_reason",
                violation_error_message="Rút tên phải ghi lý do.",
            ),
        ]
        indexes = [models.Index("member", "meeting", name="participant_member")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive()
        super().save(*args, **kwargs)

    @property
    def answer(self) -> Answer | None:
        """The answer that counts; asks the database unless fetched by `with_answer`."""
        if not hasattr(self, "current_answers"):
            return self.answers.filter(meeting_version=self.meeting.version).order_by("-pk").first()
        return next(iter(self.current_answers), None)

    @property
    def may_send_stand_in(self) -> bool:
        """`stand_ins.get_refusal` says why not."""
        return self.role == AttendeeRole.INVITED and self.member_id is not None

    @property
    def stand_in(self) -> str:
        """Who was announced in this person's place, as told then; nothing else of the answer."""
        return self.answer.substitute if self.answer else ""

    @property
    def mark(self) -> Attendance | None:
        """What the roll call says of this person; nothing before it."""
        return getattr(self, "attendance", None)

    def derive(self) -> None:
        """Fill the columns made from the name; bulk writers call it themselves."""
        self.sort_key = name_sort_key(self.full_name)
        self.search_text = fold(f"{self.full_name} {self.position_text} {self.organization_text}")


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(participant__in=Participant.objects.visible_to(user))


class Answer(models.Model):
    """One answer to one version of the invitation; the last of a version counts, all are kept."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="answers")
    meeting_version = models.PositiveIntegerField("trả lời cho bản")
    choice = models.CharField("trả lời", max_length=10, choices=AnswerChoice.choices)
    reason = NFCCharField("lý do vắng", max_length=300, blank=True)
    substitute = NFCCharField("người dự thay", max_length=320, blank=True, default="", db_default="")
    substitute_member = models.ForeignKey(
        PartyMember,
        verbose_name="đảng viên dự thay",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    channel = models.CharField("cách trả lời", max_length=8, choices=AnswerChannel.choices)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người ghi",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    answered_at = models.DateTimeField("lúc", default=timezone.now, editable=False)

    objects: ClassVar[AnswerQuerySet] = AnswerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "trả lời"
        verbose_name_plural = "trả lời"
        ordering = ["participant", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(choice=AnswerChoice.ABSENT) | ~Q(reason=""),
                name="absence_has_reason",
                violation_error_message="Xin vắng cần ghi lý do để Văn phòng báo cáo người chủ trì.",
            ),
            models.CheckConstraint(
                condition=Q(choice=AnswerChoice.SUBSTITUTE, substitute_member__isnull=False)
                & ~Q(substitute="")
                | ~Q(choice=AnswerChoice.SUBSTITUTE) & Q(substitute_member__isnull=True, substitute=""),
                name="stand_in_is_named",
                violation_error_message="Cử người dự thay thì phải ghi tên người dự thay.",
            ),
            models.CheckConstraint(
                condition=~Q(channel=AnswerChannel.PHONE) | Q(recorded_by__isnull=False),
                name="phone_answer_names_recorder",
            ),
        ]
        indexes = [models.Index(F("participant"), F("meeting_version"), F("id").desc(), name="answer_latest")]

    def __str__(self) -> str:
        return f"{self.participant}: {self.get_choice_display()}"
