"""What a browser may keep to be read without a network (ADR 0021): each app says what of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.http import HttpRequest

#: Sent by the script that fetches a file before anybody has asked for it.
AHEAD = "X-Fetched-Ahead"


@dataclass(frozen=True)
class FileAhead:
    """A file worth having at hand today; `about` is the heading it stands under, `size` in bytes."""

    address: str
    title: str
    about: str
    size: int


#: Of these texts, which may this person still read?
Reading = Callable[[Any, list[int]], Iterable[int]]
#: The files this person should have at hand today, the most urgent first.
Ahead = Callable[[Any], Iterable[FileAhead]]

_texts: list[Reading] = []
_files: list[Ahead] = []


def know_texts(reading: Reading) -> None:
    _texts.append(reading)


def know_files(ahead: Ahead) -> None:
    _files.append(ahead)


def at_hand(user: Any, texts: list[int]) -> dict[str, list[Any]]:
    """What the browser may go on keeping of what it has, and what it should have."""
    return {
        "texts": [pk for reading in _texts for pk in reading(user, texts)],
        "files": [asdict(file) for ahead in _files for file in ahead(user)],
    }


def is_fetched_ahead(request: HttpRequest) -> bool:
    return AHEAD in request.headers
