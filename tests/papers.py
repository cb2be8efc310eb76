"""A .docx read back: its words in order, how they are set, and what LibreOffice makes of it."""

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

MM = 36000


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def lines(document: Document) -> list[str]:
    """Every paragraph with text, those in tables too, from top to bottom."""
    found = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p")))
    return [line for line in found if line.strip()]


def text(content: bytes) -> str:
    return "\n".join(lines(opened(content)))


@dataclass(frozen=True)
class Look:
    size: float
    bold: bool
    italic: bool
    align: str


def look_of(document: Document, words: str) -> Look:
    """How the first paragraph that holds the words is set, by its first run."""
    for paragraph in document.element.body.iter(qn("w:p")):
        if words in "".join(t.text or "" for t in paragraph.iter(qn("w:t"))):
            run = next(paragraph.iter(qn("w:r")))
            properties = run.find(qn("w:rPr"))
            size = int(properties.find(qn("w:sz")).get(qn("w:val"))) / 2
            is_bold, is_italic = (properties.find(qn(tag)) is not None for tag in ("w:b", "w:i"))
            align = paragraph.find(qn("w:pPr")).find(qn("w:jc")).get(qn("w:val"))
            return Look(size, is_bold, is_italic, align)
    raise AssertionError(f"{words!r} is not in the paper")


def rows(document: Document, table: int = 0) -> Iterator[list[str]]:
    for row in document.tables[table].rows:
        yield [cell.text for cell in row.cells]


def lost(written: str, printed: str) -> set[str]:
    """Words, numbers and dates that stand less often in print than in the file. Spaces don't count:
    a PDF knows no words, and a narrow column ends lines where it likes."""
    before, after = ("".join(text.split()) for text in (written, printed))
    return {word for word in re.findall(r"\w+", written) if after.count(word) < before.count(word)}


def as_pdf(folder: Path) -> dict[str, str]:
    """Each .docx of the folder printed by LibreOffice, as the text that stands on its pages."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sorted(folder.glob("*.docx")))], check=True, capture_output=True)
    return {
        one.stem: "\n".join(page.extract_text() for page in PdfReader(one).pages)
        for one in folder.glob("*.pdf")
    }
