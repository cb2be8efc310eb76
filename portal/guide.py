"""The user guide, docs/guide, as pages of the portal: one text, read here and in the repository."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER: Path = settings.BASE_DIR / "docs" / "guide"
#: The contents, and how the pictures are called among the static files (`STATICFILES_DIRS`).
CONTENTS = "README"
PICTURES = "guide"
#: Which part a role reads; everybody reads that of the cadres.
PARTS = {
    "office": "van-phong",
    "secretary": "bi-thu",
    "editor": "bien-tap",
    "administrator": "quan-tri",
}
USUAL = "can-bo"
#: Width and height stand in a PNG behind its signature and the name of its first chunk.
_SIZE = slice(16, 24)


class Page(NamedTuple):
    title: str
    html: SafeString


@lru_cache(maxsize=32)
def page(name: str) -> Page | None:
    """Once a process: another text comes with another start. None where there is no such part. Of names that
    are none it remembers few, however many are asked for."""
    path = FOLDER / f"{name}.md"
    if path.parent != FOLDER or not path.is_file():
        return None
    # Written by us, and raw HTML is off all the same.
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    title = _title(tokens)
    for token in tokens:
        for inner in token.children or []:
            _lead_inside(inner)
    # The heading of the page is the template's.
    return Page(title, mark_safe(markdown.renderer.render(tokens[3:], markdown.options, {})))


def parts_for(roles: frozenset[str]) -> list[tuple[str, str]]:
    """(address, title) of what somebody of these roles reads first."""
    names = [*(name for role, name in PARTS.items() if role in roles), USUAL]
    found = [(name, page(name)) for name in names]
    return [(reverse("guide_page", args=[name]), one.title) for name, one in found if one]


def _title(tokens: list[Token]) -> str:
    """Of its first heading: open, words, close."""
    return tokens[1].content


def _lead_inside(token: Token) -> None:
    """Links and pictures of the folder become addresses of the portal."""
    if token.type == "link_open":
        target = str(token.attrs["href"])
        if target.endswith(".md") and "/" not in target:
            token.attrs["href"] = reverse("guide_page", args=[target.removesuffix(".md")])
    elif token.type == "image":
        name = str(token.attrs["src"]).removeprefix("img/")
        width, height = _size(FOLDER / "img" / name)
        token.attrs |= {
            "src": static(f"{PICTURES}/{name}"),
            "width": width,
            "height": height,
            "loading": "lazy",
        }


def _size(picture: Path) -> tuple[int, int]:
    """Told to the browser, so that no text moves when the picture comes."""
    with picture.open("rb") as file:
        width, height = struct.unpack(">II", file.read(_SIZE.stop)[_SIZE])
    return width, height
