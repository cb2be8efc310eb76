"""One cell understood: old fonts, lost zeros, dates in every form an office writes (domain §8.5, §8.6)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

from openpyxl.utils.datetime import from_excel

from members.imports.workbook import Cell
from members.models import MemberStatus, PoliticalTheoryLevel, ServiceGroup, Sex
from portal.dates import day
from portal.vietnamese import detect_legacy, fold, from_tcvn3, from_vni, nfc
from portal.vietnamese.legacy import is_capital_font

CARD, CITIZEN, PHONE = 8, 12, 10
#: Whole numbers in a column of dates: years as such, days of the spreadsheet's calendar above them.
YEARS = range(1900, 2101)
LAST_SERIAL = 60_000
EARLIEST = datetime.date(1900, 1, 1)

_MARKED_AS_TEXT = re.compile(r"'[=+\-@]")
_LINE_END = re.compile(r"\r\n|[\r\n]")
_DAY = re.compile(r"(\d{1,2})\s*[-./\s]\s*(\d{1,2})\s*[-./\s]\s*(\d{4}|\d{2})")
_WORDS = re.compile(r"(?:ngay\s+)?(\d{1,2})\s+thang\s+(\d{1,2})\s+nam\s+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_COMPACT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_PART = re.compile(r"(?:thang\s+)?(?:\d{1,2}\s*[-./]\s*)?\d{4}|(?:thang\s+)?\d{1,2}\s*[-./]\s*\d{4}")
_NO_DATE = {"-", "–", "…", "...", "x", "khong", "khong ro", "chua", "chua ro"}


@dataclass(frozen=True)
class Remark:
    """What was noticed in a cell: an error keeps the row out, a warning asks for a look."""

    column: str
    code: str
    message: str
    is_error: bool = False

    def told(self) -> dict[str, str]:
        return {"column": self.column, "code": self.code, "message": self.message}


@dataclass
class Reader:
    """Reads the cells of one row and gathers the remarks. `pivot`: see `ImportBatch.pivot`."""

    pivot: int | None
    today: datetime.date
    remarks: list[Remark] = field(default_factory=list)

    def warn(self, column: str, code: str, message: str) -> None:
        self.remarks.append(Remark(column, code, message))

    def refuse(self, column: str, code: str, message: str) -> None:
        self.remarks.append(Remark(column, code, message, is_error=True))

    def text(self, column: str, cell: Cell) -> str:
        """The words of a cell in normal form; an old encoding is read, and said."""
        return "\n".join(self.lines(column, cell))

    def lines(self, column: str, cell: Cell) -> list[str]:
        if cell.is_formula:
            self.refuse(column, "formula", "Ô là công thức. Dán lại dưới dạng giá trị (Paste Values).")
            return []
        raw = cell.text.replace("_x000D_", "")
        # A spreadsheet's own mark for "this is text", written by the export before = + - @.
        raw = raw[1:] if _MARKED_AS_TEXT.match(raw) else raw
        read = self._decoded(column, raw, cell.font)
        lines = (nfc(line) for line in _LINE_END.split(read))
        return [line for line in lines if line]

    def _decoded(self, column: str, raw: str, font: str) -> str:
        # Letters beyond Latin-1 exist in no old encoding, whatever font the cell was left in.
        if any(sign > "\u00ff" and sign.isalpha() for sign in raw):
            return raw
        if (encoding := detect_legacy(raw, font)) is None:
            return raw
        capitals = is_capital_font(font)
        read = from_tcvn3(raw, capitals=capitals) if encoding == "tcvn3" else from_vni(raw)
        if read != raw:
            told = f"“{_short(raw)}” đọc là “{_short(nfc(read))}”"
            self.warn(column, "encoding", f"Chữ kiểu cũ {encoding.upper()}: {told}.")
        return read

    def number(self, column: str, cell: Cell, *, length: int, least: int, most: int = 0) -> str:
        """A number as text of at least `length` figures; lost zeros are put back from `least` on."""
        raw = self.text(column, cell)
        digits = re.sub(r"[\s.\-]", "", raw)
        if not digits:
            return ""
        if not (digits.isascii() and digits.isdecimal()) or len(digits) > max(length, most):
            self.refuse(column, "format", f"“{_short(raw)}” chưa phải số gồm {length} chữ số.")
            return ""
        if len(digits) >= length:
            return digits
        if len(digits) < least:
            self.refuse(column, "format", f"“{_short(raw)}” thiếu chữ số: cần {length}.")
            return ""
        padded = digits.zfill(length)
        self.warn(column, "zeros", f"Excel làm mất số 0 ở đầu: {digits} đọc là {padded}.")
        return padded

    def date(self, column: str, cell: Cell) -> datetime.date | None:
        """Day before month, always. Old records may give a month or a year: no day is made up."""
        if cell.is_formula:
            self.text(column, cell)
            return None
        if isinstance(cell.value, datetime.date):
            return self._possible(column, cell.value)
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
            return self._counted(column, int(cell.value))
        text = fold(self.text(column, cell)).strip(" .;,")
        if not text or text in _NO_DATE:
            return None
        if text.isdecimal() and len(text) <= 5:
            return self._counted(column, int(text))
        if match := _ISO.fullmatch(text):
            year, month, number = (int(part) for part in match.groups())
            return self._made(column, text, number, month, year)
        for form in (_DAY, _WORDS, _COMPACT):
            if match := form.fullmatch(text):
                year_read = self._year(column, text, match[3])
                return self._made(column, text, int(match[1]), int(match[2]), year_read)
        if _PART.fullmatch(text):
            self.warn(column, "part_of_date", f"“{text}” không đủ ngày, tháng, năm: để trống trong hồ sơ.")
            return None
        self.refuse(column, "date", f"Chưa hiểu ngày “{_short(text)}”. Ghi ngày/tháng/năm, ví dụ 03/02/1994.")
        return None

    def _counted(self, column: str, value: int) -> datetime.date | None:
        if value in YEARS:
            self.warn(column, "part_of_date", f"Chỉ có năm {value}: để trống trong hồ sơ.")
            return None
        if 0 < value <= LAST_SERIAL:
            found = from_excel(value)
            return self._possible(column, found.date() if isinstance(found, datetime.datetime) else found)
        text = str(value)
        if match := _COMPACT.fullmatch(text.zfill(8)):
            self.warn(column, "zeros", f"{text} đọc là {match[1]}/{match[2]}/{match[3]}.")
            return self._made(column, text, int(match[1]), int(match[2]), int(match[3]))
        self.refuse(column, "date", f"Số {value} không phải là ngày.")
        return None

    def _year(self, column: str, text: str, figures: str) -> int | None:
        if len(figures) == 4:
            return int(figures)
        if self.pivot is None:
            message = f"“{text}” chỉ có hai chữ số của năm. Chọn cách hiểu năm hai chữ số rồi kiểm tra lại."
            self.refuse(column, "two_digit_year", message)
            return None
        year = int(figures) + (2000 if int(figures) <= self.pivot else 1900)
        self.warn(column, "two_digit_year", f"“{text}” đọc là năm {year}.")
        return year

    def _made(
        self, column: str, text: str, number: int, month: int, year: int | None
    ) -> datetime.date | None:
        if year is None:
            return None
        try:
            return self._possible(column, datetime.date(year, month, number))
        except ValueError:
            self.refuse(column, "date", f"Không có ngày {text}: ngày đứng trước tháng.")
            return None

    def _possible(self, column: str, found: datetime.date) -> datetime.date | None:
        if not EARLIEST <= found <= self.today:
            self.refuse(column, "date", f"Ngày {day(found)} không thể có trong hồ sơ hiện nay.")
            return None
        return found

    def sex(self, column: str, text: str) -> str:
        said = fold(text).strip(" .")
        if said in ("nam", "nu"):
            return Sex.MALE if said == "nam" else Sex.FEMALE
        if said in ("0", "1"):
            found = Sex.MALE if said == "1" else Sex.FEMALE
            self.warn(column, "guessed", f"“{said}” đọc là {found.label}.")
            return found
        if said:
            self.refuse(column, "sex", f"“{_short(text)}” chưa rõ là nam hay nữ.")
        return ""

    def status(self, column: str, text: str) -> str:
        said = fold(text).strip(" .")
        if said in ("du bi", "db", "dang vien du bi", "dvdb"):
            return MemberStatus.PROBATIONARY
        if said in ("chinh thuc", "ct", "dang vien chinh thuc", "dvct"):
            return MemberStatus.OFFICIAL
        if said:
            self.refuse(column, "status", f"“{_short(text)}” chưa rõ là chính thức hay dự bị.")
        return ""

    def theory(self, column: str, text: str) -> str:
        said = fold(text)
        for level in PoliticalTheoryLevel:
            initials = "".join(word[0] for word in fold(level.label).split())
            if said.startswith(fold(level.label)) or said == initials:
                return level.value
        if said and said not in ("khong", "chua", "-"):
            levels = ", ".join(level.label.lower() for level in PoliticalTheoryLevel)
            self.refuse(column, "theory", f"“{_short(text)}” chưa rõ bậc nào: {levels}.")
        return ""

    def service(self, column: str, text: str) -> str:
        said = fold(text)
        for group in ServiceGroup:
            if fold(group.label) in said:
                return group.value
        if said and said not in ("khong", "-"):
            self.refuse(column, "service", f"“{_short(text)}” chưa rõ là bộ đội, công an hay hưu trí.")
        return ""


def is_ticked(text: str) -> bool:
    """x, X, a tick, 1: yes in a column of its own."""
    return fold(text).strip() in ("x", "v", "1", "co", "✓", "✔")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
