"""What goes with an item: documents it names by their numbers, and what other apps know of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from members.models import User
from news.models import Article, Directive
from portal.richtext import to_plain

#: 12-NQ/ĐUK, 05-CTr/TU: number, type and who issued it (399-QĐ/TW).
_SYMBOL = re.compile(r"\b\d{1,4}-[A-ZĐ][A-Za-zĐđ]{1,3}/[A-ZĐ]{2,8}\b")

#: The keys of what an app keeps about an item, whoever may see it: that is asked when it is shown.
Companions = Callable[[Article], list[int]]
_known: dict[str, Companions] = {}


def know(name: str, find: Companions) -> None:
    """An app above says what it keeps about items; its own tag shows it."""
    _known[name] = find


def companions_of(article: Article) -> dict[str, list[int]]:
    return {name: find(article) for name, find in _known.items()}


def documents_named_in(article: Article, user: User) -> list[Directive]:
    """Documents in the portal whose numbers stand in the text, as far as this audience reads them."""
    symbols = set(_SYMBOL.findall(f"{article.title} {article.lead} {to_plain(article.body)}"))
    if not symbols:
        return []
    named = Directive.objects.filter(symbol__in=symbols, article__in=Article.objects.published_to(user))
    return list(named.exclude(article=article).select_related("article"))
