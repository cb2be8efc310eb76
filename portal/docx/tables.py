"""Tables: frames without lines for head and signatures, and ruled ones for lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from portal.docx.text import paragraph, twips
from portal.richtext.blocks import MAX_COLUMNS, Cell, Run, Table

#: Between text and rule of a cell, beside and above it, in millimetres.
PADDING = 1.4
HEADROOM = 0.6
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_RULES = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)


def frame(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> str:
    """Paragraphs side by side without lines; a row is never torn between pages."""
    drawn = [
        "".join(_cell(content, width, at="top") for content, width in zip(row, widths, strict=True))
        for row in rows
    ]
    return _table("".join(_row(cells) for cells in drawn), widths, padding=0, is_ruled=False)


def ruled(table: Table, *, width: float, size: float) -> str:
    """A ruled table over the whole width; head rows come again on every page."""
    grid = _grid(table)
    columns = max((len(row) for row in grid), default=0)
    if not columns:
        return ""
    shares = table.widths if len(table.widths) == columns else (1.0,) * columns
    widths = [width * share / sum(shares) for share in shares]
    rows = [
        _row(_cells(places, widths, size), is_head=number < table.head) for number, places in enumerate(grid)
    ]
    return _table("".join(rows), widths, padding=PADDING, is_ruled=True)


def _cells(places: list[tuple[Cell | None, str]], widths: list[float], size: float) -> str:
    cells = ""
    column = 0
    while column < len(places):
        given, how = places[column]
        span = 1
        while column + span < len(places) and places[column + span] == (given, "beside"):
            span += 1
        content = _content(given, size) if given and how != "below" else paragraph([], size)
        merge = {"first": "restart", "below": "continue"}.get(how, "")
        cells += _cell(content, sum(widths[column : column + span]), span=span, merge=merge)
        column += span
    return cells


def _content(cell: Cell, size: float) -> str:
    """What is written in a cell; Word wants one paragraph at least."""
    align = "center" if cell.is_head else "left"
    written = ""
    for one in cell.paragraphs:
        mark = (Run(f"{one.mark} "),) if one.mark else ()
        runs = [replace(run, bold=run.bold or cell.is_head) for run in (*mark, *one.runs)]
        written += paragraph(runs, size, align=one.align or align)
    return written or paragraph([], size)


def _grid(table: Table) -> list[list[tuple[Cell | None, str]]]:
    """For each square of the table the cell that covers it and how: "" alone, "beside" what stands to
    the left, "first" and "below" of a cell that spans rows. Spans beyond the table are cut."""
    height = len(table.rows)
    squares: list[dict[int, tuple[Cell | None, str]]] = [{} for _ in range(height)]
    for top, row in enumerate(table.rows):
        left = 0
        for cell in row:
            while left in squares[top]:
                left += 1
            right = min(left + cell.columns, MAX_COLUMNS)
            bottom = min(top + cell.rows, height)
            for line in range(top, bottom):
                for column in range(left, right):
                    how = "beside" if column > left else ""
                    if not how and bottom - top > 1:
                        how = "first" if line == top else "below"
                    squares[line].setdefault(column, (cell, how))
            left = right
    width = max((max(line) + 1 for line in squares if line), default=0)
    return [[line.get(column, (None, "")) for column in range(width)] for line in squares]


def _cell(content: str, width: float, *, span: int = 1, merge: str = "", at: str = "center") -> str:
    properties = f'<w:tcW w:w="{twips(width)}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="{at}"/></w:tcPr>{content}</w:tc>'


def _row(cells: str, *, is_head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if is_head else ''}</w:trPr>{cells}</w:tr>"


def _table(rows: str, widths: Sequence[float], *, padding: float, is_ruled: bool) -> str:
    edge = f'w:w="{twips(padding)}" w:type="dxa"'
    above = f'w:w="{twips(HEADROOM if is_ruled else 0)}" w:type="dxa"'
    grid = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in widths)
    borders = f"<w:tblBorders>{_RULES}</w:tblBorders>" if is_ruled else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/><w:tblInd {edge}/>{borders}'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top {above}/><w:left {edge}/><w:bottom {above}/>'
        f"<w:right {edge}/></w:tblCellMar>"
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
