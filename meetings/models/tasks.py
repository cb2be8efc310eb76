"""Conclusions of a conference and the tasks they hand out (domain §2.2, 08-QC/TW)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from meetings.models.agenda import AgendaItem, leads
from meetings.models.meetings import Meeting
from meetings.models.typed import TypedText
from members.models import PartyMember, PartyOrganization
from members.roles import Role
from portal.vietnamese import fold
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User


class ConclusionKind(models.TextChoices):
    INFORMATION = "information", "Thông tin, đánh giá"
    INSTRUCTION = "instruction", "Chỉ đạo"
    TASK = "task", "Giao nhiệm vụ"


class ConclusionQuerySet(models.QuerySet["Conclusion"]):
    def visible_to(self, user: User) -> Self:
        """Those who prepare it; once issued, who took part, as far as he reads the item, and the
        organisation a task went to (P20, P26, P27)."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.OFFICE):
            return self
        read = Q(agenda_item=None, meeting__in=Meeting.objects.visible_to(user))
        read |= Q(agenda_item__in=AgendaItem.objects.visible_to(user))
        seen = leads(user) | (Q(issued_at__isnull=False) & read)
        if heads := user.organizations_as(Role.SECRETARY):
            addressed = PartyOrganization.objects.under(heads)
            seen |= Q(issued_at__isnull=False) & (
                Q(tasks__lead_organization__in=addressed) | Q(tasks__supporting_organizations__in=addressed)
            )
        return self.filter(seen).distinct()


