"""A conference from draft to final minutes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import DateField, Exists, F, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.db.models.functions import TruncWeek
from django.urls import reverse
from django.utils import timezone

from meetings.models.kinds import ClassRule, MeetingKind
from meetings.models.programs import WorkProgramItem
from meetings.models.weeks import WeeklySchedule
from members.models import Body, PartyMember, PartyOrganization, Term
from members.roles import Role
from portal.vietnamese import fold
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User


class MeetingState(models.TextChoices):
    DRAFT = "draft", "Đang chuẩn bị"
    CONVENED = "convened", "Đã triệu tập"
    IN_SESSION = "in_session", "Đang họp"
    MINUTES = "minutes", "Đang làm biên bản"
    FINAL = "final", "Đã xong"
    POSTPONED = "postponed", "Hoãn"
    CANCELLED = "cancelled", "Hủy"


#: States in which the conference is still to come and people may answer.
OPEN_FOR_ANSWERS = (MeetingState.CONVENED,)
#: States in which participants may see it; a draft, also one called off, belongs to those who prepare it.
TOLD = tuple(state for state in MeetingState if state != MeetingState.DRAFT)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        """Those who prepare it, and those who take part once they have been told (P11–P14)."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.OFFICE):
            return self
        mine = _minuted_by(user)
        if user.member_id:
            mine |= Q(chair=user.member_id) | (_TOLD & _lists(user.member_id))
        if heads := user.organizations_as(Role.SECRETARY):
            mine |= Q(organization__in=PartyOrganization.objects.under(heads))
        return self.filter(mine)

    def helped_by(self, user: User) -> Self:
        """Those at whose roll-call desk this person was named to help, until they are closed (P35)."""
        return self.filter(
            state__in=(MeetingState.CONVENED, MeetingState.IN_SESSION),
            desk_helpers__user=user.pk,
            desk_helpers__ended_at__isnull=True,
        )

    def with_desk_for(self, user: User) -> Self:
        """Those at whose roll-call desk this person may sit: a helper sees the desk and no more."""
        seen, helped = Meeting.objects.visible_to(user), Meeting.objects.helped_by(user)
        return self.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=helped.values("pk")))

    def told(self) -> Self:
        """Those people have heard of: no draft, and none that was called off before it was convened."""
        return self.filter(_TOLD)

    def attended_by(self, user: User) -> Self:
        """Those this person goes to: as chair, minute-taker or participant; none he may merely read."""
        mine = _minuted_by(user)
        if user.member_id:
            mine |= Q(chair=user.member_id) | _lists(user.member_id)
        return self.told().filter(mine)

    def on_schedule(self) -> Self:
        """Those of the common weekly schedule, published or not.

        A kind speaks for the owning committee's conferences alone: one of an organisation below
        shares the kind, and stands on the schedule only when the office puts it there itself.
        """
        usual = Q(kind__is_on_schedule=True, organization__parent__isnull=True)
        return self.told().filter(Q(is_on_schedule=True) | (Q(is_on_schedule__isnull=True) & usual))

    def on_schedule_for(self, user: User) -> Self:
        """What the schedule shows this reader: title, time, place and classes, but not the way in.

        The office sees the draft; everybody else what stands, or stood, on a published week.
        """
        if not user.is_active:
            return self.none()
        if user.has_role(Role.OFFICE):
            return self.on_schedule()
        weeks = WeeklySchedule.objects.values("monday")
        put_up = Meeting.objects.filter(pk=OuterRef("pk"), published_entries__isnull=False)
        return (
            self.on_schedule()
            .alias(monday=TruncWeek("starts_at", output_field=DateField()))
            .filter(Q(monday__in=weeks) | Q(Exists(put_up)))
        )

    def minuted_by(self, user: User) -> Self:
        """Those this person was named to minute, or to help minuting (P21)."""
        return self.filter(_minuted_by(user))

    def upcoming(self, now: datetime.datetime) -> Self:
        return self.filter(ends_at__gte=now).exclude(
            state__in=[MeetingState.CANCELLED, MeetingState.POSTPONED]
        )

    def between(self, start: datetime.datetime, end: datetime.datetime) -> Self:
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def in_order(self) -> Self:
        return self.order_by("starts_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-starts_at", "-pk")

    def earlier_than(self, meeting: Meeting) -> Self:
        """What stands after this one in `newest_first`."""
        return self.filter(
            Q(starts_at__lt=meeting.starts_at) | Q(starts_at=meeting.starts_at, pk__lt=meeting.pk)
        )


