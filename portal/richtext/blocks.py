"""Formatted text as a list of blocks, for papers: what a page shows, a document or a PDF prints.

One converter for all of them. It reads what `clean` lets through, so it meets no script and no
address but those of our own pictures; who shows no picture names it by its words.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from portal.richtext.rules import IMAGE_ADDRESS
from portal.richtext.sanitiser import clean
from portal.vietnamese import nfc

#: Word lays out no table with more columns than these.
MAX_COLUMNS = 63
HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
_BOLD, _ITALIC = {"strong", "b"}, {"em", "i"}
_PARAGRAPHS = {"p", "div", "blockquote", "figure", "figcaption", "caption", *HEADINGS}
_ALIGNED = {"center", "right", "justify", "left"}


@dataclass(frozen=True)
class Run:
    """A stretch of text that looks the same throughout; "\\n" is a line break.

    `picture` is the key of a picture, whose words stand in `text` for whoever shows none.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    raised: str = ""
    picture: str = ""


@dataclass(frozen=True)
class Paragraph:
    """`mark` is what stands before a list item ("-", "1."), `depth` how deep it hangs from 1 on;
    `level` is 1 to 3 for a heading; `align` is empty where the layout decides."""

    runs: tuple[Run, ...]
    align: str = ""
    mark: str = ""
    depth: int = 0
    level: int = 0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Cell:
    paragraphs: tuple[Paragraph, ...]
    columns: int = 1
    rows: int = 1
    is_head: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells; the first `head` rows are repeated on every page. `widths` are shares."""

    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    widths: tuple[float, ...] = ()


Block = Paragraph | Table


def paragraph(text: str, *, align: str = "", mark: str = "", depth: int = 0, bold: bool = False) -> Paragraph:
    """Plain text as one block."""
    return Paragraph((Run(text, bold=bold),), align, mark, depth or (1 if mark else 0))


def blocks(html: str) -> list[Block]:
    """The blocks of formatted text, in order; cleaned by the rules of today first."""
    reader = _Reader()
    reader.feed(clean(html))
    reader.close()
    reader.end_paragraph()
    return reader.found


@dataclass
class _Row:
    cells: list[Cell] = field(default_factory=list)


class _Reader(HTMLParser):
    """Reads cleaned markup: well nested, so that an end tag always meets its start."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Block] = []
        self._runs: list[Run] = []
        self._looks: list[tuple[str, Run]] = []
        self._look = Run("")
        self._aligns: list[str] = [""]
        self._lists: list[list[str | int]] = []
        self._mark = ""
        self._level = 0
        self._rows: list[_Row] | None = None
        self._cell: list[Paragraph] | None = None
        self._spans = (1, 1, False)
        self._tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = _style(given.get("style", ""))
        if look := self._look_of(tag, style):
            self._looks.append((tag, self._look))
            self._look = look
        elif tag == "br":
            self._runs.append(replace(self._look, text="\n"))
        elif tag == "img":
            words = f"[Hình: {given.get('alt') or 'không có chú thích'}]"
            address = IMAGE_ADDRESS.fullmatch(given.get("src", ""))
            self._runs.append(replace(self._look, text=words, picture=address[1] if address else ""))
        elif tag == "hr":
            self.end_paragraph()
            self._put(paragraph("–––––", align="center"))
        elif tag in ("ol", "ul"):
            self.end_paragraph()
            first = int(given["start"]) if given.get("start", "").isdecimal() else 1
            self._lists.append([tag, first])
        elif tag == "li":
            self.end_paragraph()
            self._mark = self._next_mark()
        elif tag in _PARAGRAPHS:
            self.end_paragraph()
            align = style.get("text-align", "center" if tag in ("figcaption", "caption") else "")
            self._aligns.append(align if align in _ALIGNED else self._aligns[-1])
            self._level = HEADINGS.get(tag, self._level)
        else:
            self._start_of_table(tag, given, style)

    def handle_endtag(self, tag: str) -> None:
        if self._looks and self._looks[-1][0] == tag:
            self._look = self._looks.pop()[1]
        elif tag in ("ol", "ul"):
            self.end_paragraph()
            if self._lists:
                self._lists.pop()
        elif tag == "li":
            self.end_paragraph()
            self._mark = ""
        elif tag in _PARAGRAPHS:
            self.end_paragraph()
            if len(self._aligns) > 1:
                self._aligns.pop()
            self._level = 0
        else:
            self._end_of_table(tag)

    def handle_data(self, data: str) -> None:
        self._add(data)

    def end_paragraph(self) -> None:
        runs = _tidied(self._runs)
        self._runs = []
        if runs:
            depth = len(self._lists)
            self._put(Paragraph(tuple(runs), self._aligns[-1], self._mark, depth, self._level))
            self._mark = ""

    def _put(self, one: Block) -> None:
        if self._cell is None:
            self.found.append(one)
        elif isinstance(one, Paragraph):
            self._cell.append(one)

    def _add(self, text: str) -> None:
        self._runs.append(replace(self._look, text=text))

    def _look_of(self, tag: str, style: dict[str, str]) -> Run | None:
        now = self._look
        if tag in _BOLD:
            return replace(now, bold=True)
        if tag in _ITALIC:
            return replace(now, italic=True)
        if tag in ("sub", "sup"):
            return replace(now, raised=tag)
        if tag == "u":
            return replace(now, underline=True)
        if tag == "s":
            return replace(now, strike=True)
        if tag not in ("span", "a"):
            return None
        drawn = style.get("text-decoration", "")
        return replace(
            now,
            bold=now.bold or style.get("font-weight", "") in ("bold", "bolder", "600", "700", "800", "900"),
            italic=now.italic or style.get("font-style") == "italic",
            underline=now.underline or "underline" in drawn,
            strike=now.strike or "line-through" in drawn,
        )

    def _next_mark(self) -> str:
        if not self._lists:
            return "-"
        kind, number = self._lists[-1]
        if kind == "ul":
            return "-" if len(self._lists) == 1 else "+"
        self._lists[-1][1] = int(number) + 1
        return f"{number}."

    def _start_of_table(self, tag: str, given: dict[str, str], style: dict[str, str]) -> None:
        """A table inside a cell is read as its paragraphs: papers have none."""
        if tag == "table":
            self.end_paragraph()
            self._tables += 1
            if self._tables == 1:
                self._rows = []
        elif tag in ("tr", "td", "th"):
            self.end_paragraph()
            if self._tables != 1 or self._rows is None:
                return
            if tag == "tr":
                self._rows.append(_Row())
                return
            self._cell = []
            self._spans = (_span(given, "colspan"), _span(given, "rowspan"), tag == "th")
            align = style.get("text-align", "")
            self._aligns.append(align if align in _ALIGNED else "")

    def _end_of_table(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self.end_paragraph()
        if tag in ("td", "th") and self._tables == 1 and self._rows and self._cell is not None:
            columns, rows, is_head = self._spans
            self._rows[-1].cells.append(Cell(tuple(self._cell), columns, rows, is_head))
            self._cell = None
            self._aligns.pop()
        if tag == "table":
            self._tables -= 1
            if self._tables == 0 and self._rows is not None:
                rows_ = [tuple(row.cells) for row in self._rows if row.cells]
                self._rows = None
                if rows_:
                    self.found.append(Table(tuple(rows_), head=_head(rows_)))


def _style(text: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in text.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _span(given: dict[str, str], name: str) -> int:
    value = given.get(name, "")
    return max(1, min(int(value), MAX_COLUMNS)) if value.isdecimal() else 1


def _head(rows: list[tuple[Cell, ...]]) -> int:
    """How many rows from the top hold nothing but head cells; never all of them."""
    count = 0
    while count < len(rows) - 1 and all(cell.is_head for cell in rows[count]):
        count += 1
    return count


def _tidied(runs: list[Run]) -> list[Run]:
    """Spaces as a browser shows them, and no run without text."""
    tidied: list[Run] = []
    at_start = True
    for run in runs:
        if run.text == "\n":
            tidied.append(run)
            at_start = True
            continue
        text = " ".join(run.text.split())
        if run.text[:1].isspace() and not at_start:
            text = f" {text}"
        if text and run.text[-1:].isspace() and not text.endswith(" "):
            text = f"{text} "
        if text.strip() or (text and not at_start):
            tidied.append(replace(run, text=text))
            at_start = text.endswith(" ")
    while tidied and not tidied[-1].text.strip():
        tidied.pop()
    if tidied and not nfc("".join(run.text for run in tidied)):
        return []
    if tidied:
        tidied[-1] = replace(tidied[-1], text=tidied[-1].text.rstrip())
    return tidied
