"""What is no list: a sentence that says so, nothing written, and no memory eaten."""

import json
import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from lists import HEAD, HUNG, listed, packed, verdicts, workbook

from members.imports.workbook import MAX_ROWS, check_workbook
from members.models import PartyMember

pytestmark = pytest.mark.django_db
SHEET = "xl/worksheets/sheet1.xml"


def repacked(file: SimpleUploadedFile, changed: dict[str, bytes], name: str = "Danh sách.xlsx"):
    """The same package with parts replaced or added."""
    content = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {part: old.read(part) for part in old.namelist()} | changed
        for part, data in parts.items():
            new.writestr(part, data)
    return SimpleUploadedFile(name, content.getvalue())


def sheet_of(rows: int) -> bytes:
    """A sheet of names written in place, as long as asked."""
    head = b'<row r="1"><c r="A1" t="inlineStr"><is><t>STT</t></is></c></row>'
    body = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (n, n, n * 7919) for n in range(2, rows))
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<worksheet xmlns="' + space + b'"><sheetData>' + head + body + b"</sheetData></worksheet>"


def with_doctype() -> SimpleUploadedFile:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'
    return repacked(listed(HUNG), {SHEET: bomb})


def with_macro() -> SimpleUploadedFile:
    return repacked(listed(HUNG), {"xl/vbaProject.bin": b"macro"})


def wide() -> SimpleUploadedFile:
    return packed(workbook([[f"Cột {number}" for number in range(200)]]))


BAD = {
    "empty": (lambda: SimpleUploadedFile("a.xlsx", b""), "Tệp rỗng"),
    "no zip": (lambda: SimpleUploadedFile("a.xlsx", b"ho va ten;ngay sinh"), "bị hỏng"),
    "old form": (lambda: SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0"), "lưu lại dạng .xlsx"),
    "other kind": (lambda: SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF"), "."),
    "encrypted": (
        lambda: SimpleUploadedFile("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600),
        "mật khẩu",
    ),
    "macro": (with_macro, "macro"),
    "entity": (with_doctype, "XML bị cấm"),
    "bomb": (lambda: repacked(listed(HUNG), {"xl/media/x.bin": b"0" * 30_000_000}), "nén quá nhiều"),
    "wide": (wide, "200 cột"),
    "endless": (lambda: repacked(listed(HUNG), {SHEET: sheet_of(MAX_ROWS + 50)}), "quá 50.000 dòng"),
    "broken": (lambda: repacked(listed(HUNG), {SHEET: b"<worksheet><sheetData><row"}), "bị hỏng"),
    "no table": (lambda: packed(workbook([["Chào mừng"], ["Nội dung khác"]])), "Không tìm thấy bảng"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_workbook_is_refused_in_a_sentence(cast, kind):
    make, sentence = BAD[kind]
    file, before = make(), PartyMember.objects.count()

    with pytest.raises(ValidationError) as refused:
        check_workbook(file)
        verdicts(file, cast.sec_a)

    assert sentence in refused.value.messages[0]
    assert PartyMember.objects.count() == before


def test_formulas_are_errors_of_their_cells(cast):
    file = listed([1, '=HYPERLINK("http://x","Lê Văn A")', "Nam", "=TODAY()", "03100009", "1/1/2010", "A1"])

    (found,) = verdicts(file, cast.sec_a)

    assert str(found.state) == "error"
    assert {remark.column for remark in found.remarks if remark.code == "formula"} == {
        "Họ và tên",
        "Ngày sinh",
    }


def run(tmp_path, file: SimpleUploadedFile, *options: str) -> list[str]:
    path, out = tmp_path / file.name, StringIO()
    path.write_bytes(file.read())
    call_command("import_members", path, *options, stdout=out)
    return out.getvalue().splitlines()


def test_command_prints_a_verdict_a_row_and_writes_nothing_on_a_dry_run(cast, tmp_path):
    wrong = [2, "Vũ Thị Hoa", "Nữ", "31/2/1985", "03100002", "19/5/2010", "A1"]

    lines = run(tmp_path, listed(HUNG, wrong), "--dry-run", "--json")

    assert [json.loads(line) for line in lines] == [
        {"sheet": "Trang 1", "row": 2, "state": "new", "errors": []},
        {
            "sheet": "Trang 1",
            "row": 3,
            "state": "error",
            "errors": [
                {
                    "column": "Ngày sinh",
                    "code": "date",
                    "message": "Không có ngày 31/2/1985: ngày đứng trước tháng.",
                }
            ],
        },
    ]
    assert not PartyMember.objects.filter(card_number="03100001").exists()


def test_command_writes_once_and_changes_nothing_the_second_time(cast, tmp_path):
    run(tmp_path, listed(HUNG))
    hung = PartyMember.objects.filter(card_number="03100001").values().get()

    lines = run(tmp_path, listed(HUNG), "--json")

    assert json.loads(lines[0])["state"] == "same"
    assert PartyMember.objects.filter(card_number="03100001").values().get() == hung


def test_command_writes_no_row_beside_a_wrong_one_unless_told(cast, tmp_path):
    file = [HEAD, HUNG, [2, "", "Nữ", "1/1/1985", "03100002", "19/5/2010", "A1"]]

    with pytest.raises(CommandError, match="Còn 1 dòng lỗi"):
        run(tmp_path, packed(workbook(file)))
    assert not PartyMember.objects.filter(card_number="03100001").exists()
    run(tmp_path, packed(workbook(file)), "--only-good")

    assert PartyMember.objects.filter(card_number="03100001").exists()


def test_command_says_why_a_workbook_is_refused(cast, tmp_path):
    with pytest.raises(CommandError, match="rộng 200 cột"):
        run(tmp_path, wide(), "--dry-run", "--json")
