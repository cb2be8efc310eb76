"""Lists as offices have them: where the table is, who is meant, and what each row would do."""

import datetime

import pytest
from lists import HEAD, HUNG, codes, in_font, listed, packed, states, verdicts, workbook

from members.imports.headers import field_of, key_of
from members.models import FormerNumber

pytestmark = pytest.mark.django_db


def test_titles_two_heading_rows_totals_and_signatures_are_no_people(cast):
    book = workbook(
        [
            ["ĐẢNG BỘ KHỐI", None, None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"],
            ["DANH SÁCH ĐẢNG VIÊN"],
            [],
            ["TT", "Họ và tên", "Ngày sinh", None, "Số thẻ", "Ngày"],
            [None, None, "Nam", "Nữ", None, "vào Đảng", "chính thức"],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
            ["Chi bộ Phòng An Một"],
            [1, "ĐẶNG VĂN HÙNG", "3/2/1980", None, "03100001", "19/5/2005", "19/5/2006"],
            ["Chi bộ Phòng An Hai"],
            [2, "Vũ Thị Hoa", None, "8/3/1985", "03100002", "19/5/2010", "19/5/2011"],
            ["Tổng cộng", None, None, None, 2],
            [None, "Người lập biểu", None, None, "T/M CHI BỘ"],
        ]
    )
    sheet = book.worksheets[0]
    for area in ("A1:D1", "A2:G2", "A4:A5", "B4:B5", "C4:D4", "E4:E5", "F4:G4", "A7:G7"):
        sheet.merge_cells(area)

    found = verdicts(packed(book), cast.sec_a)

    assert [(one.number, one.name, str(one.state)) for one in found] == [
        (8, "Đặng Văn Hùng", "new"),
        (10, "Vũ Thị Hoa", "new"),
    ]
    assert [one.changes["sex"][1] for one in found] == ["male", "female"]
    assert [one.changes["organization"][1] for one in found] == [cast.a1.pk, cast.a2.pk]
    assert found[0].changes["official_on"] == ["", "2006-05-19"]


def test_each_sheet_speaks_of_its_cell_and_one_without_a_table_is_passed_over(cast):
    head = HEAD[:6]
    book = workbook(
        [head, HUNG[:6]],
        [head, [1, "Vũ Thị Hoa", "Nữ", "8/3/1985", "03100002", "19/5/2010"]],
        [["Ghi chú chung"]],
        titles=("Chi bộ Phòng An Một", "A2", "Bìa"),
    )

    found = verdicts(packed(book), cast.sec_a)

    assert [(one.sheet, one.changes["organization"][1]) for one in found] == [
        ("Chi bộ Phòng An Một", cast.a1.pk),
        ("A2", cast.a2.pk),
    ]


def test_hidden_row_is_read_and_said(cast):
    book = workbook([HEAD, HUNG])
    book.worksheets[0].row_dimensions[2].hidden = True

    (found,) = verdicts(packed(book), cast.sec_a)

    assert (str(found.state), codes(found)) == ("warning", ["hidden"])


def test_old_fonts_are_told_cell_by_cell_on_a_mixed_sheet(cast):
    book = workbook([HEAD, HUNG, [2, "", "Nam", "5/5/1975", "03100002", "19/5/2010", "A1"], HUNG[:]])
    sheet = book.worksheets[0]
    in_font(sheet, "B3", "Ph¹m H\u00adng Hïng", ".VnTime")
    in_font(sheet, "B4", "Phaïm Höng Huøng", "VNI-Times")
    sheet["D4"], sheet["E4"] = "6/5/1975", "03100003"

    found = verdicts(packed(book), cast.sec_a)

    assert [one.name for one in found] == ["Đặng Văn Hùng", "Phạm Hưng Hùng", "Phạm Hưng Hùng"]
    assert [codes(one) for one in found][:2] == [[], ["encoding"]]
    assert codes(found[2])[0] == "encoding"


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ([1, "Dương Thị Ấn", "", "", "03000002", "", "A2"], "same"),
        ([1, "DƯƠNG THỊ ẤN", "Nam", "19/5/1980", "", "", ""], "same"),
        ([1, "Dương Thị Ấn", "", "", "3000002", "", ""], "same"),
        ([1, "Dương Thị Ấn", "Nữ", "", "03000002", "", ""], "changed"),
        ([1, "Dương Thị Ân", "", "", "03000002", "", ""], "changed"),
        ([1, "Dương Thị Ấn", "", "19/5/1980", "03000999", "", ""], "warning"),
        ([1, "Lê Văn Khác", "", "1/1/1970", "03000002", "", ""], "error"),
        ([1, "Dương Thị Ấn", "", "", "03000002", "", "A1"], "same"),
        ([1, "Lê Văn Mới", "", "1/1/1970", "", "", "A1"], "new"),
    ],
)
def test_member_is_found_by_number_or_by_name_and_birthday(cast, row, state):
    (found,) = verdicts(listed(row), cast.sec_a)

    assert str(found.state) == state


