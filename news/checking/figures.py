"""Numbers against the rows they claim to count: those with a link, and the conference's own in words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import parse_qs, urlsplit

from django.urls import Resolver404, resolve

from members.models import PartyOrganization
from members.owning_committee import owning_committee
from members.statistics import PUBLIC, Figure, figure
from news.checking.findings import Finding
from news.checking.outline import Line, Outline
from news.checking.records import Records
from news.models import Article
from portal.numbers import number, percent

_NUMBER = r"(\d{1,3}(?:\.\d{3})+|\d+)"
#: A sentence with fewer words of its own could mean anything ("và 9 đảng viên").
_WORDS_NEEDED = 3


def check(article: Article, outline: Outline, records: Records) -> Iterator[Finding]:
    return chain(_linked(outline), _told(outline, records))


def _linked(outline: Outline) -> Iterator[Finding]:
    """A number that leads to its rows is the number of these rows."""
    known: dict[str, Figure | None] = {}
    for line, link in outline.links:
        if link.href not in known:
            known[link.href] = _figure_at(link.href)
        counted = known[link.href]
        if counted is None:
            continue
        words = "".join(link.words.split())
        right = _percent(counted) if words.endswith("%") else number(counted.value)
        if right and words != right:
            yield Finding(
                line.where,
                f"Số “{words}” dẫn tới trang đếm được {right} ({counted.label.lower()}).",
                f"Ghi {right}, hoặc bỏ liên kết nếu muốn nói số khác.",
                line.number,
                stops=True,
            )


def _told(outline: Outline, records: Records) -> Iterator[Finding]:
    patterns = [(one, _pattern(one)) for one in records.figures]
    for line in outline.lines:
        linked = {"".join(link.words.split()) for link in line.links}
        for counted, pattern in patterns:
            for found in pattern.finditer(line.words) if pattern else ():
                right = number(counted.value)
                if found[1] != right and found[1] not in linked:
                    yield _differs(line, found[0], right, records.source)


def _differs(line: Line, words: str, right: str, source: str) -> Finding:
    return Finding(
        line.where,
        f"Ghi “{words}”.",
        f"{source} đếm được {right}. Xem lại số, hoặc nói rõ tính đến ngày nào.",
        line.number,
    )


def _figure_at(href: str) -> Figure | None:
    """The committee's own figure behind an address; None for any other place."""
    parts = urlsplit(href)
    try:
        match = resolve(parts.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        until, pk = datetime.date.fromisoformat(asked["until"]), int(asked["organization"])
    except (Resolver404, KeyError, ValueError):
        return None
    code = match.kwargs.get("code")
    # Figures of other organisations, and those of the members, are for those who manage them.
    if match.view_name != "members:figure" or code not in PUBLIC or pk != owning_committee().organization_id:
        return None
    organization = PartyOrganization.objects.filter(pk=pk).first()
    return figure(code, organization, until) if organization else None


def _pattern(counted: Figure) -> re.Pattern[str] | None:
    before, _, after = counted.definition.sentence.partition("{}")
    if len(f"{before} {after}".split()) < _WORDS_NEEDED:
        return None
    return re.compile(rf"{re.escape(before)}{_NUMBER}{re.escape(after)}(?!\w)", re.IGNORECASE)


def _percent(counted: Figure) -> str:
    return "" if counted.attainment is None else percent(counted.attainment)
