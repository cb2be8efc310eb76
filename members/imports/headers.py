"""Where the table of a sheet begins and which column is what: by the headings offices use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from members.imports.workbook import Row, Sheet
from portal.vietnamese import detect_legacy, fold, from_tcvn3, from_vni, nfc

#: Rows looked through for the heading: a national motto, titles and notes may stand above it.
SEARCHED = 40
LEAST_KNOWN = 2

#: Field: its name on screen, then the headings it goes by, folded and without signs.
FIELDS: dict[str, tuple[str, str]] = {
    "ordinal": ("Số thứ tự", "stt|so tt|tt|so thu tu"),
    "record": ("Mã hồ sơ trên cổng", "ma ho so|ma ho so tren cong"),
    "names": ("Họ và tên / họ và tên khai sinh", "ho va ten ho va ten khai sinh|ho ten ho ten khai sinh"),
    "full_name": (
        "Họ và tên",
        "ho va ten|ho ten|ho va ten dang vien|ho ten dang vien|ho va ten dang dung|ten dang vien",
    ),
    "family_name": ("Họ và tên đệm", "ho va ten dem|ho dem|ho va dem|ho lot|ho va chu dem|ho"),
    "given_name": ("Tên", "ten"),
    "birth_name": ("Họ và tên khai sinh", "ho va ten khai sinh|ten khai sinh|ho ten khai sinh"),
    "aliases": ("Bí danh, tên khác", "bi danh|ten goi khac|cac bi danh"),
    "person": (
        "Nam, nữ; dân tộc; tôn giáo",
        "nam nu dan toc ton giao|gioi tinh dan toc ton giao",
    ),
    "sex": ("Giới tính", "gioi tinh|nam nu|phai|gioi|gioi tinh nam nu|gioi tinh nam hoac nu"),
    "male": ("Nam (đánh dấu)", "nam|gioi tinh nam"),
    "female": ("Nữ (đánh dấu)", "nu|gioi tinh nu"),
    "born_on": ("Ngày sinh", "ngay sinh|ngay thang nam sinh|nam sinh|sinh ngay|ngay thang sinh"),
    "born_male": ("Ngày sinh ở cột Nam", "ngay sinh nam|ngay thang nam sinh nam|nam sinh nam"),
    "born_female": ("Ngày sinh ở cột Nữ", "ngay sinh nu|ngay thang nam sinh nu|nam sinh nu"),
    "birth_place": ("Nơi sinh", "noi sinh"),
    "native_place": ("Quê quán", "que quan|que|nguyen quan"),
    "residence": (
        "Nơi cư trú",
        "noi cu tru|noi o hien nay|cho o|dia chi|noi thuong tru|ho khau thuong tru|noi o",
    ),
    "ethnicity": ("Dân tộc", "dan toc"),
    "religion": ("Tôn giáo", "ton giao"),
    "studies": (
        "Văn hóa, lý luận, chuyên môn, ngoại ngữ",
        "van hoa ly luan chuyen mon ngoai ngu|trinh do van hoa ly luan chuyen mon ngoai ngu",
    ),
    "general_education": (
        "Giáo dục phổ thông",
        "giao duc pho thong|van hoa|trinh do van hoa|hoc van|trinh do hoc van|trinh do pho thong",
    ),
    "professional_education": (
        "Chuyên môn, nghiệp vụ",
        "chuyen mon|trinh do chuyen mon|chuyen mon nghiep vu|trinh do chuyen mon nghiep vu",
    ),
    "political_theory": (
        "Lý luận chính trị",
        "ly luan chinh tri|ly luan|trinh do ly luan|trinh do ly luan chinh tri|llct",
    ),
    "languages": ("Ngoại ngữ", "ngoai ngu|trinh do ngoai ngu"),
    "jobs": (
        "Nghề nghiệp trước khi vào Đảng / hiện nay",
        "nghe nghiep truoc khi vao dang hien nay|nghe nghiep truoc khi vao dang nghe nghiep hien nay",
    ),
    "occupation_before": ("Nghề nghiệp trước khi vào Đảng", "nghe nghiep truoc khi vao dang"),
    "occupation": ("Nghề nghiệp hiện nay", "nghe nghiep hien nay|nghe nghiep|cong viec hien nay"),
    "joined": (
        "Ngày vào Đảng / ngày chính thức",
        "ngay vao dang ngay chinh thuc|ngay vao dang chinh thuc|vao dang chinh thuc",
    ),
    "admission_decision_on": (
        "Ngày quyết định kết nạp",
        "ngay quyet dinh ket nap|ngay qd ket nap|qd ket nap|ngay quyet dinh",
    ),
    "admitted_on": (
        "Ngày vào Đảng",
        "ngay vao dang|ngay ket nap|vao dang|ngay vao dang du bi|du bi|ngay vao dcsvn|ket nap",
    ),
    "official_on": (
        "Ngày chính thức",
        "ngay chinh thuc|chinh thuc|ngay vao dang chinh thuc|ngay cong nhan chinh thuc",
    ),
    "status": ("Diện đảng viên", "dien|dien dang vien|loai dang vien|dang vien chinh thuc du bi|tinh trang"),
    "numbers": (
        "Số thẻ, số lý lịch, số Huy hiệu Đảng",
        "so the so ly lich so huy hieu dang|so the so ly lich so huy hieu",
    ),
    "card_number": ("Số thẻ đảng viên", "so the dang vien|so the|so the dv|the dang vien|so the dang"),
    "citizen_number": (
        "Số định danh cá nhân",
        "so dinh danh ca nhan|so cccd|cccd|so can cuoc cong dan|can cuoc cong dan|so can cuoc|so dinh danh"
        "|cccd so dinh danh|cmnd cccd|so cmnd cccd",
    ),
    "file_number": ("Số lý lịch", "so ly lich|so ly lich dang vien"),
    "service_group": ("Bộ đội, công an, hưu trí", "bo doi cong an huu tri|huu tri"),
    "organization": (
        "Chi bộ",
        "chi bo|noi sinh hoat|chi bo sinh hoat|don vi|to chuc dang|ten chi bo|sinh hoat tai chi bo|ma chi bo",
    ),
    "phone": ("Điện thoại", "dien thoai|so dien thoai|dt|sdt|dien thoai di dong|so dt"),
    "email": ("Thư điện tử", "email|thu dien tu|e mail|dia chi email"),
    "note": ("Ghi chú", "ghi chu"),
}
#: What stands together in one column of the register's form.
COMPOUND: dict[str, tuple[str, ...]] = {
    "names": ("full_name", "birth_name"),
    "person": ("sex", "ethnicity", "religion"),
    "studies": ("general_education", "political_theory", "professional_education", "languages"),
    "jobs": ("occupation_before", "occupation"),
    "joined": ("admitted_on", "official_on"),
    "numbers": ("card_number", "file_number"),
}
#: Columns of the register's form that other pages keep: shown as found, never written from a list.
ONLY_READ = (
    "ngay chuyen di den dang bo co so nao",
    "ngay chuyen den tu dang bo co so nao",
    "ngay tu tran ly do",
    "ngay ra khoi dang hinh thuc",
)
_KNOWN = {key: name for name, (_, keys) in FIELDS.items() for key in keys.split("|")}
_NAMES = {"full_name", "names", "given_name"}


@dataclass(frozen=True)
class Column:
    number: int
    header: str
    key: str
    field: str


@dataclass
class Table:
    """The table of one sheet: its columns, and the rows that may be people."""

    columns: list[Column] = field(default_factory=list)
    first_row: int = 0
    #: What stands above the table, for the name of the cell in a title.
    above: list[str] = field(default_factory=list)


def key_of(text: str) -> str:
    """A heading without marks, case, signs and line breaks."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(nfc(text))).split())


