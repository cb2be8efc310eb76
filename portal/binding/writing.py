"""Laying the files one after the other, and a number on every page."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from portal.binding.contents import FONT, Cover, Line, contents_pages, register_fonts
from portal.files.types import ending

logger = logging.getLogger(__name__)

APART = "tệp riêng"
#: The number of contents pages moves the numbers on them: written anew until they agree.
ATTEMPTS = 3


@dataclass(frozen=True)
class Part:
    """A line of the contents; a file belongs to it unless it is a heading."""

    number: str
    title: str
    file: IO[bytes] | None = None
    name: str = ""


def bind(cover: Cover, parts: list[Part]) -> tuple[bytes, int]:
    """The binder and its number of pages. A file that is no PDF, or a broken one, is named in the
    contents as a file of its own: nothing is lost without a word."""
    bound = [(part, _pages_of(part)) for part in parts]
    front: list[PageObject] = []
    for _ in range(ATTEMPTS):
        lines = _lines(bound, first=len(front) + 1)
        pages = list(PdfReader(BytesIO(contents_pages(cover, lines))).pages)
        if len(pages) == len(front):
            break
        front = pages
    else:
        pages = front
    writer = PdfWriter()
    for page in pages:
        writer.add_page(page)
    writer.add_outline_item("Mục lục", 0)
    for part, own in bound:
        if own:
            first = len(writer.pages)
            for page in own:
                writer.add_page(page)
            writer.add_outline_item(part.title, first)
    _number(writer)
    written = BytesIO()
    writer.write(written)
    return written.getvalue(), len(writer.pages)


def _lines(bound: list[tuple[Part, list[PageObject]]], *, first: int) -> list[Line]:
    lines = []
    for part, pages in bound:
        if part.file is None:
            place = ""
        elif pages:
            place = str(first)
        else:
            place = f"{APART} ({ending(part.name).upper()})"
        lines.append(Line(part.number, part.title, place, is_heading=part.file is None))
        first += len(pages)
    return lines


def _pages_of(part: Part) -> list[PageObject]:
    if part.file is None or ending(part.name) != "pdf":
        return []
    try:
        pages = list(PdfReader(part.file).pages)
        for page in pages:
            # What can't be read shows here and not in the middle of the writing.
            _ = page.mediabox, page.get_contents()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        logger.warning("A paper can't be bound: %s", type(error).__name__)
        return []
    return pages


def _number(writer: PdfWriter) -> None:
    total = len(writer.pages)
    for number, page in enumerate(writer.pages, start=1):
        # A page may be stored lying on its side: the number stands at the foot as it is read.
        page.transfer_rotation_to_content()
        box = page.mediabox
        width, height = float(box.width), float(box.height)
        stamp = PdfReader(BytesIO(_stamp(f"{number}/{total}", width, height))).pages[0]
        corner = Transformation().translate(float(box.left), float(box.bottom))
        page.merge_transformed_page(stamp, corner)


def _stamp(words: str, width: float, height: float) -> bytes:
    register_fonts()
    written = BytesIO()
    canvas = Canvas(written, pagesize=(width, height))
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(width / 2, 7 * mm, words)
    canvas.showPage()
    canvas.save()
    return written.getvalue()
