"""The newest items a person may read, as Atom for a news reader: title, lead, link; never the text."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from members.models import User
from members.owning_committee import owning_committee
from news.models import Article

NEWEST = 50


def feed_of(user: User) -> bytes:
    """As of now: who has moved to another organisation reads that one's news at the next asking."""
    site = str(settings.SITE_URL)
    feed = Atom1Feed(
        title=f"Tin tức {owning_committee().name}",
        link=site + reverse("news:list"),
        description="",
        language="vi",
    )
    for article in Article.objects.published_to(user).as_rows().newest_first()[:NEWEST]:
        link = site + article.get_absolute_url()
        feed.add_item(
            title=article.title,
            link=link,
            description=article.lead,
            unique_id=f"{site}{reverse('news:list')}#{article.pk}",
            unique_id_is_permalink=False,
            pubdate=article.published_at,
            updateddate=article.corrected_at or article.published_at,
            categories=[article.category.name],
        )
    return str(feed.writeString("utf-8")).encode()


def feed_url(secret: str) -> str:
    return str(settings.SITE_URL) + reverse("news:feed", args=[secret])
