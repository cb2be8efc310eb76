"""The revisions of an item: one row a stretch of writing, however often it saves itself."""

from __future__ import annotations

from django.utils import timezone

from members.models import User
from news.models import Article, ArticleRevision
from portal.saving import STRETCH


def keep_revision(article: Article, *, by: User, is_first: bool = False) -> bool:
    """Keep the text as it stands; True when a new stretch began.

    A stretch ends with any step on the item's way, so that what was submitted, approved or published
    can be compared with what came after. `is_first`: only where nothing has been kept yet.
    """
    last = ArticleRevision.objects.filter(article=article).order_by("-version").first()
    if is_first and last is not None:
        return False
    now = timezone.now()
    text = {"title": article.title, "lead": article.lead, "body": article.body}
    if last and _goes_on(last, by=by):
        last.version, last.saved_at = article.version, now
        for name, value in text.items():
            setattr(last, name, value)
        last.save(update_fields=["version", "saved_at", *text])
        return False
    ArticleRevision.objects.create(article=article, version=article.version, saved_by=by, **text)
    return True


def _goes_on(last: ArticleRevision, *, by: User) -> bool:
    if last.version == 1 or last.saved_by_id != by.pk or timezone.now() - last.saved_at >= STRETCH:
        return False
    return not last.article.steps.filter(at__gte=last.saved_at).exists()
