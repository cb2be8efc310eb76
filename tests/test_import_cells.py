"""One cell understood: dates in every form, numbers that lost their zeros, letters of old fonts."""

import datetime

import pytest

from members.imports.cells import Reader
from members.imports.workbook import Cell

TODAY = datetime.date(2024, 9, 26)


def reader(pivot: int | None = None) -> Reader:
    return Reader(pivot, TODAY)


@pytest.mark.parametrize(
    "written",
    [
        "03/02/1994",
        "3/2/1994",
        "3-2-1994",
        "03.02.1994",
        " 03 / 02 / 1994 ",
        "ngày 03 tháng 02 năm 1994",
        "1994-02-03",
        "03021994",
        datetime.date(1994, 2, 3),
        34368,
        "34368",
    ],
)
def test_third_of_february_in_every_form(written):
    reads = reader()

    assert reads.date("Ngày", Cell(written)) == datetime.date(1994, 2, 3)
    assert reads.remarks == []


@pytest.mark.parametrize(
    ("written", "code", "is_error"),
    [
        ("02/13/1994", "date", True),
        ("31/4/1994", "date", True),
        ("29/2/2023", "date", True),
        ("hôm qua", "date", True),
        ("01/10/2024", "date", True),
        ("3/2", "date", True),
        ("3/2/94", "two_digit_year", True),
        ("1994", "part_of_date", False),
        (1994, "part_of_date", False),
        ("2/1994", "part_of_date", False),
        (3021994, "zeros", False),
    ],
)
def test_date_that_is_no_whole_date_is_said(written, code, is_error):
    reads = reader()
    found = reads.date("Ngày", Cell(written))

    assert [(remark.code, remark.is_error) for remark in reads.remarks] == [(code, is_error)]
    assert found == (datetime.date(1994, 2, 3) if code == "zeros" else None)


@pytest.mark.parametrize(("written", "year"), [("3/2/24", 2024), ("3/2/30", None), ("3/2/65", 1965)])
def test_two_figure_year_is_read_by_the_pivot_and_said(written, year):
    reads = reader(pivot=30)

    found = reads.date("Ngày", Cell(written))

    assert (found and found.year) == year
    assert reads.remarks[0].code == "two_digit_year"


@pytest.mark.parametrize(
    ("written", "length", "least", "read", "codes"),
    [
        ("03000002", 8, 5, "03000002", []),
        ("03 000 002", 8, 5, "03000002", []),
        (3000002, 8, 5, "03000002", ["zeros"]),
        (3000002.0, 8, 5, "03000002", ["zeros"]),
        ("31080001234", 12, 10, "031080001234", ["zeros"]),
        (123456789, 12, 10, "", ["format"]),
        ("12", 8, 5, "", ["format"]),
        ("thẻ mới", 8, 5, "", ["format"]),
        ("1" * 13, 12, 10, "", ["format"]),
    ],
)
def test_lost_zeros_come_back_and_are_said(written, length, least, read, codes):
    reads = reader()

    assert reads.number("Số", Cell(written), length=length, least=least) == read
    assert [remark.code for remark in reads.remarks] == codes


@pytest.mark.parametrize(
    ("written", "font"),
    [
        ("NguyÔn ThÞ Thanh Thñy", ".VnTime"),
        ("NguyÔn ThÞ Thanh Thñy", "Arial"),
        ("Nguyeãn Thò Thanh Thuûy", "VNI-Times"),
        ("Nguyeãn Thò Thanh Thuûy", "Arial"),
    ],
)
def test_old_letters_are_read_and_shown_before_and_after(written, font):
    reads = reader()

    assert reads.text("Họ và tên", Cell(written, font)) == "Nguyễn Thị Thanh Thủy"
    assert [remark.code for remark in reads.remarks] == ["encoding"]
    assert f"“{written}” đọc là “Nguyễn Thị Thanh Thủy”" in reads.remarks[0].message


def test_unicode_left_in_an_old_font_stays():
    reads = reader()

    assert reads.text("Họ và tên", Cell("Nguyễn Thị Thủy", ".VnTime")) == "Nguyễn Thị Thủy"
    assert reads.remarks == []


def test_capital_font_gives_capitals_and_nfd_is_composed():
    reads = reader()

    assert reads.text("", Cell("NguyÔn V¨n Hïng", ".VnTimeH")) == "NGUYỄN VĂN HÙNG"
    assert reads.text("", Cell("Nguye\u0302\u0303n")) == "Nguyễn"


def test_formula_is_no_value():
    reads = reader()

    assert reads.text("Họ và tên", Cell('=HYPERLINK("http://x")', is_formula=True)) == ""
    assert [remark.code for remark in reads.remarks] == ["formula"]
