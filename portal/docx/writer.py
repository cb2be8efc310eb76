"""Papers written into one file: the same papers and layout give the same bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from portal.docx.body import body_of
from portal.docx.papers import Paper
from portal.docx.pictures import place
from portal.docx.text import FONT, printable, run, twips
from portal.models import DocumentLayout
from portal.richtext.blocks import Run

A4 = (210.0, 297.0)
#: Nothing in the file may tell when it was written, or two copies would differ.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def write(papers: Sequence[Paper], layout: DocumentLayout) -> bytes:
    """One .docx; each paper begins on a page of its own, numbered from 1."""
    document = docx.Document()
    _set_language_and_font(document, layout)
    heads = _page_numbers(document, layout)
    written, narrowest = "", A4[1]
    for number, paper in enumerate(papers, start=1):
        width, height = A4[::-1] if paper.is_landscape else A4
        line = width - float(layout.margin_left) - float(layout.margin_right)
        section = _section(width, height, layout, heads)
        narrowest = min(narrowest, line - float(layout.first_line))
        written += body_of(paper, layout, line)
        # The last section's page is the body's own; the others stand in a last paragraph.
        is_last = number == len(papers)
        written += _tail("" if is_last else section) + (section if is_last else "")
    body = document.element.body
    body[:] = parse_xml(f"<w:body {nsdecls('w', 'r')}>{written}</w:body>")[:]
    place(document, width=narrowest, size=layout.body_size)
    _describe(document, papers[0])
    if layout.is_mirrored:
        document.settings.element.insert(0, parse_xml(f"<w:mirrorMargins {nsdecls('w')}/>"))
    packed = io.BytesIO()
    document.save(packed)
    return _without_times(packed.getvalue())


def _set_language_and_font(document: Document, layout: DocumentLayout) -> None:
    """One font for every script, and Vietnamese, so that no speller underlines each word."""
    style = document.styles["Normal"]
    style.font.size = Pt(layout.body_size)
    properties = style.element.get_or_add_rPr()
    for old in (*properties.findall(qn("w:rFonts")), *properties.findall(qn("w:lang"))):
        properties.remove(old)
    fonts = " ".join(f'w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {fonts}/>"))
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="vi-VN" w:eastAsia="vi-VN"/>'))


def _page_numbers(document: Document, layout: DocumentLayout) -> str:
    """The number of the page, Arabic, centred on top; how a section refers to it."""
    header = document.sections[0].header
    header.is_linked_to_previous = False
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    begin, separate, end = marks
    code = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    field = f"{begin}{code}{separate}{run(Run('2'), layout.body_size)}{end}"
    line = f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="center"/></w:pPr>{field}</w:p>'
    header._element[:] = [parse_xml(line)]
    reference = document.sections[0]._sectPr.find(qn("w:headerReference"))
    return f'<w:headerReference w:type="default" r:id="{reference.get(qn("r:id"))}"/>'


def _section(width: float, height: float, layout: DocumentLayout, heads: str) -> str:
    """Page, margins, and a first page without a number."""
    turned = ' w:orient="landscape"' if width > height else ""
    margins = " ".join(
        f'w:{side}="{twips(float(value))}"'
        for side, value in (
            ("top", layout.margin_top),
            ("right", layout.margin_right),
            ("bottom", layout.margin_bottom),
            ("left", layout.margin_left),
            ("header", layout.page_number_top),
            ("footer", layout.page_number_top),
        )
    )
    size = f'w:w="{twips(width)}" w:h="{twips(height)}"{turned}'
    return (
        f'<w:sectPr>{heads}<w:type w:val="nextPage"/><w:pgSz {size}/>'
        f'<w:pgMar {margins} w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )


def _tail(section: str) -> str:
    """Word wants a paragraph at the end; so low that it opens no page of its own."""
    low = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f'<w:p><w:pPr>{low}<w:rPr><w:sz w:val="2"/></w:rPr>{section}</w:pPr></w:p>'


def _describe(document: Document, paper: Paper) -> None:
    """What the file says of itself: its title, the issuing body, and no program's name."""
    told = document.core_properties
    told.title = printable(paper.title)[:255]
    told.author = printable(paper.head.issuer)[:255]
    told.comments = told.keywords = told.last_modified_by = ""
    told.language = "vi-VN"
    told.created = told.modified = datetime.datetime(*NO_TIME, tzinfo=datetime.UTC)


def _without_times(packed: bytes) -> bytes:
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, NO_TIME), old.read(name), zipfile.ZIP_DEFLATED)
    return bare.getvalue()
