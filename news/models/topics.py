"""Words and series by which items are found together, whatever their category and day."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.text import slugify

from members.roles import Role
from news.models.articles import Article
from portal.search.keys import search_key
from portal.vietnamese import fold
from portal.vietnamese.fields import NFCCharField
from portal.vietnamese.text import comparison_key

if TYPE_CHECKING:
    from members.models import User

NAME_LENGTH = 80


class TopicQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: User) -> Self:
        """What stands on an item the user may read; those on none yet for editors alone."""
        if user.is_active and user.has_role(Role.EDITOR):
            return self
        readable = Article.objects.visible_to(user).filter(**{self.model.on_article: OuterRef("pk")})
        return self.filter(Exists(readable))

    def named(self, name: str) -> Self:
        """The one of this name, however its case and the marks of its tones are placed."""
        return self.filter(key=comparison_key(name))


class Topic(models.Model):
    """`key` makes one of names that differ by case or by where a mark stands (hòa, hoà)."""

    #: The field of an article that leads here, the route of the page, and what it is called on the screen.
    on_article: ClassVar[str]
    route: ClassVar[str]
    label: ClassVar[str]

    name = NFCCharField("tên", max_length=NAME_LENGTH)
    key = models.CharField(max_length=2 * NAME_LENGTH, unique=True, editable=False)
    slug = models.SlugField(max_length=NAME_LENGTH + 20, unique=True, editable=False)
    search_title = models.CharField(max_length=2 * NAME_LENGTH, editable=False, default="")

    objects: ClassVar[TopicQuerySet] = TopicQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key, self.search_title = comparison_key(self.name), search_key(self.name)
        self.slug = self.slug or self._free_slug()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse(self.route, args=[self.slug])

    def clean(self) -> None:
        if type(self).objects.named(self.name).exclude(pk=self.pk).exists():
            raise ValidationError({"name": f"Đã có {self.label.lower()} tên này."})

    def _free_slug(self) -> str:
        """ "bàn" and "bạn" are two names and share a stem."""
        stem = slugify(fold(self.name)) or slugify(self.label)
        taken = set(type(self).objects.filter(slug__startswith=stem).values_list("slug", flat=True))
        return next(slug for n in count(1) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)


class Tag(Topic):
    on_article, route, label = "tags", "news:tag", "Thẻ"

    class Meta(Topic.Meta):
        verbose_name = "thẻ"
        verbose_name_plural = "thẻ"


class Series(Topic):
    """Items that go on from one another, read in the order in which they were published."""

    on_article, route, label = "series", "news:series", "Loạt bài"

    class Meta(Topic.Meta):
        verbose_name = "loạt bài"
        verbose_name_plural = "loạt bài"
