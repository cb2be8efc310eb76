"""Sheets of a workbook as rows of plain cells: read as a stream, and no more than can be a list."""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from django.core.exceptions import ValidationError
from django.core.files import File
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import WorkSheetParser

from portal.files.checks import check_upload

MAX_ROWS = 50_000
MAX_COLUMNS = 100
#: Rows without content that a sheet may declare before it is no list any more.
MAX_EMPTY_ROWS = 200_000

BROKEN = "Tệp bị hỏng, không đọc được. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi tải lên."

Value = str | int | float | bool | datetime.date | None


@dataclass(frozen=True, slots=True)
class Cell:
    value: Value
    font: str = ""
    is_formula: bool = False

    @property
    def text(self) -> str:
        """As a person reads it in the sheet."""
        if isinstance(self.value, datetime.date):
            return f"{self.value:%d/%m/%Y}"
        if isinstance(self.value, float) and self.value.is_integer():
            return str(int(self.value))
        return "" if self.value is None else str(self.value)


@dataclass(slots=True)
class Row:
    number: int
    cells: dict[int, Cell]
    is_hidden: bool = False


@dataclass
class Sheet:
    title: str
    is_hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    #: (first row, last row, first column, last column)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def check_workbook(file: File[bytes]) -> None:
    """Refuse what is no harmless .xlsx, in a sentence, before anything reads it."""
    upload = check_upload(file)
    if upload.ending != "xlsx":
        raise ValidationError("Danh sách phải là tệp Excel .xlsx.", code="type")


def read(file: File[bytes]) -> Iterator[Sheet]:
    """The sheets one after another; only one is held at a time."""
    file.seek(0)
    left = MAX_ROWS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, keep_links=False)
            fonts = _fonts(book)
            for worksheet in book.worksheets:
                sheet = _sheet(worksheet, fonts, left)
                left -= len(sheet.rows)
                yield sheet
            book.close()
    except (
        BadZipFile,
        ParseError,
        InvalidFileException,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        AttributeError,
        OSError,
    ) as error:
        raise ValidationError(BROKEN, code="content") from error


def _fonts(book: Any) -> list[str]:
    """The font of each style: an old font's name tells its encoding."""
    return [str(book._fonts[style.fontId].name or "") for style in book._cell_styles]


def _sheet(worksheet: Any, fonts: list[str], left: int) -> Sheet:
    """openpyxl's own stream of rows, asked directly: its read-only sheet knows neither hidden rows nor
    merged cells, and its full one holds the whole book."""
    sheet = Sheet(worksheet.title, worksheet.sheet_state != "visible")
    book = worksheet.parent
    with worksheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            worksheet._shared_strings,
            data_only=False,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for seen, (number, found) in enumerate(parser.parse()):
            hidden = parser.row_dimensions.pop(str(number), {}).get("hidden") in ("1", "true")
            cells = {one["column"]: _cell(one, fonts) for one in found if _has_content(one)}
            if cells and max(cells) > MAX_COLUMNS:
                raise ValidationError(
                    f"Trang “{sheet.title}” rộng {max(cells)} cột; danh sách không quá {MAX_COLUMNS} cột. "
                    "Hãy xóa các cột thừa rồi tải lại.",
                    code="columns",
                )
            if cells:
                sheet.rows.append(Row(number, cells, hidden))
            if len(sheet.rows) > left or seen > MAX_EMPTY_ROWS:
                raise ValidationError(
                    f"Tệp có quá {MAX_ROWS:,} dòng. Hãy chia thành nhiều tệp.".replace(",", "."), code="rows"
                )
        merged = parser.merged_cells
    if merged is not None:
        sheet.merges = [(one.min_row, one.max_row, one.min_col, one.max_col) for one in merged.mergeCell]
    return sheet


def _has_content(found: dict[str, Any]) -> bool:
    value = found["value"]
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def _cell(found: dict[str, Any], fonts: list[str]) -> Cell:
    value, style = found["value"], found["style_id"]
    if isinstance(value, datetime.datetime):
        value = value.date()
    elif not isinstance(value, str | int | float | bool | datetime.date):
        # Hours, spans of time, the objects of array formulas.
        value = str(getattr(value, "text", value))
    font = fonts[style] if style < len(fonts) else ""
    return Cell(value, font, is_formula=found["data_type"] == "f")
