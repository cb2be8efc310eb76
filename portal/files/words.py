"""The words inside a file that was accepted: Word, Excel and PDF. A scan has none, and that is no fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import ParseError, iterparse
from zipfile import BadZipFile, ZipFile

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from portal.files.types import ending
from portal.vietnamese import nfc

#: Longer texts are found by their beginning.
MOST_LETTERS = 500_000

#: Where the words of an Office file stand, and which elements end a word or a line.
_PARTS = {
    "docx": ("word/document.xml", "word/footnotes.xml"),
    "xlsx": ("xl/sharedStrings.xml", "xl/worksheets/"),
    "pptx": ("ppt/slides/slide",),
}
_ENDS = {"p", "tr", "si", "row", "br", "tab", "tc", "c"}


class Unreadable(Exception):
    """The file is not what its ending says, or is broken inside."""


def words_in(file: IO[bytes], name: str) -> str:
    """The text of the file, a line for each paragraph; empty for pictures and scans."""
    kind = ending(name)
    if kind == "pdf":
        return _trimmed("\n".join(_page_words(file)))
    if kind not in _PARTS:
        return ""
    try:
        with ZipFile(file) as archive:
            return _trimmed("".join(_office_words(archive, kind)))
    except (BadZipFile, ParseError, KeyError, EOFError, NotImplementedError) as error:
        raise Unreadable(str(error)) from error


def _page_words(file: IO[bytes]) -> Iterator[str]:
    """Page by page; a picture of a page has no letters and gives none."""
    letters = 0
    try:
        for page in PdfReader(file).pages:
            words = page.extract_text()
            letters += len(words)
            yield words
            if letters > MOST_LETTERS:
                return
    # What a PDF does not keep of its own rules shows anywhere in its reader.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def _office_words(archive: ZipFile, kind: str) -> Iterator[str]:
    """The check at the upload has bounded the parts and refused entities; here only text is taken."""
    for part in sorted(archive.namelist()):
        if not part.endswith(".xml") or not part.startswith(_PARTS[kind]):
            continue
        letters = 0
        with archive.open(part) as stream:
            # Cell by cell and line by line, so that a long table never stands in memory as a tree.
            for _, element in iterparse(stream, events=("end",)):
                tag = element.tag.rpartition("}")[2]
                is_word = tag == "t" or (tag == "v" and kind == "xlsx" and _is_plain_value(element.text))
                if is_word and element.text:
                    letters += len(element.text)
                    yield element.text
                elif tag in _ENDS:
                    yield "\n" if tag in ("p", "tr", "row", "si") else " "
                    element.clear()
                if letters > MOST_LETTERS:
                    return


def _is_plain_value(text: str | None) -> bool:
    """A number typed into a cell; indexes of shared strings are numbers too, and harm nothing."""
    return bool(text) and len(text or "") > 3


def _trimmed(text: str) -> str:
    return nfc(text[:MOST_LETTERS], multiline=True)
