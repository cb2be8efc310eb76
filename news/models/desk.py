"""What the newsroom keeps about an item: its way, its revisions, remarks on it, who has it open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from members.roles import Role
from news.models.articles import Article
from portal.richtext import RichTextField
from portal.vietnamese.fields import NFCCharField, NFCTextField

if TYPE_CHECKING:
    from members.models import User


Row = TypeVar("Row", bound=models.Model)


class DeskQuerySet(models.QuerySet[Row]):
    """Rows about an item are read by the editors and by its author, whoever reads the item (P04)."""

    def visible_to(self, user: User) -> Self:
        if not user.is_active:
            return self.none()
        return self if user.has_role(Role.EDITOR) else self.filter(article__author=user)


class StepVerb(models.TextChoices):
    """What a person did with an item as a whole."""

    TO_EDITING = "to_editing", "Gửi biên tập"
    TO_APPROVAL = "to_approval", "Trình duyệt"
    RETURNED = "returned", "Trả lại"
    APPROVED = "approved", "Duyệt"
    SCHEDULED = "scheduled", "Hẹn đăng"
    UNSCHEDULED = "unscheduled", "Bỏ hẹn đăng"
    PUBLISHED = "published", "Đăng"
    HELD_BACK = "held_back", "Không đăng được"
    CHANGED = "changed", "Sửa sau khi duyệt, cần duyệt lại"
    CORRECTED = "corrected", "Sửa bài đã đăng"
    WITHDRAWN = "withdrawn", "Gỡ"
    EXPIRED = "expired", "Hết ngày hiện"


class ArticleStep(models.Model):
    """One step on an item's way. `by` is empty where the clock did it; `to` was asked by name."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField("việc", max_length=12, choices=StepVerb.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    due_on = models.DateField("hạn", null=True, blank=True)
    text = NFCTextField("lời kèm theo", max_length=500, blank=True)
    at = models.DateTimeField("lúc", default=timezone.now)

    objects: ClassVar[DeskQuerySet[ArticleStep]] = DeskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "bước xử lý"
        verbose_name_plural = "các bước xử lý"
        ordering = ["article", "pk"]
        triggers = [
            pgtrigger.Protect(name="article_step_stays", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.article}"


class ArticleRevision(models.Model):
    """One stretch of one person's writing: the text as it read when he paused or saved."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField("bản")
    title = NFCCharField("tiêu đề", max_length=250)
    lead = NFCTextField("đoạn mở đầu", blank=True)
    body = RichTextField("nội dung", blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người ghi", on_delete=models.PROTECT, related_name="+"
    )
    began_at = models.DateTimeField("bắt đầu", default=timezone.now)
    saved_at = models.DateTimeField("lưu lúc", default=timezone.now)

    objects: ClassVar[DeskQuerySet[ArticleRevision]] = DeskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lần ghi tin, bài"
        verbose_name_plural = "các lần ghi tin, bài"
        ordering = ["article", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["article", "version"], name="article_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, bản {self.version}"


class ArticleComment(models.Model):
    """A remark to those who work on the item; its readers never see it."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="comments")
    version = models.PositiveIntegerField("bản được góp ý")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="người góp ý", on_delete=models.PROTECT, related_name="+"
    )
    text = NFCTextField("góp ý", max_length=2000)
    at = models.DateTimeField("lúc", default=timezone.now, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người đã sửa theo",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    done_at = models.DateTimeField("xong lúc", null=True, blank=True)

    objects: ClassVar[DeskQuerySet[ArticleComment]] = DeskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "góp ý tin, bài"
        verbose_name_plural = "góp ý tin, bài"
        ordering = ["article", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by__isnull=True, done_at__isnull=True)
                | Q(done_by__isnull=False, done_at__isnull=False),
                name="comment_done_at_and_by_together",
            )
        ]

    def __str__(self) -> str:
        return f"{self.by}: {self.text[:60]}"


class ArticlePresence(models.Model):
    """Who has an item's edit page open; a sign of life every few seconds (`portal.presence`)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="presences")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="ai", on_delete=models.CASCADE, related_name="+"
    )
    desk = models.UUIDField()
    seen_at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "người đang mở bài"
        verbose_name_plural = "người đang mở bài"
        ordering = ["article", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "desk"], name="article_presence_once_a_desk")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.article}"
