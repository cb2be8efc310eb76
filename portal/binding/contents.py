"""The contents page: what is in the binder, on which page, and what comes as a file of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONT, BOLD = "BinderSerif", "BinderSerif-Bold"


@dataclass(frozen=True)
class Cover:
    """What stands above the contents."""

    heading: str
    subject: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One line of the contents; `place` is a page number, or words where there is none."""

    number: str
    title: str
    place: str
    is_heading: bool = False


@cache
def register_fonts() -> None:
    """A serif with every Vietnamese letter, from its own package: a server has no fonts of its own."""
    folder = files("fontpkg_ibm_plex_serif") / "files"
    for name, file in ((FONT, "IBMPlexSerif-Regular.ttf"), (BOLD, "IBMPlexSerif-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)


def contents_pages(cover: Cover, lines: list[Line]) -> bytes:
    register_fonts()
    plain = ParagraphStyle("plain", fontName=FONT, fontSize=11.5, leading=15)
    strong = ParagraphStyle("strong", plain, fontName=BOLD)
    middle = ParagraphStyle("middle", plain, alignment=TA_CENTER)
    heading = ParagraphStyle("heading", strong, fontSize=15, leading=20, alignment=TA_CENTER, spaceAfter=4)
    rows = [[Paragraph(word, strong) for word in ("Mục", "Tài liệu", "Trang")]] + [
        [
            Paragraph(escape(line.number), plain),
            Paragraph(escape(line.title), strong if line.is_heading else plain),
            Paragraph(escape(line.place), plain),
        ]
        for line in lines
    ]
    table = Table(rows, colWidths=[14 * mm, 122 * mm, 34 * mm], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.grey),
                ("TOPPADDING", (0, 0), (-1, -1), 3),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    story = [Paragraph(escape(cover.heading), heading), Paragraph(escape(cover.subject), middle)]
    story += [Paragraph(escape(fact), middle) for fact in cover.facts]
    written = BytesIO()
    page = SimpleDocTemplate(
        written, pagesize=A4, leftMargin=22 * mm, rightMargin=18 * mm, topMargin=20 * mm, bottomMargin=22 * mm
    )
    page.build([*story, Spacer(1, 8 * mm), table])
    return written.getvalue()