#: What people have heard of: no draft, and none that was called off before it was convened.
_TOLD = Q(state__in=TOLD) & ~Q(state=MeetingState.CANCELLED, convened_at__isnull=True)


# These two stand in every question about conferences. They are written out because the ORM took longer
# to compose them, on each page anew, than PostgreSQL to answer.


def _minuted_by(user: User) -> Q:
    helped = "SELECT meeting_id FROM meetings_meeting_minute_helpers WHERE user_id = %s"
    return Q(minute_taker=user.pk) | Q(pk__in=RawSQL(helped, [user.pk]))


def _lists(member_id: int) -> Q:
    """On whose list of participants this member stands."""
    listed = "SELECT meeting_id FROM meetings_participant WHERE member_id = %s AND removed_at IS NULL"
    return Q(pk__in=RawSQL(listed, [member_id]))


class Meeting(models.Model):
    """A conference. `version` rises with every change of time or place and resets the answers."""

    kind = models.ForeignKey(
        MeetingKind, verbose_name="loại", on_delete=models.PROTECT, related_name="meetings"
    )
    body = models.ForeignKey(Body, verbose_name="của", on_delete=models.PROTECT, related_name="meetings")
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="tổ chức đảng", on_delete=models.PROTECT, related_name="meetings"
    )
    term = models.ForeignKey(
        Term,
        verbose_name="nhiệm kỳ",
        on_delete=models.PROTECT,
        related_name="meetings",
        null=True,
        blank=True,
    )
    ordinal = models.PositiveSmallIntegerField("lần thứ", null=True, blank=True)
    ordinal_reason = NFCCharField("lý do đặt số khác", max_length=200, blank=True)
    is_expanded = models.BooleanField("mở rộng", default=False)
    title = NFCCharField("tên hội nghị", max_length=250)
    program_item = models.ForeignKey(
        WorkProgramItem,
        verbose_name="theo chương trình công tác",
        on_delete=models.PROTECT,
        related_name="meetings",
        null=True,
        blank=True,
    )
    purpose = NFCTextField("mục đích, nội dung", blank=True)
    starts_at = models.DateTimeField("bắt đầu")
    ends_at = models.DateTimeField("dự kiến xong")
    venue = NFCCharField("địa điểm", max_length=200)
    answer_by = models.DateTimeField("trả lời trước", null=True, blank=True)
    is_on_schedule = models.BooleanField(
        "trên lịch công tác tuần", null=True, blank=True, help_text="Để trống: theo loại hội nghị."
    )
    requirements = NFCTextField("yêu cầu", max_length=500, blank=True)
    convener = models.ForeignKey(
        Body,
        verbose_name="cơ quan triệu tập",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    chair = models.ForeignKey(
        PartyMember,
        verbose_name="chủ trì",
        on_delete=models.PROTECT,
        related_name="chaired",
        null=True,
        blank=True,
    )
    chair_title = NFCCharField("chức danh người chủ trì", max_length=250, blank=True)
    minute_taker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="thư ký ghi biên bản",
        on_delete=models.PROTECT,
        related_name="minuted",
        null=True,
        blank=True,
    )
    minute_helpers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name="cùng ghi biên bản",
        related_name="minutes_helped",
        blank=True,
        help_text="Cùng viết tại bàn ghi; chỉ thư ký ký.",
    )
    state = models.CharField(
        "trạng thái", max_length=12, choices=MeetingState.choices, default=MeetingState.DRAFT
    )
    state_reason = NFCTextField("lý do hoãn, hủy", blank=True)
    version = models.PositiveIntegerField("bản", default=1, editable=False)
    change_note = NFCCharField("thay đổi gần nhất", max_length=300, blank=True, editable=False)
    convened_at = models.DateTimeField("triệu tập lúc", null=True, blank=True, editable=False)
    convened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    warnings_at_convening = NFCTextField("cảnh báo khi triệu tập", blank=True, editable=False)
    warnings_reason = NFCTextField("lý do vẫn triệu tập", max_length=300, blank=True, editable=False)
    opened_at = models.DateTimeField("khai mạc lúc", null=True, blank=True)
    closed_at = models.DateTimeField("bế mạc lúc", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    search_text = models.CharField(max_length=600, editable=False, default="")

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "hội nghị"
        verbose_name_plural = "hội nghị"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "term", "ordinal"],
                name="meeting_ordinal_once",
                violation_error_message="Số lần thứ này đã dùng trong nhiệm kỳ.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_start",
                violation_error_message="Giờ dự kiến xong phải sau giờ bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__isnull=True) | Q(answer_by__lte=F("starts_at")),
                name="meeting_answers_before_start",
                violation_error_message="Hạn trả lời phải trước giờ bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(convened_at__isnull=True, convened_by__isnull=True)
                | Q(convened_at__isnull=False, convened_by__isnull=False),
                name="meeting_convened_at_and_by_together",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[MeetingState.POSTPONED, MeetingState.CANCELLED])
                | ~Q(state_reason=""),
                name="meeting_stopped_with_reason",
                violation_error_message="Hoãn hoặc hủy hội nghị phải ghi lý do.",
            ),
            models.CheckConstraint(
                condition=Q(warnings_at_convening="", warnings_reason="")
                | (~Q(warnings_at_convening="") & ~Q(warnings_reason="")),
                name="meeting_warnings_passed_with_reason",
                violation_error_message="Triệu tập dù còn cảnh báo phải ghi lý do.",
            ),
        ]
        indexes = [models.Index("starts_at", "id", name="meeting_by_start")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.title} {self.venue}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.pk])

    @property
    def held_on(self) -> datetime.date:
        """The day whose positions, names and voting rights count."""
        return timezone.localtime(self.starts_at).date()

    @property
    def is_stopped(self) -> bool:
        return self.state in (MeetingState.POSTPONED, MeetingState.CANCELLED)

    @property
    def has_roll(self) -> bool:
        """Whether the question is who came, no longer who will."""
        return self.state in (MeetingState.IN_SESSION, MeetingState.MINUTES, MeetingState.FINAL)

    def is_over(self, now: datetime.datetime) -> bool:
        return self.state in (MeetingState.MINUTES, MeetingState.FINAL) or now >= self.ends_at

    def get_answer_refusal(self, now: datetime.datetime) -> str | None:
        """Why an answer can't be taken any more; None while it can."""
        if self.is_stopped:
            return f"Hội nghị đã {self.get_state_display().lower()}, không cần trả lời nữa."
        if self.state not in OPEN_FOR_ANSWERS or now >= self.starts_at:
            return "Hội nghị đã bắt đầu hoặc đã xong, không nhận trả lời nữa."
        if self.answer_by and now > self.answer_by:
            return "Đã quá hạn trả lời. Xin gọi Văn phòng để báo."
        return None


class ParticipantClass(ClassRule):
    """A class of this conference's participants; expanding it finds the people."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="classes")

    class Meta:
        verbose_name = "thành phần"
        verbose_name_plural = "thành phần"
        ordering: ClassVar[list[str]] = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.label
