"""The leaders' diary, and what the schedule of a week said when it was put up (domain §2.3)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import DateField, Exists, F, OuterRef, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from meetings.models.meetings import Meeting
from meetings.models.weeks import WeeklySchedule
from members.models import PartyMember
from members.roles import Role
from portal.dates import Week
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User

NOON = datetime.time(12)


class Half(models.TextChoices):
    ALL_DAY = "all_day", "Cả ngày"
    MORNING = "morning", "Sáng"
    AFTERNOON = "afternoon", "Chiều"

    @classmethod
    def of(cls, hour: datetime.time) -> Half:
        return cls.MORNING if hour < NOON else cls.AFTERNOON

    @property
    def rank(self) -> int:
        """Its place within a day."""
        return list(Half).index(self)


class EntryState(models.TextChoices):
    PLANNED = "planned", "Theo lịch"
    POSTPONED = "postponed", "Hoãn"
    CANCELLED = "cancelled", "Hủy"


#: An hour belongs to the half-day it is written under.
HOUR_IN_HALF = (
    Q(hour__isnull=True)
    | Q(half=Half.ALL_DAY)
    | Q(half=Half.MORNING, hour__lt=NOON)
    | Q(half=Half.AFTERNOON, hour__gte=NOON)
)


class ScheduleEntryQuerySet(models.QuerySet["ScheduleEntry"]):
    def visible_to(self, user: User) -> Self:
        """The office sees the draft, a leader his own, everybody what stands or stood on a published week."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.OFFICE):
            return self
        put_up = PublishedEntry.objects.filter(entry=OuterRef("pk"))
        published = Q(pk__in=self.in_published_weeks().values("pk")) | Q(Exists(put_up))
        return self.filter(published | Q(pk__in=self.of(user).values("pk")))

    def in_published_weeks(self) -> Self:
        weeks = WeeklySchedule.objects.values("monday")
        return self.alias(monday=TruncWeek("date", output_field=DateField())).filter(monday__in=weeks)

    def of(self, user: User) -> Self:
        """Those in which this person himself takes part."""
        return self.filter(leaders=user.member_id) if user.member_id else self.none()

    def between(self, start: datetime.date, end: datetime.date) -> Self:
        """From the one day to the other, both included."""
        return self.filter(date__gte=start, date__lte=end)

    def planned(self) -> Self:
        return self.filter(state=EntryState.PLANNED)

    def with_leaders(self) -> Self:
        """Each with the names of its leaders in `leader_names`."""
        leaders = PartyMember.objects.filter(diary=OuterRef("pk")).by_name()
        return self.annotate(leader_names=ArraySubquery(leaders.values("full_name")))


class ScheduleEntry(models.Model):
    """A line of the leaders' diary that is no conference of the portal: a visit, a class, a day on duty."""

    date = models.DateField("ngày")
    half = models.CharField("buổi", max_length=9, choices=Half.choices)
    hour = models.TimeField("giờ", null=True, blank=True)
    until = models.TimeField("đến giờ", null=True, blank=True)
    content = NFCTextField("nội dung công việc", max_length=500)
    venue = NFCCharField("địa điểm", max_length=200, blank=True)
    leaders = models.ManyToManyField(
        PartyMember, verbose_name="lãnh đạo dự", related_name="diary", blank=True
    )
    participants_text = NFCTextField("thành phần", max_length=500, blank=True)
    state = models.CharField(
        "trạng thái", max_length=9, choices=EntryState.choices, default=EntryState.PLANNED, editable=False
    )
    state_reason = NFCTextField("lý do hoãn, hủy", max_length=300, blank=True, editable=False)
    version = models.PositiveIntegerField("bản", default=1, editable=False)
    changed_at = models.DateTimeField("sửa lúc", default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[ScheduleEntryQuerySet] = ScheduleEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "việc trong lịch công tác"
        verbose_name_plural = "việc trong lịch công tác"
        ordering = ["date", "hour", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=HOUR_IN_HALF,
                name="entry_hour_in_its_half",
                violation_error_message="Giờ không thuộc buổi đã chọn.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(hour__isnull=False, until__gt=F("hour")),
                name="entry_until_after_hour",
                violation_error_message="Giờ xong phải sau giờ bắt đầu.",
            ),
            models.CheckConstraint(
                condition=Q(state=EntryState.PLANNED, state_reason="")
                | (~Q(state=EntryState.PLANNED) & ~Q(state_reason="")),
                name="entry_stopped_with_reason",
                violation_error_message="Hoãn hoặc hủy phải ghi lý do.",
            ),
        ]
        indexes = [models.Index("date", "id", name="entry_by_date")]

    def __str__(self) -> str:
        return self.content

    @property
    def week(self) -> Week:
        return Week.of(self.date)

    @property
    def is_stopped(self) -> bool:
        return self.state != EntryState.PLANNED

    @property
    def starts_at(self) -> datetime.datetime:
        """When it begins at the earliest: at its hour, else with its half-day."""
        return _moment(self.date, self.hour or (NOON if self.half == Half.AFTERNOON else datetime.time()))

    @property
    def ends_at(self) -> datetime.datetime:
        """When it is over at the latest: at the hour given, else with its half-day."""
        if self.until:
            return _moment(self.date, self.until)
        if self.half == Half.MORNING:
            return _moment(self.date, NOON)
        return _moment(self.date + datetime.timedelta(days=1), datetime.time())


def _moment(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, hour))


class PublishedEntryQuerySet(models.QuerySet["PublishedEntry"]):
    def visible_to(self, user: User) -> Self:
        """What was put up on the wall is for everybody with an account."""
        return self if user.is_active else self.none()

    def current(self, week: Week) -> Self:
        """The edition that hangs there now."""
        return self.filter(schedule__monday=week.monday, edition=F("schedule__edition"))


class PublishedEntry(models.Model):
    """A line as it was put up. What was told stays as told, so that later changes can be shown."""

    schedule = models.ForeignKey(
        WeeklySchedule, verbose_name="lịch tuần", on_delete=models.PROTECT, related_name="entries"
    )
    edition = models.PositiveSmallIntegerField("bản")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, related_name="published_entries", null=True, blank=True
    )
    entry = models.ForeignKey(
        ScheduleEntry, on_delete=models.PROTECT, related_name="published_entries", null=True, blank=True
    )
    date = models.DateField("ngày")
    half = models.CharField("buổi", max_length=9, choices=Half.choices)
    hour = models.TimeField("giờ", null=True, blank=True)
    content = NFCTextField("nội dung công việc")
    venue = NFCCharField("địa điểm", max_length=200, blank=True)
    people = NFCTextField("thành phần", blank=True)
    state = models.CharField("trạng thái", max_length=9, choices=EntryState.choices)

    objects: ClassVar[PublishedEntryQuerySet] = PublishedEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "dòng lịch đã đăng"
        verbose_name_plural = "dòng lịch đã đăng"
        ordering = ["schedule", "edition", "date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting__isnull=False, entry__isnull=True)
                | Q(meeting__isnull=True, entry__isnull=False),
                name="published_entry_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["schedule", "edition", "meeting"], name="published_meeting_once_an_edition"
            ),
            models.UniqueConstraint(
                fields=["schedule", "edition", "entry"], name="published_entry_once_an_edition"
            ),
        ]

    def __str__(self) -> str:
        return self.content