def test_former_number_still_finds_its_member(cast):
    FormerNumber.objects.create(member=cast.p_a2, kind="card_number", number="03000777")

    (found,) = verdicts(listed([1, "Dương Thị Ấn", "", "", "03000777", "", ""]), cast.sec_a)

    assert found.member == cast.p_a2.pk


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ([1, "", "Nam", "1/1/1970", "03100009", "1/1/2000", "A1"], "missing"),
        ([1, "Lê Văn Mới", "Nam", "1/1/1970", "03000003", "", "A1"], "taken"),
        ([1, "Lê Văn Mới", "Nam", "1/1/1970", "", "", "B1"], "organization"),
        ([1, "Lê Văn Mới", "Nam", "1/1/1970", "", "", ""], "organization"),
        ([1, "Lê Văn Mới", "Nam", "1/1/1970", "", "", "A"], "organization"),
        ([1, "Lê Văn Mới", "Nam", "1/1/1970", "", "1/1/1960", "A1"], "order"),
        ([1, "Lê Văn Mới", "khác", "1/1/1970", "", "", "A1"], "sex"),
        ([1, "Lê" * 90, "Nam", "1/1/1970", "", "", "A1"], "long"),
    ],
)
def test_row_that_can_not_be_written_says_in_which_column(cast, row, code):
    (found,) = verdicts(listed(row), cast.sec_a)

    assert str(found.state) == "error"
    assert code in codes(found)
    assert "Đặng Văn Hùng" not in str([remark.told() for remark in found.remarks])


def test_same_person_twice_in_one_list(cast):
    twice = [2, "Đặng Văn Hùng", "Nam", "03/02/1980", "", "", "A1"]

    found = verdicts(listed(HUNG, twice), cast.sec_a)

    assert (states(found), codes(found[1])) == (["new", "error"], ["twice"])
    assert "dòng 2" in found[1].remarks[0].message


def test_secretary_of_a_meets_nothing_of_b(cast):
    rows = [
        [1, "Đặng Văn Hùng", "", "19/5/1980", "", "", "A1"],
        [2, "Đặng Văn Hùng", "", "1/1/1971", "03000003", "", "A1"],
    ]

    by_name, by_number = verdicts(listed(*rows), cast.sec_a)

    assert (str(by_name.state), by_name.member) == ("new", None)
    assert [remark.message for remark in by_number.remarks] == ["Số thẻ đảng viên này không dùng được."]


def test_heading_explained_once_is_remembered(cast):
    book = workbook([["Họ và tên", "Mã ĐV", "Chi bộ"], ["Lê Văn Mới", "03100009", "A1"]])

    (before,) = verdicts(packed(book), cast.sec_a)
    (after,) = verdicts(packed(book), cast.sec_a, remembered={"ma dv": "card_number"})

    assert ("card_number" in before.changes, after.changes["card_number"][1]) == (False, "03100009")


def test_probationary_and_official_by_what_the_list_knows(cast):
    rows = [
        [1, "Lê Văn Một", "Nam", "1/1/1990", "", "1/6/2024", "A1"],
        [2, "Lê Văn Hai", "Nam", "1/1/1990", "03100002", "1/6/2014", "A1"],
    ]

    found = verdicts(listed(*rows), cast.sec_a)

    assert [one.changes["status"][1] for one in found] == ["probationary", "official"]


def test_family_and_given_names_in_two_columns(cast):
    book = workbook(
        [["Họ và tên đệm", "Tên", "Nữ", "Ngày sinh", "Chi bộ"], ["Lê Thị", "Mới", "x", "1/1/1990", "A1"]]
    )

    (found,) = verdicts(packed(book), cast.sec_a)

    assert (found.name, found.changes["sex"][1]) == ("Lê Thị Mới", "female")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Giới tính (Nam/Nữ)", "sex"),
        ("NGÀY VÀO ĐẢNG (DỰ BỊ)", "admitted_on"),
        ("Số thẻ\nđảng viên", "card_number"),
        ("Số CCCD", "citizen_number"),
        ("Số thẻ, số lý lịch, số Huy hiệu Đảng", "numbers"),
        ("Ngày chuyển đi, đến đảng bộ cơ sở nào", ""),
        ("Thu nhập", ""),
    ],
)
def test_heading_means_its_field(heading, field):
    assert field_of(key_of(heading), {}) == field


def test_native_dates_of_excel_are_dates(cast):
    row = [1, "Lê Văn Mới", "Nam", datetime.date(1990, 2, 3), 3100009, datetime.date(2014, 5, 19), "A1"]

    (found,) = verdicts(listed(row), cast.sec_a)

    assert (found.changes["born_on"][1], found.changes["card_number"][1]) == ("1990-02-03", "03100009")
    assert codes(found) == ["zeros"]
