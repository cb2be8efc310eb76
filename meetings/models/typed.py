"""What every text typed at the minutes desk carries: the revision it stands at, and who wrote it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone


class TypedText(models.Model):
    """A text that saves by itself. `revision` guards it against silent overwriting.

    `desk` is the open page that wrote this revision and `desk_step` the number of its request. By
    them a request whose answer was lost on the way is told from another person's writing.
    """

    revision = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người ghi",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        editable=False,
    )
    updated_at = models.DateTimeField("ghi lúc", default=timezone.now, db_default=Now(), editable=False)
    desk = models.UUIDField(null=True, blank=True, editable=False)
    desk_step = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        abstract = True
