"""Lists as .xlsx files for an office: one font, ruled, ready to print (domain §8.6)."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from portal.docx.text import FONT, printable

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Value = str | int | datetime.date | None
#: What a spreadsheet takes for the start of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_THIN = Side(style="thin")
_RULED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_DAY = "dd/mm/yyyy"
#: Lines of the Party's head and the title, above the table.
HEAD_LINES = 5


class Band(str):
    """A line across the table: the name of the group below it."""


def write(
    *,
    title: str,
    issuer: tuple[str, str],
    columns: Sequence[tuple[str, float]],
    rows: Iterable[Sequence[Value] | Band],
) -> bytes:
    """A sheet with the Party's head, a title, and a ruled table; `columns` are names and widths in signs.

    A4 across, as wide as the page, its head row on every page. Rows are written as they come: a list of
    twenty thousand is never held as cells.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Danh sách")
    width = len(columns)
    for place, (_, size) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = size
    _set_page(sheet, HEAD_LINES + 1)
    looks = _Looks(sheet)
    for line in _head(sheet, looks, issuer, title, width):
        sheet.append(line)
    sheet.append([looks.cell(name, "heading") for name, _ in columns])
    for place, row in enumerate(rows, start=HEAD_LINES + 2):
        if isinstance(row, Band):
            sheet.append([looks.cell(row, "band"), *(looks.cell(None, "band") for _ in range(width - 1))])
            sheet.merged_cells.add(f"A{place}:{get_column_letter(width)}{place}")
        else:
            sheet.append([looks.cell(value, "day" if _is_day(value) else "text") for value in row])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _is_day(value: Value) -> bool:
    return isinstance(value, datetime.date)


class _Looks:
    """Each look is worked out once and shared: styling cell by cell takes most of the time."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        top = Alignment(vertical="center", wrap_text=True)
        middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self.styles = {
            "plain": self._style(Font(FONT, 13), Alignment(horizontal="center")),
            "bold": self._style(Font(FONT, 13, bold=True), Alignment(horizontal="center")),
            "title": self._style(Font(FONT, 14, bold=True), Alignment(horizontal="center")),
            "heading": self._style(Font(FONT, 12, bold=True), middle, _RULED),
            "band": self._style(Font(FONT, 12, bold=True), Alignment(vertical="center"), _RULED),
            "text": self._style(Font(FONT, 12), top, _RULED),
            "day": self._style(Font(FONT, 12), top, _RULED, _DAY),
        }

    def _style(self, font: Font, alignment: Alignment, border: Border | None = None, form: str = "") -> Any:
        cell = WriteOnlyCell(self.sheet)
        cell.font, cell.alignment = font, alignment
        if border:
            cell.border = border
        if form:
            cell.number_format = form
        return cell._style

    def cell(self, value: Value, look: str) -> Any:
        cell = WriteOnlyCell(self.sheet, escaped(value) if isinstance(value, str) else value)
        cell._style = self.styles[look]
        return cell


def escaped(text: str) -> str:
    """Text that no spreadsheet takes for a formula: it begins with an apostrophe then."""
    text = printable(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _head(sheet: Any, looks: _Looks, issuer: tuple[str, str], title: str, width: int) -> Iterator[list[Any]]:
    """Issuer on the left, the Party on the right, the title across: five lines before the table."""
    half = max(1, width // 2)
    superior, name = issuer
    for number, (left, right) in enumerate([(superior, "ĐẢNG CỘNG SẢN VIỆT NAM"), (name, "")], start=1):
        line = [looks.cell(None, "plain") for _ in range(width)]
        line[0] = looks.cell(left.upper(), "bold" if number == 2 else "plain")
        if half < width:
            line[half] = looks.cell(right.upper(), "bold")
        for start, end in ((1, half), (half + 1, width)):
            if end > start:
                sheet.merged_cells.add(f"{get_column_letter(start)}{number}:{get_column_letter(end)}{number}")
        yield line
    yield []
    sheet.merged_cells.add(f"A4:{get_column_letter(width)}4")
    yield [looks.cell(title.upper(), "title")]
    yield []


def _set_page(sheet: Any, top: int) -> None:
    page = sheet.page_setup
    page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight = "landscape", 9, 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{top}:{top}"
    sheet.freeze_panes = f"A{top + 1}"
