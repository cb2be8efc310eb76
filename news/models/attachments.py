"""Files of a news item, readable by whoever may read the item and by nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from news.models.articles import Article
from portal.vietnamese.fields import NFCCharField

if TYPE_CHECKING:
    from members.models import User


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(article__in=Article.objects.visible_to(user))


class Attachment(models.Model):
    article = models.ForeignKey(
        Article, verbose_name="tin, bài", on_delete=models.PROTECT, related_name="attachments"
    )
    name = NFCCharField("tên tệp", max_length=200)
    file = models.FileField("tệp", upload_to="news/attachments")
    size = models.PositiveBigIntegerField("dung lượng", editable=False)
    no_state_secret_confirmed = models.BooleanField("không chứa bí mật nhà nước")
    created_at = models.DateTimeField("tải lên lúc", default=timezone.now, editable=False)

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tệp đính kèm"
        verbose_name_plural = "tệp đính kèm"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                # Law 117/2025/QH15: nothing classified on a networked device.
                condition=models.Q(no_state_secret_confirmed=True),
                name="attachment_has_no_state_secret",
                violation_error_message="Cần xác nhận tệp không chứa bí mật nhà nước.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("news:attachment", args=[self.pk])
