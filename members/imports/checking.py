"""The verdict on each row: what it would do to the register, and what speaks against it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.utils import timezone

from members.imports import workbook
from members.imports.cells import Remark
from members.imports.headers import FIELDS as HEADINGS
from members.imports.headers import find_table, label
from members.imports.register import FIELDS, Record, Register
from members.imports.rows import Person, people
from members.models import MemberStatus, NumberKind, PartyMember
from members.models.imports import RowState
from portal.dates import elapsed
from portal.vietnamese import comparison_key

NO_TABLE = (
    "Không tìm thấy bảng danh sách: cần một dòng tiêu đề có “Họ và tên” và ít nhất một cột khác "
    "(ngày sinh, số thẻ, ngày vào Đảng …)."
)
#: Full 18 to full 60 at admission, counted by month (29-QĐ/TW 1.1).
YOUNGEST, OLDEST = 18 * 12, 60 * 12
NUMBERS = (NumberKind.CARD, NumberKind.CITIZEN)
_DATES = ("born_on", "admission_decision_on", "admitted_on", "official_on")


@dataclass
class Verdict:
    sheet: str
    number: int
    state: RowState
    name: str
    remarks: list[Remark]
    #: {field: [before, after]}, as JSON can hold it.
    changes: dict[str, list[Any]] = field(default_factory=dict)
    member: int | None = None

    def told(self) -> dict[str, Any]:
        """What `import_members --json` prints."""
        return {
            "sheet": self.sheet,
            "row": self.number,
            "state": str(self.state),
            "errors": [remark.told() for remark in self.remarks],
        }


@dataclass
class Check:
    """One pass over a workbook. `columns` fills up while `verdicts` is walked."""

    file: File[bytes]
    register: Register
    remembered: Mapping[str, str] = field(default_factory=dict)
    pivot: int | None = None
    default: int | None = None
    columns: list[dict[str, Any]] = field(default_factory=list)

    def verdicts(self) -> Iterator[Verdict]:
        """Row by row; `ValidationError` for a workbook that can't be a list at all."""
        today = timezone.localdate()
        seen: dict[tuple[str, str], Person] = {}
        tables = 0
        for sheet in workbook.read(self.file):
            table = find_table(sheet, self.remembered)
            if table is None:
                continue
            tables += 1
            self._note(sheet.title, table.columns)
            for person in people(sheet, table, pivot=self.pivot, today=today):
                yield _Judge(self, person, today).verdict(seen)
        if not tables:
            raise ValidationError(NO_TABLE, code="table")

    def _note(self, sheet: str, columns: Any) -> None:
        for one in columns:
            told = {"header": one.header, "key": one.key, "field": one.field, "sheets": [sheet]}
            known = next((each for each in self.columns if each["key"] == one.key), None)
            if known is None:
                self.columns.append(told)
            elif sheet not in known["sheets"]:
                known["sheets"].append(sheet)


def by_hand(values: Mapping[str, Any], register: Register, organization: int) -> Verdict:
    """One person typed into a form, before the same judge as a row of a list."""
    known = {name: value for name, value in values.items() if value not in (None, "")}
    check = Check(ContentFile(b""), register, default=organization)
    return _Judge(check, Person("", 0, known), timezone.localdate()).verdict({})