def label(name: str) -> str:
    return FIELDS[name][0]


def field_of(key: str, remembered: Mapping[str, str]) -> str:
    """The field a heading means: as somebody said before, exactly, or by how it begins."""
    if key in remembered:
        return remembered[key]
    if key in _KNOWN:
        return _KNOWN[key]
    if key in ONLY_READ:
        return ""
    begun = [known for known in _KNOWN if " " in known and key.startswith(f"{known} ")]
    return _KNOWN[max(begun, key=len)] if begun else ""


def find_table(sheet: Sheet, remembered: Mapping[str, str]) -> Table | None:
    """The heading of one or two rows under which most columns are known; None for a sheet without one."""
    grid = _Grid(sheet)
    best: tuple[int, int, Table] | None = None
    for place, row in enumerate(sheet.rows[:SEARCHED]):
        for height in (1, 2):
            if height == 2 and not grid.is_second(row.number + 1):
                continue
            columns = _columns(grid, row.number, height, remembered)
            known = {one.field for one in columns if one.field} - {"ordinal"}
            if len(known) < LEAST_KNOWN or not known & _NAMES:
                continue
            if best is None or (len(known), height) > best[:2]:
                table = Table(columns, row.number + height, _above(sheet.rows[:place]))
                best = (len(known), height, table)
    return best[2] if best else None


