"""Pictures of formatted text, put where `text.run` left their places."""

from __future__ import annotations

import io
import uuid
from copy import deepcopy

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu

from portal.docx.text import run
from portal.files.pictures import for_print
from portal.models import RichTextImage
from portal.richtext.blocks import Run

EMU_PER_MM = 36_000
#: A screen's pixel, as browsers count them: 96 to the inch.
EMU_PER_PIXEL = 914_400 // 96
#: Half a page in height, so that a picture stands with its words; the narrow side of a table's cell.
TALLEST, IN_CELL = 130 * EMU_PER_MM, 60 * EMU_PER_MM
DRAWING = qn("w:drawing")


def place(document: Document, *, width: float, size: float) -> None:
    """Each place gets its picture, at most `width` millimetres wide; one that is gone its words."""
    places = [one for one in document.element.body.iter(DRAWING) if one.get("key")]
    if not places:
        return
    found = RichTextImage.objects.in_bulk({uuid.UUID(one.get("key")) for one in places})
    for one in places:
        image, words = found.get(uuid.UUID(one.get("key"))), one.get("words")
        content = _content(image) if image else None
        if image is None or content is None:
            one.getparent().getparent().replace(one.getparent(), _words(words, size))
            continue
        within = IN_CELL if next(one.iterancestors(qn("w:tc")), None) is not None else width * EMU_PER_MM
        across, down = _measures(image, within)
        inline = document.part.new_pic_inline(io.BytesIO(content), Emu(across), Emu(down))
        inline.docPr.set("descr", words)
        one.attrib.clear()
        one.append(inline)


def _content(image: RichTextImage) -> bytes | None:
    """As Word reads it; nothing where the file is gone."""
    try:
        with image.file.open("rb") as file:
            return for_print(file)
    except FileNotFoundError:
        return None


def _measures(image: RichTextImage, within: float) -> tuple[int, int]:
    across, down = image.width * EMU_PER_PIXEL, image.height * EMU_PER_PIXEL
    share = min(1, within / across, TALLEST / down)
    return int(across * share), int(down * share)


def _words(words: str, size: float) -> BaseOxmlElement:
    wrapped = parse_xml(f"<w:p {nsdecls('w')}>{run(Run(words), size)}</w:p>")
    return deepcopy(wrapped[0])  # type: ignore[no-any-return]
