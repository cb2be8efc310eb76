"""Head, body and foot of one paper, from its first line to its recipients (domain §1.3 to §1.7)."""

from __future__ import annotations

from dataclasses import replace

from portal.docx.papers import Head, Heading, Paper, Signature
from portal.docx.tables import frame, ruled
from portal.docx.text import paragraph
from portal.models import DocumentLayout, PartNumbering
from portal.richtext.blocks import Paragraph, Run, Table

TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
DRAFT = "DỰ THẢO"
#: How wide the title is in Times New Roman Bold, in parts of its size: the rule below is as long.
TITLE_WIDTH = 13.742
MM_PER_POINT = 25.4 / 72
#: A list hangs this much further in for each step of its depth, in millimetres.
STEP = 7.0
LINES_FOR_HAND_AND_SEAL = 4


def body_of(paper: Paper, layout: DocumentLayout, width: float) -> str:
    """All of a paper; `width` is how many millimetres a line is long."""
    return "".join(
        (
            _head(paper.head, layout, width),
            _type_and_abstract(paper, layout, width),
            *(_block(block, layout, width) for block in paper.body[:-1]),
            *(_block(block, layout, width, is_last=True) for block in paper.body[-1:]),
            _foot(paper, layout, width),
        )
    )


def _head(head: Head, layout: DocumentLayout, width: float) -> str:
    """Left the bodies and the number, right the title above its rule, place and date."""
    half = width / 2
    # A hair more than the title, or rounding would break it.
    margin = max(0.0, (half - TITLE_WIDTH * layout.title_size * MM_PER_POINT) / 2 - 1)
    superior = _centred(head.superior.upper(), layout.superior_size) if head.superior else ""
    bodies = (
        superior
        + _centred(head.issuer.upper(), layout.issuer_size, bold=True)
        + _centred("*", layout.issuer_size)
    )
    title = paragraph(
        [Run(TITLE, bold=True)], layout.title_size, align="center", left=margin, right=margin, is_ruled=True
    )
    number = _centred(head.number, layout.number_size)
    number += _centred(DRAFT, layout.number_size, bold=True) if head.is_draft else ""
    date = _centred(head.place_and_date, layout.date_size, italic=True)
    return frame([[bodies, title], [number, date]], [half, half])


def _type_and_abstract(paper: Paper, layout: DocumentLayout, width: float) -> str:
    edge = width / 16
    name = [Run(paper.type_name.upper(), bold=True)]
    about = [Run(paper.abstract, bold=True)]
    size = layout.abstract_size
    return (
        paragraph(name, layout.type_size, align="center", before=18, keep=True)
        + paragraph(about, size, align="center", left=edge, right=edge, keep=True)
        + paragraph([Run("-----")], size, align="center", after=6, keep=True)
    )


def _block(
    block: Paragraph | Table | Heading, layout: DocumentLayout, width: float, *, is_last: bool = False
) -> str:
    """The last paragraph goes with the signatures: they never stand on a page alone."""
    if isinstance(block, Table):
        return ruled(block, width=width, size=layout.table_size) + _gap()
    if isinstance(block, Heading):
        return _heading(block, layout)
    return _paragraph(block, layout, is_last=is_last)


def _heading(heading: Heading, layout: DocumentLayout) -> str:
    sign = "-" if layout.part_numbering == PartNumbering.HYPHEN else "."
    rest = [Run(f" {heading.rest}")] if heading.rest else []
    return paragraph(
        [Run(f"{heading.number}{sign} {heading.text}".rstrip(), bold=True), *rest],
        layout.body_size,
        align="justify",
        first_line=float(layout.first_line),
        after=layout.paragraph_spacing,
        spacing=float(layout.line_spacing),
        keep=not heading.rest,
    )


def _paragraph(block: Paragraph, layout: DocumentLayout, *, is_last: bool) -> str:
    """List items begin where paragraphs begin, deeper ones a step further in."""
    is_picture = all(run.picture for run in block.runs)
    is_shifted = is_picture or block.align in ("center", "right")
    mark = (Run(f"{block.mark} "),) if block.mark else ()
    return paragraph(
        [replace(run, bold=run.bold or bool(block.level)) for run in (*mark, *block.runs)],
        layout.body_size,
        align="center" if is_picture else block.align or "justify",
        first_line=0 if is_shifted else float(layout.first_line),
        left=STEP * max(0, block.depth - 1),
        after=layout.paragraph_spacing,
        spacing=float(layout.line_spacing),
        keep=is_last or bool(block.level),
    )


def _foot(paper: Paper, layout: DocumentLayout, width: float) -> str:
    """Recipients and signatures side by side, never torn from each other."""
    columns = [_recipients(paper.recipients, layout)] if paper.recipients else []
    columns += [_signature(one, layout) for one in paper.signatures]
    if not columns:
        return ""
    # A sole signature stands in the right half, under the date.
    columns = columns if len(columns) > 1 else [_centred("", layout.signature_size), *columns]
    return _gap(keep=True) + frame([columns], [width / len(columns)] * len(columns))


def _recipients(recipients: tuple[str, ...], layout: DocumentLayout) -> str:
    head = paragraph([Run("Nơi nhận:", underline=True)], layout.recipients_head_size)
    return head + "".join(paragraph([Run(line)], layout.recipients_size) for line in recipients)


def _signature(signature: Signature, layout: DocumentLayout) -> str:
    size = layout.signature_size
    office = _centred(signature.office.upper(), size) if signature.office else ""
    return (
        _centred(signature.authority.upper(), size, bold=True)
        + office
        + _centred("", size) * LINES_FOR_HAND_AND_SEAL
        + _centred(signature.name, size, bold=True)
    )


def _centred(text: str, size: float, *, bold: bool = False, italic: bool = False) -> str:
    return paragraph([Run(text, bold=bold, italic=italic)], size, align="center")


def _gap(*, keep: bool = False) -> str:
    """Word wants a paragraph between two tables."""
    return paragraph([Run("")], 6, keep=keep)
