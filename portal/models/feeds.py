"""What a person may read, under a secret address: for programs that can't sign in."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from portal.tokens import digest_of, new_secret

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class PrivateFeedQuerySet(models.QuerySet[Any]):
    def by_token(self, token: str) -> Self:
        """The feed this secret opens, if its owner may still sign in."""
        return self.filter(digest=digest_of(token), user__is_active=True)

    def reset(self, user: AbstractBaseUser) -> tuple[PrivateFeed, str, bool]:
        """The feed of `user`, its new secret, and whether there was none before; the old secret opens
        nothing any more."""
        secret = new_secret()
        feed, is_new = self.update_or_create(
            user=user, defaults={"digest": digest_of(secret), "last_used_on": None}
        )
        return feed, secret, is_new

    def note_use(self, feed: PrivateFeed, today: datetime.date) -> None:
        """At most one write a day, so that its owner sees whether some program still asks."""
        unknown = Q(last_used_on__isnull=True) | Q(last_used_on__lt=today)
        self.filter(unknown, pk=feed.pk).update(last_used_on=today)


class PrivateFeed(models.Model):
    """The secret itself is told once and kept nowhere: only its digest is. One feed a `user`."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("tạo lúc", default=timezone.now, editable=False)
    last_used_on = models.DateField("dùng lần cuối", null=True, blank=True, editable=False)

    class Meta:
        abstract = True
