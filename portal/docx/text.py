"""Runs and paragraphs as WordprocessingML. All text enters a document through `run` and nowhere else.

Written as strings and parsed once a paper: python-docx's own setters look for the place of every
element anew, which for a summons to two hundred people takes a quarter of a minute.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from portal.richtext.blocks import Run
from portal.vietnamese.text import normal_letters

FONT = "Times New Roman"
ALIGNMENTS = {"left": "left", "center": "center", "right": "right", "justify": "both"}
_RAISED = {"sub": "subscript", "sup": "superscript"}
#: What XML 1.0 can't hold, and line ends Word would take for something else.
_NOT_XML = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def twips(millimetres: float) -> int:
    """Twentieths of a point, in which Word measures pages."""
    return round(millimetres * 1440 / 25.4)


def printable(text: str) -> str:
    """`text` in normal form (NFC), with plain line ends and no sign that a document can't hold."""
    return _NOT_XML.sub("", _LINE_ENDS.sub("\n", normal_letters(text)))


def run(one: Run, size: float) -> str:
    """One run of `size` points; "\\n" in it breaks the line. The elements stand in the schema's order."""
    if one.picture:
        # The picture itself is put in once the paper stands: it needs the file around it.
        return f"<w:r><w:drawing key={quoteattr(one.picture)} words={quoteattr(printable(one.text))}/></w:r>"
    looks = "".join(
        (
            "<w:b/>" if one.bold else "",
            "<w:i/>" if one.italic else "",
            "<w:strike/>" if one.strike else "",
            # The size for complex scripts too, or a stray sign of another script stands out.
            f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>',
            '<w:u w:val="single"/>' if one.underline else "",
            f'<w:vertAlign w:val="{_RAISED[one.raised]}"/>' if one.raised else "",
        )
    )
    lines = escape(printable(one.text).replace("\t", " ")).split("\n")
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{line}</w:t>' if line else "" for line in lines)
    return f"<w:r><w:rPr>{looks}</w:rPr>{text}</w:r>"


def paragraph(
    runs: Iterable[Run],
    size: float,
    *,
    align: str = "left",
    first_line: float = 0,
    left: float = 0,
    right: float = 0,
    before: float = 0,
    after: float = 0,
    spacing: float = 1,
    keep: bool = False,
    is_ruled: bool = False,
) -> str:
    """Indents in millimetres, distances in points; `keep` holds it on one page with what follows,
    `is_ruled` draws a line below it, as long as the paragraph is wide."""
    properties = "".join(
        (
            "<w:keepNext/>" if keep else "",
            _RULE if is_ruled else "",
            f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
            f' w:line="{round(spacing * 240)}" w:lineRule="auto"/>',
            f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}" w:firstLine="{twips(first_line)}"/>',
            f'<w:jc w:val="{ALIGNMENTS[align]}"/>',
        )
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(run(one, size) for one in runs)}</w:p>"


_RULE = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