class Conclusion(TypedText):
    key = models.UUIDField(db_default=RandomUUID(), unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name="hội nghị", on_delete=models.PROTECT, related_name="conclusions"
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        verbose_name="mục",
        on_delete=models.PROTECT,
        related_name="conclusions",
        null=True,
        blank=True,
    )
    order = models.PositiveSmallIntegerField("thứ tự")
    kind = models.CharField("loại", max_length=12, choices=ConclusionKind.choices)
    text = NFCTextField("nội dung", max_length=4000)
    issued_at = models.DateTimeField("ban hành lúc", null=True, blank=True, editable=False)

    objects: ClassVar[ConclusionQuerySet] = ConclusionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "kết luận"
        verbose_name_plural = "kết luận"
        ordering = ["meeting", "order", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="issued_conclusion_is_fixed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__issued_at__isnull=False),
            ),
            # The chair's words are part of the minutes; issuing them later is not a change of them.
            pgtrigger.Trigger(
                name="conclusion_in_approved_minutes_is_final",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                IF TG_OP = 'UPDATE' AND
                    (NEW.text, NEW.kind, NEW."order", NEW.meeting_id, NEW.agenda_item_id)
                    IS NOT DISTINCT FROM
                    (OLD.text, OLD.kind, OLD."order", OLD.meeting_id, OLD.agenda_item_id)
                THEN
                    RETURN NEW;
                END IF;
                IF EXISTS (
                    SELECT 1 FROM meetings_minutes
                    WHERE meeting_id IN (NEW.meeting_id, OLD.meeting_id) AND state = 'approved'
                ) THEN
                    RAISE EXCEPTION 'these minutes are approved and final';
                END IF;
                RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class TaskState(models.TextChoices):
    NOT_STARTED = "not_started", "Chưa thực hiện"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    EXTENSION = "extension", "Xin gia hạn"
    REPORTED = "reported", "Chờ Văn phòng kiểm tra"
    DONE = "done", "Hoàn thành"
    PAUSED = "paused", "Tạm dừng"


class TaskStatus(models.TextChoices):
    """What a reader is told: the state, seen against the deadline."""

    NOT_STARTED = "not_started", "Chưa thực hiện"
    IN_PROGRESS = "in_progress", "Đang thực hiện"
    EXTENSION = "extension", "Xin gia hạn"
    REPORTED = "reported", "Chờ Văn phòng kiểm tra"
    DONE_ON_TIME = "done_on_time", "Hoàn thành đúng hạn"
    DONE_LATE = "done_late", "Hoàn thành quá hạn"
    OVERDUE = "overdue", "Quá hạn chưa hoàn thành"
    PAUSED = "paused", "Tạm dừng"


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> Self:
        """The office, the person charged, and those who manage a lead or supporting organisation."""
        if user.is_active and user.has_role(Role.OFFICE):
            return self
        return self.charged_to(user)

    def charged_to(self, user: User) -> Self:
        """Issued to this person, or to an organisation he manages as lead or in support."""
        if not user.is_active:
            return self.none()
        mine = Q(pk__in=[])
        if user.member_id:
            mine |= Q(assignee=user.member_id)
        if heads := user.organizations_as(Role.SECRETARY):
            under = PartyOrganization.objects.under(heads)
            mine |= Q(lead_organization__in=under) | Q(supporting_organizations__in=under)
        return self.filter(mine & Q(issued_at__isnull=False)).distinct()

    def open(self) -> Self:
        return self.exclude(state__in=[TaskState.DONE, TaskState.PAUSED])

    def overdue(self, today: datetime.date) -> Self:
        return self.open().filter(deadline__lt=today)

    def reviewed_at(self, meeting: Meeting) -> Self:
        """What earlier conferences of the body had handed out and was not done before this one's day."""
        earlier = self.filter(
            conclusion__meeting__body=meeting.body_id,
            conclusion__meeting__starts_at__lt=meeting.starts_at,
            issued_at__lt=meeting.starts_at,
        )
        return earlier.exclude(state=TaskState.DONE, done_on__lt=meeting.held_on)

    def by_deadline(self) -> Self:
        return self.order_by("deadline", "pk")


class Task(models.Model):
    """Something to be done by an organisation until a day, with what is expected in the end."""

    conclusion = models.ForeignKey(
        Conclusion, verbose_name="theo kết luận", on_delete=models.PROTECT, related_name="tasks"
    )
    title = NFCCharField("nhiệm vụ", max_length=400)
    product = NFCCharField("sản phẩm", max_length=200, blank=True)
    lead_organization = models.ForeignKey(
        PartyOrganization, verbose_name="cơ quan chủ trì", on_delete=models.PROTECT, related_name="led_tasks"
    )
    supporting_organizations = models.ManyToManyField(
        PartyOrganization, verbose_name="cơ quan phối hợp", related_name="supported_tasks", blank=True
    )
    assignee = models.ForeignKey(
        PartyMember,
        verbose_name="người thực hiện",
        on_delete=models.PROTECT,
        related_name="tasks",
        null=True,
        blank=True,
    )
    deadline = models.DateField("hạn")
    #: What it was given with, once more time was granted; the papers of the conference cite this one.
    first_deadline = models.DateField("hạn khi giao", null=True, blank=True, editable=False)
    state = models.CharField(
        "trạng thái", max_length=12, choices=TaskState.choices, default=TaskState.NOT_STARTED
    )
    issued_at = models.DateTimeField("giao lúc", null=True, blank=True, editable=False)
    done_on = models.DateField("hoàn thành ngày", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người xác nhận",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    search_text = models.CharField(max_length=600, editable=False, default="")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ["deadline", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=TaskState.DONE) | Q(done_on__isnull=False, closed_by__isnull=False),
                name="done_task_has_date_and_closer",
                violation_error_message="Nhiệm vụ hoàn thành phải có ngày và người xác nhận.",
            )
        ]
        indexes = [models.Index("lead_organization", "deadline", name="task_by_organization")]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.title} {self.product}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("meetings:task", args=[self.pk])

    @property
    def given_deadline(self) -> datetime.date:
        return self.first_deadline or self.deadline

    def status_on(self, today: datetime.date) -> TaskStatus:
        if self.state == TaskState.DONE:
            late = self.done_on is not None and self.done_on > self.deadline
            return TaskStatus.DONE_LATE if late else TaskStatus.DONE_ON_TIME
        if self.state in (TaskState.NOT_STARTED, TaskState.IN_PROGRESS) and self.deadline < today:
            return TaskStatus.OVERDUE
        return TaskStatus(self.state)

    @property
    def status(self) -> TaskStatus:
        return self.status_on(timezone.localdate())


class TaskReportQuerySet(models.QuerySet["TaskReport"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(task__in=Task.objects.visible_to(user))


class TaskReport(models.Model):
    """A word from the lead organisation on how far it has come, if need be with a file as evidence."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reports")
    text = NFCTextField("kết quả, tiến độ", max_length=4000)
    state = models.CharField("trạng thái", max_length=12, choices=TaskState.choices)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=timezone.now, editable=False)
    file = models.FileField("tệp minh chứng", upload_to="meetings/evidence", blank=True)
    name = NFCCharField("tên tệp", max_length=200, blank=True, default="", editable=False)
    no_state_secret_confirmed = models.BooleanField("không chứa bí mật nhà nước", default=False)

    objects: ClassVar[TaskReportQuerySet] = TaskReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "báo cáo tiến độ"
        verbose_name_plural = "báo cáo tiến độ"
        ordering = ["task", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file="") | Q(no_state_secret_confirmed=True),
                name="evidence_has_no_state_secret",
                violation_error_message="Cần xác nhận tệp không chứa bí mật nhà nước.",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