def _above(rows: list[Row]) -> list[str]:
    return [nfc(cell.text) for row in rows for cell in row.cells.values()]


def _columns(grid: _Grid, top: int, height: int, remembered: Mapping[str, str]) -> list[Column]:
    """A field is taken by the first column that means it exactly; a second one is left alone."""
    found: list[Column] = []
    taken: set[str] = set()
    for number in grid.columns_of(top, height):
        texts = grid.heading(number, top, height)
        header = " – ".join(texts)
        keys = [key_of(" ".join(texts)), *(key_of(text) for text in reversed(texts))]
        name = next((name for key in keys if (name := field_of(key, remembered))), "")
        if keys[0] in remembered:
            name = remembered[keys[0]]
        if name in taken:
            name = ""
        taken.add(name)
        found.append(Column(number, header, keys[0], name))
    return found


class _Grid:
    """Cells by place, with merged areas filled: a heading over two columns stands over both."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = {row.number: row for row in sheet.rows[: SEARCHED + 2]}
        self.areas = [one for one in sheet.merges if one[0] <= SEARCHED + 100]

    def text(self, row: int, column: int) -> str:
        for top, bottom, left, right in self.areas:
            if top <= row <= bottom and left <= column <= right:
                row, column = top, left
                break
        cell = self.rows[row].cells.get(column) if row in self.rows else None
        return _readable(cell.text, cell.font) if cell else ""

    def is_second(self, row: int) -> bool:
        """Could this be the second row of a heading? A merge joins it to the row above or spans
        columns there; or the first cells of the row are empty, under headings that need no second."""
        if row not in self.rows or row - 1 not in self.rows:
            return False
        joined = any(
            (top < row <= bottom) or (top == bottom == row - 1 and left < right)
            for top, bottom, left, right in self.areas
        )
        first = min(self.rows[row - 1].cells)
        return joined or min(self.rows[row].cells) > first + 1

    def columns_of(self, top: int, height: int) -> list[int]:
        numbers = {
            number for row in range(top, top + height) if row in self.rows for number in self.rows[row].cells
        }
        for first, _, left, right in self.areas:
            if top <= first < top + height and self.text(first, left):
                numbers |= set(range(left, right + 1))
        return sorted(numbers)

    def heading(self, column: int, top: int, height: int) -> list[str]:
        texts = [self.text(row, column) for row in range(top, top + height)]
        if height == 2 and not texts[0] and texts[1]:
            # Without a merge the upper heading stands over its first column alone.
            before = (self.text(top, number) for number in range(column - 1, 0, -1))
            texts[0] = next((text for text in before if text), "")
        return list(dict.fromkeys(text for text in texts if text))


def _readable(text: str, font: str) -> str:
    encoding = detect_legacy(text, font) if not any(sign > "\u00ff" for sign in text) else None
    if encoding == "tcvn3":
        text = from_tcvn3(text)
    elif encoding == "vni":
        text = from_vni(text)
    return nfc(text)
