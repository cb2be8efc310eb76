"""Documents to be studied: what a directive or resolution is beyond its text, and who has taken it in.

Opened is not acknowledged: only the reader's own word counts, for the edition he had before him.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from members.models import PartyOrganization
from members.roles import Role
from news.models.articles import Article, ArticleState
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models import User


class DirectiveKind(models.TextChoices):
    """Types of documents (399-QĐ/TW) that are studied; the code is the mark in their numbers."""

    RESOLUTION = "NQ", "Nghị quyết"
    DIRECTIVE = "CT", "Chỉ thị"
    CONCLUSION = "KL", "Kết luận"
    REGULATION = "QĐ", "Quy định"
    RULES = "QC", "Quy chế"
    CIRCULAR = "TT", "Thông tri"
    GUIDANCE = "HD", "Hướng dẫn"
    PLAN = "KH", "Kế hoạch"
    PROGRAM = "CTr", "Chương trình"
    NOTICE = "TB", "Thông báo"


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(article__in=Article.objects.visible_to(user))


class Directive(models.Model):
    """What makes an article a document: its number, who issued it, since when it holds."""

    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="directive")
    kind = models.CharField("loại văn bản", max_length=3, choices=DirectiveKind.choices)
    symbol = NFCCharField("số và ký hiệu", max_length=40, help_text="Như trên văn bản, ví dụ 12-NQ/TW.")
    abstract = NFCCharField(
        "trích yếu", max_length=400, help_text="Bắt đầu bằng chữ thường, ví dụ: về tăng cường xây dựng Đảng."
    )
    issued_by = NFCCharField("cơ quan ban hành", max_length=160)
    issued_on = models.DateField("ngày ban hành")
    valid_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    valid_to = models.DateField("hết hiệu lực sau ngày", null=True, blank=True)

    objects: ClassVar[DirectiveQuerySet] = DirectiveQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="directive_ends_after_start",
                violation_error_message="Ngày hết hiệu lực sớm hơn ngày có hiệu lực.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} số {self.symbol}"

    @property
    def is_over(self) -> bool:
        return self.valid_to is not None and self.valid_to < timezone.localdate()


class RequiredReadingQuerySet(models.QuerySet["RequiredReading"]):
    def visible_to(self, user: User) -> Self:
        """Whoever may read the article; what was withdrawn is gone here too."""
        return self.filter(article__in=Article.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(ended_at__isnull=True, article__state=ArticleState.PUBLISHED)


class RequiredReading(models.Model):
    """An article to be acknowledged by a day. `edition` grows with a change in substance."""

    article = models.OneToOneField(Article, on_delete=models.PROTECT, related_name="required_reading")
    edition = models.PositiveSmallIntegerField("lần ban hành", default=1, editable=False)
    what_changed = NFCCharField("nội dung thay đổi", max_length=400, blank=True)
    due_on = models.DateField("đọc và xác nhận trước hết ngày")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người giao", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("giao lúc", default=timezone.now)
    changed_at = models.DateTimeField("thay đổi lúc", null=True, blank=True)
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)

    objects: ClassVar[RequiredReadingQuerySet] = RequiredReadingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "văn bản phải đọc"
        verbose_name_plural = "văn bản phải đọc"
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return str(self.article)

    def get_absolute_url(self) -> str:
        return reverse("news:reading", args=[self.pk])


class ReaderStatus(models.TextChoices):
    UNREAD = "unread", "Chưa mở"
    OPENED = "opened", "Đã mở, chưa xác nhận"
    ACKNOWLEDGED = "acknowledged", "Đã xác nhận"
    GONE = "gone", "Không còn phải đọc"


class ReaderQuerySet(models.QuerySet["Reader"]):
    def visible_to(self, user: User) -> Self:
        """Oneself; for a secretary the people of his organisations; for editors everybody."""
        if not user.is_active:
            return self.none()
        if user.has_role(Role.EDITOR):
            return self
        seen = Q(user=user)
        if heads := user.organizations_as(Role.SECRETARY):
            seen |= Q(organization__path__overlap=list(heads))
        return self.filter(seen)

    def counted(self) -> Self:
        """Those the figures are about: who left is not owed any more."""
        return self.filter(left_on__isnull=True)

    def acknowledged(self) -> Self:
        return self.counted().filter(acknowledged_edition=F("reading__edition"))

    def silent(self) -> Self:
        return self.counted().exclude(acknowledged_edition=F("reading__edition"))

    def opened_only(self) -> Self:
        return self.silent().filter(opened_edition=F("reading__edition"))

    def owed_by(self, user: User) -> Self:
        """What this person has to read now, what is due first on top."""
        mine = self.silent().filter(
            user=user, reading__ended_at__isnull=True, reading__article__in=Article.objects.published_to(user)
        )
        return mine.select_related("reading__article", "reading__article__directive").order_by("due_on", "pk")


class Reader(models.Model):
    """One person who has to read: name and organisation as of the day he was asked.

    `unit` is the grassroots organisation of `organization`; figures are told by it. Who came later has
    a day of his own; who left stays in the list and out of the figures.
    """

    reading = models.ForeignKey(RequiredReading, on_delete=models.PROTECT, related_name="readers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người đọc", on_delete=models.PROTECT, related_name="+"
    )
    name = NFCCharField("họ và tên", max_length=120)
    sort_key = models.CharField(max_length=250, editable=False, default="")
    organization = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="+")
    organization_name = NFCCharField("tổ chức", max_length=200)
    unit = models.ForeignKey(PartyOrganization, on_delete=models.PROTECT, related_name="+")
    unit_name = NFCCharField("tổ chức cơ sở", max_length=200)
    due_on = models.DateField("hạn")
    asked_on = models.DateField("giao ngày")
    came_later = models.BooleanField("đến sau", default=False)
    left_on = models.DateField("thôi phải đọc từ ngày", null=True, blank=True)
    opened_edition = models.PositiveSmallIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField("mở lúc", null=True, blank=True)
    acknowledged_edition = models.PositiveSmallIntegerField(default=0, editable=False)
    acknowledged_at = models.DateTimeField("xác nhận lúc", null=True, blank=True)

    objects: ClassVar[ReaderQuerySet] = ReaderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "người phải đọc"
        verbose_name_plural = "người phải đọc"
        ordering = ["reading", "sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "user"], name="reader_once_a_reading"),
            models.CheckConstraint(
                condition=Q(opened_edition__gte=F("acknowledged_edition")),
                name="reader_opened_what_he_acknowledged",
            ),
        ]
        indexes = [models.Index("user", name="reader_of_user", condition=Q(left_on__isnull=True))]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> ReaderStatus:
        if self.left_on:
            return ReaderStatus.GONE
        if self.acknowledged_edition == self.reading.edition:
            return ReaderStatus.ACKNOWLEDGED
        return ReaderStatus.OPENED if self.opened_edition == self.reading.edition else ReaderStatus.UNREAD

    @property
    def is_overdue(self) -> bool:
        owes = self.status in (ReaderStatus.UNREAD, ReaderStatus.OPENED)
        return owes and self.due_on < timezone.localdate()

    @property
    def days_left(self) -> int:
        return (self.due_on - timezone.localdate()) // datetime.timedelta(days=1)


class Acknowledgement(models.Model):
    """A reader's own word that he has read this edition; it is never taken back."""

    reader = models.ForeignKey(Reader, on_delete=models.PROTECT, related_name="acknowledgements")
    edition = models.PositiveSmallIntegerField("lần ban hành")
    article_version = models.PositiveIntegerField("bản của bài")
    at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "xác nhận đã đọc"
        verbose_name_plural = "xác nhận đã đọc"
        ordering = ["reader", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "edition"], name="acknowledged_once_an_edition")
        ]
        triggers = [
            pgtrigger.Protect(name="acknowledgement_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.reader}, lần {self.edition}"
