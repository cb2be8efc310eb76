"""Papers of agenda items: asked of an organisation, handed in, their versions, and who opened which."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from meetings.models.agenda import AgendaItem
from meetings.models.meetings import MeetingState
from members.models import PartyOrganization
from members.roles import Role
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models import User


class PaperState(models.TextChoices):
    SUBMITTED = "submitted", "Chờ Văn phòng xem"
    ACCEPTED = "accepted", "Đã nhận"
    RETURNED = "returned", "Trả lại"


class PaperRequestQuerySet(models.QuerySet["PaperRequest"]):
    def visible_to(self, user: User) -> Self:
        """Those who prepare the conference, and the secretaries of the organisation that owes it (P31)."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.OFFICE):
            return self
        heads = user.organizations_as(Role.SECRETARY)
        if not heads:
            return self.none()
        own = PartyOrganization.objects.under(heads)
        return self.filter(Q(agenda_item__meeting__organization__in=own) | Q(organization__in=own))

    def of_organizations_of(self, user: User) -> Self:
        """Those owed by the organisations this person is secretary of, and by those below."""
        heads = user.organizations_as(Role.SECRETARY)
        return self.filter(organization__in=PartyOrganization.objects.under(heads)) if heads else self.none()

    def owed(self) -> Self:
        """Nothing accepted yet, and nothing waiting for the office either."""
        waiting = Paper.objects.filter(state=PaperState.SUBMITTED).values("request")
        return self.filter(settled_at__isnull=True).exclude(pk__in=waiting.exclude(request=None))


class PaperRequest(models.Model):
    """A paper an organisation owes for an agenda item by a day."""

    agenda_item = models.ForeignKey(
        AgendaItem, verbose_name="mục chương trình", on_delete=models.CASCADE, related_name="paper_requests"
    )
    organization = models.ForeignKey(
        PartyOrganization, verbose_name="đơn vị chuẩn bị", on_delete=models.PROTECT, related_name="+"
    )
    title = NFCCharField("tên tài liệu", max_length=200)
    due_on = models.DateField("hạn nộp")
    note = NFCCharField("yêu cầu", max_length=300, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    requested_at = models.DateTimeField("giao lúc", default=timezone.now, editable=False)
    settled_at = models.DateTimeField("nhận lúc", null=True, blank=True, editable=False)

    objects: ClassVar[PaperRequestQuerySet] = PaperRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tài liệu giao chuẩn bị"
        verbose_name_plural = "tài liệu giao chuẩn bị"
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:hand_in", args=[self.pk])

    def is_late(self, today: datetime.date) -> bool:
        return self.settled_at is None and today > self.due_on


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: User) -> Self:
        """Readers of the item see what was accepted, in its newest version; older and unseen versions
        are for those who prepare, and for the organisation that handed them in."""
        if not user.is_active:
            return self.none()
        read = Q(agenda_item__in=AgendaItem.objects.visible_to(user))
        if user.has_role(Role.OFFICE):
            return self.filter(read)
        shown = read & Q(state=PaperState.ACCEPTED, superseded_at__isnull=True)
        if heads := user.organizations_as(Role.SECRETARY):
            own = PartyOrganization.objects.under(heads)
            shown |= read & Q(agenda_item__meeting__organization__in=own)
            shown |= Q(request__organization__in=own)
        return self.filter(shown)

    def current(self) -> Self:
        return self.filter(state=PaperState.ACCEPTED, superseded_at__isnull=True)

    def at_hand_on(self, day: datetime.date) -> Self:
        """What is read in the conferences of a day: those that were told and have not been stopped."""
        start = timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
        end = start + datetime.timedelta(days=1)
        held = Q(agenda_item__meeting__starts_at__lt=end, agenda_item__meeting__ends_at__gte=start)
        stopped = [MeetingState.DRAFT, MeetingState.POSTPONED, MeetingState.CANCELLED]
        return self.current().filter(held).exclude(agenda_item__meeting__state__in=stopped)

    def versions_of(self, paper: Paper) -> Self:
        """All versions of the same paper, the newest first."""
        first = paper.first_id or paper.pk
        return self.filter(Q(pk=first) | Q(first=first)).order_by("-number")


class Paper(models.Model):
    """One version of a document for an agenda item; access is asked again at each download."""

    agenda_item = models.ForeignKey(
        AgendaItem, verbose_name="mục chương trình", on_delete=models.PROTECT, related_name="papers"
    )
    title = NFCCharField("tên tài liệu", max_length=200)
    file = models.FileField("tệp", upload_to="meetings/papers")
    name = NFCCharField("tên tệp", max_length=200, editable=False)
    size = models.PositiveBigIntegerField("dung lượng", editable=False)
    no_state_secret_confirmed = models.BooleanField("không chứa bí mật nhà nước")
    request = models.ForeignKey(
        PaperRequest,
        verbose_name="nộp theo yêu cầu",
        on_delete=models.PROTECT,
        related_name="papers",
        null=True,
        blank=True,
        editable=False,
    )
    #: The first version, from which the later ones are found; empty in the first itself.
    first = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="later", null=True, blank=True, editable=False
    )
    number = models.PositiveSmallIntegerField("phiên bản", default=1, editable=False)
    superseded_at = models.DateTimeField("có bản mới lúc", null=True, blank=True, editable=False)
    state = models.CharField(
        "tình trạng",
        max_length=10,
        choices=PaperState.choices,
        default=PaperState.ACCEPTED,
        editable=False,
    )
    return_reason = NFCCharField("lý do trả lại", max_length=300, blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    uploaded_at = models.DateTimeField("tải lên lúc", default=timezone.now, editable=False)

    objects: ClassVar[PaperQuerySet] = PaperQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tài liệu"
        verbose_name_plural = "tài liệu"
        ordering = ["agenda_item", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(no_state_secret_confirmed=True),
                name="paper_has_no_state_secret",
                violation_error_message="Cần xác nhận tệp không chứa bí mật nhà nước.",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.RETURNED) | ~Q(return_reason=""),
                name="paper_returned_with_reason",
                violation_error_message="Trả lại tài liệu phải ghi lý do.",
            ),
            models.UniqueConstraint(fields=["first", "number"], name="paper_version_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meetings:paper", args=[self.pk])


class PaperReadingQuerySet(models.QuerySet["PaperReading"]):
    def visible_to(self, user: User) -> Self:
        """Who read what is for the office and for those who prepare the conference."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.OFFICE):
            return self
        own = PartyOrganization.objects.under(user.organizations_as(Role.SECRETARY))
        return self.filter(paper__agenda_item__meeting__organization__in=own)


class PaperReading(models.Model):
    """That somebody opened or downloaded a version: one row a person and version."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người đọc", on_delete=models.PROTECT, related_name="+"
    )
    first_at = models.DateTimeField("mở lần đầu", default=timezone.now)
    last_at = models.DateTimeField("mở lần cuối", default=timezone.now)
    times = models.PositiveIntegerField("số lần", default=1)

    objects: ClassVar[PaperReadingQuerySet] = PaperReadingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lượt đọc tài liệu"
        verbose_name_plural = "lượt đọc tài liệu"
        ordering = ["paper", F("last_at").desc()]
        constraints = [models.UniqueConstraint(fields=["paper", "reader"], name="paper_reading_once")]

    def __str__(self) -> str:
        return f"{self.reader}: {self.paper}"
