"""What a reader keeps for himself: news under a secret address, and items to be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from news.models.articles import Article
from portal.models.feeds import PrivateFeed, PrivateFeedQuerySet

if TYPE_CHECKING:
    from members.models import User


class NewsFeed(PrivateFeed):
    """The way to the news one person may read."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name="của", on_delete=models.CASCADE, related_name="news_feed"
    )

    objects: ClassVar[PrivateFeedQuerySet] = PrivateFeedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "địa chỉ nguồn tin riêng"
        verbose_name_plural = "địa chỉ nguồn tin riêng"

    def __str__(self) -> str:
        return f"Nguồn tin riêng của {self.user}"


class SavedArticleQuerySet(models.QuerySet["SavedArticle"]):
    def visible_to(self, user: User) -> Self:
        """One's own, as far as the items are still to be read."""
        return self.filter(user=user, article__in=Article.objects.visible_to(user))

    def newest_first(self) -> Self:
        return self.order_by("-saved_at", "-pk")


class SavedArticle(models.Model):
    """An item somebody put aside; nobody else is told."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name="của", on_delete=models.CASCADE)
    article = models.ForeignKey(Article, verbose_name="tin, bài", on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField("lưu lúc", default=timezone.now, editable=False)

    objects: ClassVar[SavedArticleQuerySet] = SavedArticleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "bài đã lưu"
        verbose_name_plural = "bài đã lưu"
        constraints = [models.UniqueConstraint(fields=["user", "article"], name="article_saved_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.article}"
