"""The list handed back: every sheet as it came, wrong cells marked, and a column "Lỗi" that says why."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files import File
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from members.imports.headers import COMPOUND, Table, find_table, label
from members.imports.workbook import Cell, Row, read
from members.models import ImportRow, RowState
from portal.docx.text import FONT
from portal.workbooks import escaped

HEADING = "Lỗi"
_RED = PatternFill("solid", start_color="FFC7CE")
_AMBER = PatternFill("solid", start_color="FFEB9C")
_PLAIN, _BOLD = Font(FONT, 12), Font(FONT, 12, bold=True)
WIDTH, WIDE = 18, 60


def write(file: File[bytes], rows: Iterable[ImportRow], remembered: Mapping[str, str]) -> bytes:
    """Only values are copied, so nothing of the file's own reaches the next reader but what stands in its
    cells. Rows are written as they are read: the whole book is never held."""
    verdicts = {(row.sheet, row.number): row for row in rows}
    book = Workbook(write_only=True)
    for sheet in read(file):
        table = find_table(sheet, remembered)
        page = book.create_sheet(sheet.title)
        width = max((max(row.cells) for row in sheet.rows), default=0)
        for number in range(1, width + 1):
            page.column_dimensions[get_column_letter(number)].width = WIDTH
        page.column_dimensions[get_column_letter(width + 1)].width = WIDE
        line = 0
        for row in sheet.rows:
            while line < row.number - 1 and row.number - line < 1000:
                page.append([])
                line += 1
            is_heading = table is not None and row.number == table.first_row - 1
            page.append(_cells(page, row, width, verdicts.get((sheet.title, row.number)), table, is_heading))
            line = row.number
    if not book.worksheets:
        book.create_sheet("Danh sách")
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _cells(
    page: Any, row: Row, width: int, verdict: ImportRow | None, table: Table | None, is_heading: bool
) -> list[Any]:
    wrong = _by_column(verdict, table)
    cells = []
    for number in range(1, width + 1):
        cell = _cell(page, row.cells.get(number))
        if number in wrong:
            is_error, said = wrong[number]
            cell.fill = _RED if is_error else _AMBER
            cell.comment = Comment(said, "Cổng thông tin", height=120, width=320)
        cells.append(cell)
    last = WriteOnlyCell(page, escaped(_said(verdict)) if verdict else HEADING if is_heading else None)
    last.font, last.alignment = (_BOLD if is_heading else _PLAIN), Alignment(wrap_text=True, vertical="top")
    if verdict and verdict.state == RowState.ERROR:
        last.fill = _RED
    return [*cells, last]


def _by_column(verdict: ImportRow | None, table: Table | None) -> dict[int, tuple[bool, str]]:
    """Column number: (is it an error, what is said), errors before warnings."""
    found: dict[int, tuple[bool, str]] = {}
    if verdict is None or table is None:
        return found
    places = {
        label(name): one.number
        for one in table.columns
        if one.field
        for name in (one.field, *COMPOUND.get(one.field, ()))
    }
    for remark in verdict.remarks:
        if number := places.get(remark["column"]):
            found.setdefault(number, (remark["is_error"], remark["message"]))
    return found


def _said(verdict: ImportRow) -> str:
    return "\n".join(
        f"{remark['column']}: {remark['message']}" if remark["column"] else remark["message"]
        for remark in verdict.remarks
    )


def _cell(page: Any, cell: Cell | None) -> Any:
    if cell is None:
        return WriteOnlyCell(page, None)
    is_text = isinstance(cell.value, str)
    written = WriteOnlyCell(page, escaped(cell.text) if is_text else cell.value)
    written.font = Font(cell.font or FONT, 12) if cell.font else _PLAIN
    if not is_text and hasattr(cell.value, "isoformat"):
        written.number_format = "dd/mm/yyyy"
    return written
