"""Workbooks as offices have them, and a way through the import without a browser."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from openpyxl.styles import Font

from members.actions import imports
from members.imports.checking import Check, Verdict
from members.models import ImportBatch, User

HEAD = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số thẻ đảng viên", "Ngày vào Đảng", "Chi bộ"]
HOA = [1, "Vũ Thị Hoa", "Nữ", "8/3/1985", "03100002", "19/5/2010", "A1"]
#: By chance of the same name as a member of B.
HUNG = [1, "Đặng Văn Hùng", "Nam", "03/02/1980", "03100001", "19/5/2005", "A1"]


def workbook(*sheets: list[list[Any]], titles: tuple[str, ...] = ()) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for place, rows in enumerate(sheets):
        sheet = book.create_sheet(titles[place] if titles else f"Trang {place + 1}")
        for row in rows:
            sheet.append(row)
    return book


def packed(book: Workbook, name: str = "Danh sách.xlsx") -> SimpleUploadedFile:
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def listed(*rows: list[Any]) -> SimpleUploadedFile:
    return packed(workbook([HEAD, *rows]))


def verdicts(file: Any, user: User | None, **options: Any) -> list[Verdict]:
    """The check alone: nothing is written anywhere."""
    return list(Check(file, imports.scope_of(user).register(), **options).verdicts())


def states(found: list[Verdict]) -> list[str]:
    return [str(verdict.state) for verdict in found]


def codes(verdict: Verdict) -> list[str]:
    return [remark.code for remark in verdict.remarks]


def bring(file: Any, user: User, organization: Any, **remapped: Any) -> ImportBatch:
    """Uploaded and checked, as a worker does it."""
    batch = imports.upload(file, organization=organization, by=user)
    imports.run(batch.pk)
    batch.refresh_from_db()
    return batch


def take(batch: ImportBatch, *, only_good: bool = False) -> ImportBatch:
    imports.accept(batch, only_good=only_good, by=batch.by)
    imports.run(batch.pk)
    batch.refresh_from_db()
    return batch


def in_font(sheet: Any, place: str, text: str, font: str) -> None:
    sheet[place] = text
    sheet[place].font = Font(name=font)
