"""The rows of a table that are people, each as the fields of a record: what stands in one column of the
register's form (mẫu 7-HSĐV) is taken apart here."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from members.imports.cells import CARD, CITIZEN, PHONE, Reader, Remark, is_ticked
from members.imports.headers import Table, label
from members.imports.workbook import Cell, Row, Sheet
from members.models import Sex
from portal.vietnamese import fold, nfc

TOTALS = ("tong", "cong", "tong cong", "tong so")
#: With fewer known cells a line without a number of its own is a signature or a remark, not a person.
LEAST_CELLS = 3


@dataclass
class Person:
    """What a row says of somebody; a field that is not there is not known, and changes nothing."""

    sheet: str
    number: int
    values: dict[str, Any]
    remarks: list[Remark] = field(default_factory=list)
    #: The name of the cell as the row, a line above it, or the sheet gives it; most exact first.
    places: list[str] = field(default_factory=list)
    record: int | None = None

    @property
    def is_wrong(self) -> bool:
        return any(remark.is_error for remark in self.remarks)


def people(sheet: Sheet, table: Table, *, pivot: int | None, today: datetime.date) -> Iterator[Person]:
    group = ""
    above = [*(text for text in reversed(table.above)), sheet.title]
    rows = [row for row in sheet.rows if row.number >= table.first_row and not _is_numbering(row)]
    last = _last_numbered(rows, table)
    for row in rows:
        known = {
            one.field: row.cells[one.number] for one in table.columns if one.field and one.number in row.cells
        }
        if _is_total(row):
            continue
        if len(row.cells) == 1:
            group = nfc(next(iter(row.cells.values())).text)
            continue
        known.pop("ordinal", None)
        if last is not None and row.number > last and len(known) < LEAST_CELLS:
            continue
        if not known:
            continue
        yield _person(sheet, row, known, [group, *above], pivot, today)


def _last_numbered(rows: list[Row], table: Table) -> int | None:
    """The last line with a number in the list, where the list is numbered at all."""
    column = next((one.number for one in table.columns if one.field == "ordinal"), None)
    if column is None:
        return None
    return max(
        (row.number for row in rows if column in row.cells and _is_count(row.cells[column])), default=None
    )


def _is_count(cell: Cell) -> bool:
    return cell.is_formula or cell.text.strip(" .").isdecimal()


def _is_numbering(row: Row) -> bool:
    """The line (1) (2) (3) … under a heading."""
    texts = [row.cells[number].text.strip(" ()") for number in sorted(row.cells)]
    if len(texts) < LEAST_CELLS or texts[0] not in ("0", "1", "2"):
        return False
    first = int(texts[0])
    return texts == [str(number) for number in range(first, first + len(texts))]


def _is_total(row: Row) -> bool:
    first = fold(row.cells[min(row.cells)].text).strip(" :.")
    # "Tống" is a family name; its list has a number before it, a line of totals has none.
    return first in TOTALS or first.startswith(("tong cong", "tong so", "cong:", "cong danh sach"))


def _person(
    sheet: Sheet,
    row: Row,
    known: dict[str, Cell],
    places: list[str],
    pivot: int | None,
    today: datetime.date,
) -> Person:
    reader = Reader(pivot, today)
    values: dict[str, Any] = {}
    for name, cell in known.items():
        _READERS.get(name, _plain)(reader, name, cell, values)
    if sheet.is_hidden or row.is_hidden:
        reader.warn("", "hidden", "Dòng đang ẩn trong tệp.")
    _put_together(values)
    here = values.pop("organization", "")
    record = values.pop("record", None)
    return Person(
        sheet=sheet.title,
        number=row.number,
        values={name: value for name, value in values.items() if value not in ("", None)},
        remarks=reader.remarks,
        places=[here] if here else [place for place in places if place],
        record=record,
    )


def _put_together(values: dict[str, Any]) -> None:
    family, given = values.pop("family_name", ""), values.pop("given_name", "")
    if given and not values.get("full_name"):
        values["full_name"] = f"{family} {given}".strip()
    name = values.get("full_name", "")
    # The forms ask for capitals; the register keeps names as they are read out.
    if len(name) > 1 and name == name.upper():
        values["full_name"] = " ".join(word.capitalize() for word in name.split())


def _plain(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    values[name] = " ".join(reader.lines(label(name), cell))


def _date(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    values[name] = reader.date(label(name), cell)


def _born(sex: Sex) -> Callable[[Reader, str, Cell, dict[str, Any]], None]:
    """Lists that write the birthday under "Nam" or under "Nữ"."""

    def read(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
        values["born_on"], values["sex"] = reader.date(label("born_on"), cell), sex.value

    return read


def _ticked(sex: Sex, other: Sex) -> Callable[[Reader, str, Cell, dict[str, Any]], None]:
    def read(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
        text = reader.text(label(name), cell)
        if is_ticked(text):
            values["sex"] = sex.value
        elif fold(text) in ("nam", "nu"):
            values["sex"] = reader.sex(label(name), text)
        elif text == "0":
            values["sex"] = other.value
        elif text:
            reader.refuse(label(name), "sex", f"Chưa hiểu “{text[:20]}” ở cột {label(name)}.")

    return read


def _sex(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    values["sex"] = reader.sex(label(name), reader.text(label(name), cell))


def _status(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    values["status"] = reader.status(label(name), reader.text(label(name), cell))


def _theory(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    values["political_theory"] = reader.theory(label(name), reader.text(label(name), cell))


def _service(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    values["service_group"] = reader.service(label(name), reader.text(label(name), cell))


def _card(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    values["card_number"] = reader.number(
        label("card_number"), cell, length=CARD, least=CARD - 3, most=CITIZEN
    )


def _citizen(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    # Nine figures are the old identity card: no zeros are missing there. At most two can be.
    values["citizen_number"] = reader.number(label(name), cell, length=CITIZEN, least=CITIZEN - 2)


def _phone(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    text = reader.text(label(name), cell)
    digits = text.replace(" ", "").replace(".", "")
    if digits.isdecimal() and len(digits) == PHONE - 1 and not digits.startswith("0"):
        text = f"0{digits}"
        reader.warn(label(name), "zeros", f"Excel làm mất số 0 ở đầu: {digits} đọc là {text}.")
    values[name] = text


def _record(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    text = reader.text(label(name), cell)
    if text.isascii() and text.isdecimal() and len(text) < 19:
        values["record"] = int(text)
    elif text:
        reader.refuse(label(name), "record", "Mã hồ sơ chưa đúng; để trống nếu là người mới.")


def _names(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    lines = _parts(reader, name, cell, "/")
    values["full_name"] = lines[0] if lines else ""
    values["birth_name"] = _unlabelled(lines[1]) if len(lines) > 1 else ""


def _unlabelled(text: str) -> str:
    head, colon, tail = text.partition(":")
    return (
        tail.strip() if colon and fold(head).strip() in ("khai sinh", "ten khai sinh") else text.strip(" ()")
    )


def _person_kind(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    """Sex; ethnic group; religion: three answers in this order."""
    parts = [*_parts(reader, name, cell, ";,"), "", "", ""]
    values["sex"] = reader.sex(label(name), "" if _is_blank(parts[0]) else parts[0])
    values["ethnicity"], values["religion"] = (_said(part) for part in parts[1:3])


def _joined(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    """Day of admission above the day of official membership."""
    if isinstance(cell.value, datetime.date):
        values["admitted_on"] = reader.date(label("admitted_on"), cell)
        return
    lines = _parts(reader, name, cell, ";")
    for target, part in zip(("admitted_on", "official_on"), lines, strict=False):
        values[target] = reader.date(label(target), Cell(part))


def _labelled(names: dict[str, str]) -> Callable[[Reader, str, Cell, dict[str, Any]], None]:
    """Lines "Thẻ: …", or without words in the order of the heading; `names` are folded words."""

    def read(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
        for place, part in enumerate(_labelled_parts(reader.lines(label(name), cell), names)):
            head, colon, tail = part.partition(":")
            target = names.get(fold(head).strip()) if colon else None
            said = tail if target else part
            if target is None and place < len(names):
                target = list(names.values())[place]
            if target and not _is_blank(said):
                _READERS.get(target, _plain)(reader, target, Cell(said.strip()), values)

    return read


def _labelled_parts(lines: list[str], names: dict[str, str]) -> list[str]:
    """One line may hold several answers between semicolons; under a label they belong to its answer."""
    if len(lines) != 1 or ";" not in lines[0]:
        return lines
    parts: list[str] = []
    for part in lines[0].split(";"):
        has_label = fold(part.partition(":")[0]).strip() in names and ":" in part
        if parts and ":" in parts[0] and not has_label:
            parts[-1] += f";{part}"
        else:
            parts.append(part.strip())
    return parts


def _parts(reader: Reader, name: str, cell: Cell, signs: str) -> list[str]:
    lines = reader.lines(label(name), cell)
    if len(lines) == 1:
        for sign in signs:
            if sign in lines[0]:
                return [part.strip() for part in lines[0].split(sign)]
    return lines


def _is_blank(text: str) -> bool:
    return text.strip() in ("", "-", "–", "…")


def _said(text: str) -> str:
    return "" if _is_blank(text) else text


def _nothing(reader: Reader, name: str, cell: Cell, values: dict[str, Any]) -> None:
    """Shown in the form, kept elsewhere."""


_READERS: dict[str, Callable[[Reader, str, Cell, dict[str, Any]], None]] = {
    **dict.fromkeys(("born_on", "admission_decision_on", "admitted_on", "official_on"), _date),
    "born_male": _born(Sex.MALE),
    "born_female": _born(Sex.FEMALE),
    "male": _ticked(Sex.MALE, Sex.FEMALE),
    "female": _ticked(Sex.FEMALE, Sex.MALE),
    "sex": _sex,
    "status": _status,
    "political_theory": _theory,
    "service_group": _service,
    "card_number": _card,
    "citizen_number": _citizen,
    "phone": _phone,
    "record": _record,
    "names": _names,
    "person": _person_kind,
    "joined": _joined,
    "studies": _labelled(
        {
            "van hoa": "general_education",
            "ly luan": "political_theory",
            "chuyen mon": "professional_education",
            "ngoai ngu": "languages",
        }
    ),
    "jobs": _labelled({"truoc khi vao dang": "occupation_before", "hien nay": "occupation"}),
    "numbers": _labelled({"the": "card_number", "ly lich": "file_number", "huy hieu": "badges"}),
    "badges": _nothing,
}
