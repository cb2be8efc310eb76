"""What narrows a list stands in its address, and goes along to its next page, its export, and back."""

from collections.abc import Iterable

from django.http import HttpRequest


def filters_of(request: HttpRequest, names: Iterable[str]) -> dict[str, str]:
    """Those of these names that were given something."""
    return {name: request.GET[name] for name in names if request.GET.get(name)}
