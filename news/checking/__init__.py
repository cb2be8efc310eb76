"""The checker: what an item lacks before a second person approves it, each fault with its place and its cure.

A fault that stops is one no reader should meet (a picture nobody can hear described, a link that leads
nowhere, a number that contradicts its own rows); the others are advice, and the editor decides.
"""

from __future__ import annotations

from news.checking import figures, form, people, wording
from news.checking.findings import Finding
from news.checking.outline import outline_of
from news.checking.records import Records, know, records_of
from news.models import Article, ArticleState
from news.models.articles import CLEARED, IN_THE_MAKING

__all__ = ["Finding", "Records", "findings_of", "get_approval_stop", "is_checked", "know", "stop_among"]

CHECKS = (form.check, figures.check, people.check, wording.check)


def is_checked(article: Article) -> bool:
    """Looked at on its way to the readers; what is published is mended by a correction."""
    return article.state in (*IN_THE_MAKING, *CLEARED, ArticleState.WITHDRAWN)


def findings_of(article: Article) -> list[Finding]:
    """Everything found, what stops the approval first, each group in the order of the text."""
    outline, records = outline_of(article), records_of(article)
    found = [finding for check in CHECKS for finding in check(article, outline, records)]
    return sorted(found, key=lambda finding: (not finding.stops, finding.line))


def get_approval_stop(article: Article) -> str | None:
    """The sentence why this item is neither submitted nor approved yet; None when nothing stops it."""
    return stop_among(findings_of(article))


def stop_among(findings: list[Finding]) -> str | None:
    stops = [finding for finding in findings if finding.stops]
    if not stops:
        return None
    first = stops[0]
    more = f" Còn {len(stops) - 1} chỗ nữa, xem ở trang của bài." if len(stops) > 1 else ""
    return f"Phải sửa trước khi duyệt. {first.where}: {first.said} {first.cure}{more}"
