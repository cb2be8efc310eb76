"""Addresses of news items, from their Vietnamese titles."""

from itertools import count

from django.db import connection
from django.utils.text import slugify

from news.models import Article
from portal.vietnamese import fold

STEM_LENGTH = 100
# Taken by pages of the app itself, see `news.urls`.
RESERVED = frozenset({"bai-dung-lau-dai", "ban-tin", "bien-tap", "da-luu", "luu-tru", "quan-triet"})


def unique_slug(title: str, *, keep: str = "") -> str:
    """A free address for `title`; `keep` is the one the item has now and may go on having.

    Call it in the transaction that writes the row: two items of one title, saved at the same moment
    (a double click), wait for each other here instead of one of them failing.
    """
    stem = slugify(fold(title))[:STEM_LENGTH].strip("-") or "tin"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('news.slug'), hashtext(%s))", [stem])
    others = Article.objects.filter(slug__startswith=stem).exclude(slug=keep)
    taken = RESERVED.union(others.values_list("slug", flat=True))
    numbered = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
    return next(slug for slug in numbered if slug not in taken)
