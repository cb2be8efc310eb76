"""What narrows a list stands in its address, and goes along to its next page, its export, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.http import HttpRequest

#: The place in a list: it says where one reads, not what one looks for.
PLACES = frozenset({"after", "before", "older", "page", "sau", "trang", "truoc"})


def filters_of(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    """Those of these names that were given something."""
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def narrowing(given: Mapping[str, str]) -> str:
    """All that narrows, the same for the same narrowing: without empty fields and the place in the list."""
    return urlencode(sorted((name, given[name]) for name in given if given[name] and name not in PLACES))
