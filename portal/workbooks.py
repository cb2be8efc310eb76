"""Lists as .xlsx files for an office: one font, ruled, ready to print (domain §8.6)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from portal.docx.text import FONT, printable

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | datetime.date | None
#: What a spreadsheet takes for the start of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_THIN = Side(style="thin")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_DAY = "dd/mm/yyyy"


def write(
    *,
    title: str,
    issuer: tuple[str, str],
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[Value]],
) -> bytes:
    """A sheet with the Party's head, a title, and a ruled table; `columns` are names and widths in signs.

    A4 across, as wide as the page, its head row on every page.
    """
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Danh sách"
    width = len(columns)
    _write_head(sheet, issuer, title, width)
    top = sheet.max_row + 2
    for place, (name, size) in enumerate(columns, start=1):
        cell = sheet.cell(top, place, name)
        cell.font, cell.border = Font(FONT, 12, bold=True), _RULED
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = size
    for line, row in enumerate(rows, start=top + 1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(line, place, escaped(value) if isinstance(value, str) else value)
            cell.font, cell.border = Font(FONT, 12), _RULED
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            if isinstance(value, datetime.date):
                cell.number_format = _DAY
    _set_page(sheet, top)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def escaped(text: str) -> str:
    """Text that no spreadsheet takes for a formula: it begins with an apostrophe then."""
    text = printable(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _write_head(sheet: Worksheet, issuer: tuple[str, str], title: str, width: int) -> None:
    half = max(1, width // 2)
    superior, name = issuer
    for line, (left, right) in enumerate([(superior, "ĐẢNG CỘNG SẢN VIỆT NAM"), (name, "")], start=1):
        for start, end, text, bold in ((1, half, left, line == 2), (half + 1, width, right, True)):
            cell = sheet.cell(line, start, escaped(text.upper()))
            cell.font = Font(FONT, 13, bold=bold)
            cell.alignment = Alignment(horizontal="center")
            if end > start:
                sheet.merge_cells(start_row=line, start_column=start, end_row=line, end_column=end)
    heading = sheet.cell(4, 1, escaped(title.upper()))
    heading.font = Font(FONT, 14, bold=True)
    heading.alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=4, start_column=1, end_row=4, end_column=width)


def _set_page(sheet: Worksheet, top: int) -> None:
    page = sheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", 9, 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{top}:{top}"
    sheet.freeze_panes = sheet.cell(top + 1, 1)