class _Judge:
    """One row before the register."""

    def __init__(self, check: Check, person: Person, today: datetime.date) -> None:
        self.check, self.register, self.person, self.today = check, check.register, person, today
        self.values, self.remarks = person.values, person.remarks

    def verdict(self, seen: dict[tuple[str, str], Person]) -> Verdict:
        self._meet_again(seen)
        organization = self._organization()
        match = self.register.match(self.person, organization)
        record = match.record
        if match.refusal:
            self._refuse("", "match", match.refusal)
        changes: dict[str, list[Any]] = {}
        if record is None:
            self._check_new(organization)
        else:
            changes = self._differences(record)
            self._check_found(record, changes, match.by, organization)
        self._check_values(record)
        if record is None and not self.person.is_wrong:
            changes = {name: ["", _plain(value)] for name, value in self.values.items() if name in FIELDS}
            changes["organization"] = [None, organization]
        return Verdict(
            sheet=self.person.sheet,
            number=self.person.number,
            state=self._state(record, changes),
            name=str(self.values.get("full_name") or (record or {}).get("full_name", ""))[:200],
            remarks=sorted(self.remarks, key=lambda remark: not remark.is_error),
            changes={} if self.person.is_wrong else changes,
            member=record["pk"] if record else None,
        )

    def _state(self, record: Record | None, changes: dict[str, list[Any]]) -> RowState:
        if self.person.is_wrong:
            return RowState.ERROR
        if record is not None and not changes:
            return RowState.SAME
        if self.remarks:
            return RowState.WARNING
        return RowState.NEW if record is None else RowState.CHANGED

    def _meet_again(self, seen: dict[tuple[str, str], Person]) -> None:
        """The same person twice in one list: by number, or by name and birthday."""
        values = self.values
        keys: list[tuple[str, str]] = [(name, values[name]) for name in NUMBERS if name in values]
        if "full_name" in values and "born_on" in values:
            keys.append(("full_name", f"{comparison_key(values['full_name'])} {values['born_on']}"))
        if self.person.record is not None:
            keys.append(("record", str(self.person.record)))
        for key in keys:
            if first := seen.setdefault(key, self.person):
                if first is self.person:
                    continue
                self._refuse(key[0], "twice", f"Trùng với dòng {first.number}, trang “{first.sheet}”.")
                return

    def _organization(self) -> int | None:
        """The cell of this row: by its own column, a line above, the title, the sheet, the choice made."""
        register, places = self.register, self.person.places
        if places:
            if (exact := register.place(places[0])) is not None:
                return exact
            for place in places:
                if (found := register.place_in(place)) is not None:
                    return found
        return self.check.default

    def _check_new(self, organization: int | None) -> None:
        if "full_name" not in self.values:
            self._refuse("full_name", "missing", "Thiếu họ và tên.")
        if organization is None:
            self._refuse(
                "organization", "organization", "Chưa rõ chi bộ, hoặc chi bộ không thuộc phạm vi quản lý."
            )
        elif organization in self.register.heads:
            name = self.register.organizations[organization].name
            self._refuse("organization", "organization", f"Chưa rõ thuộc chi bộ nào của {name}.")
        if "status" not in self.values:
            is_official = "official_on" in self.values or "card_number" in self.values
            self.values["status"] = MemberStatus.OFFICIAL if is_official else MemberStatus.PROBATIONARY
        same = self.register.by_place.get(
            (comparison_key(self.values.get("full_name", "")), organization or 0), []
        )
        if same:
            self._warn("full_name", "same_name", "Chi bộ đã có đồng chí cùng họ tên, ngày sinh khác.")

    def _check_found(
        self, record: Record, changes: dict[str, list[Any]], by: str, organization: int | None
    ) -> None:
        if by == "number" and {"full_name", "born_on"} <= changes.keys() and changes["born_on"][0]:
            self._refuse(
                "full_name",
                "another_person",
                f"Số này trong hồ sơ là của đồng chí {record['full_name']}, họ tên và ngày sinh đều khác.",
            )
        if by == "name" and (other := [name for name in NUMBERS if name in changes and changes[name][0]]):
            self._warn(other[0], "duplicate", "Trùng họ tên với một hồ sơ có số khác: xem đúng người không.")
        if record["exit_reason"]:
            self._warn("", "left", "Đồng chí này đã ra khỏi đảng bộ theo hồ sơ.")
        if self._names_another_place(record, organization):
            where = self.register.organizations[record["organization_id"]].name
            self._warn(
                "organization",
                "place",
                f"Hồ sơ ghi sinh hoạt ở {where}. Nhập danh sách không chuyển sinh hoạt: ghi ở hồ sơ.",
            )

    def _names_another_place(self, record: Record, organization: int | None) -> bool:
        """A list of a committee names those of its cells too: only a cell speaks for a place."""
        here = self.register.organizations.get(record["organization_id"])
        return bool(
            self.person.places
            and organization not in (None, self.check.default)
            and here is not None
            and organization not in here.path
        )

    def _differences(self, record: Record) -> dict[str, list[Any]]:
        return {
            name: [_plain(record[name]), _plain(value)]
            for name, value in self.values.items()
            if name in FIELDS and not _is_same(record[name], value)
        }

    def _check_values(self, record: Record | None) -> None:
        """What the record would be afterwards has to hold together."""
        after = {**(record or {}), **self.values}
        for name, value in self.values.items():
            most = PartyMember._meta.get_field(name).max_length  # type: ignore[union-attr]
            if isinstance(value, str) and most and len(value) > most:
                self._refuse(name, "long", f"Dài quá {most} chữ.")
        for name in NUMBERS:
            owner = self.register.taken[name].get(self.values.get(name, ""))
            if owner is not None and owner != (record or {}).get("pk"):
                # Neutral on purpose: it must not say whose it is (permissions, side channels).
                self._refuse(name, "taken", f"{label(name)} này không dùng được.")
        if after.get("status") == MemberStatus.PROBATIONARY and after.get("card_number"):
            self._refuse("card_number", "probationary", "Đảng viên dự bị chưa có thẻ đảng viên.")
        if "email" in self.values:
            try:
                PartyMember._meta.get_field("email").run_validators(self.values["email"])
            except ValidationError:
                self._refuse("email", "format", "Địa chỉ thư chưa đúng.")
        self._check_order(after)

    def _check_order(self, after: Record) -> None:
        touched = [name for name in _DATES if name in self.values]
        born, joined, official = after.get("born_on"), after.get("admitted_on"), after.get("official_on")
        decided = after.get("admission_decision_on")
        if not touched:
            return
        if decided and joined and joined < decided:
            self._refuse("admitted_on", "order", "Ngày vào Đảng trước ngày quyết định kết nạp.")
        if joined and official and official < joined:
            self._refuse("official_on", "order", "Ngày chính thức trước ngày vào Đảng.")
        if born and joined:
            if joined <= born:
                self._refuse("admitted_on", "order", "Ngày vào Đảng trước ngày sinh.")
            elif not YOUNGEST <= elapsed(born, joined)[0] <= OLDEST:
                self._warn("admitted_on", "age", "Khi vào Đảng chưa đủ 18 hoặc đã quá 60 tuổi.")

    def _refuse(self, name: str, code: str, message: str) -> None:
        self.remarks.append(Remark(_column(name), code, message, is_error=True))

    def _warn(self, name: str, code: str, message: str) -> None:
        self.remarks.append(Remark(_column(name), code, message))


def _column(name: str) -> str:
    return label(name) if name in HEADINGS else ""


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else "" if value is None else str(value)


def _is_same(before: Any, after: Any) -> bool:
    """Names differ by more than capitals or the place of a tone; everything else by what it says."""
    if isinstance(before, str) and isinstance(after, str):
        return before == after or comparison_key(before) == comparison_key(after)
    return bool(before == after)
