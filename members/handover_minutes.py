"""The minutes of a handover after a reorganisation, as a paper in the Party's form (.docx)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from members.handover import Handover, decider
from members.issuers import issuer_of
from members.models import PartyMember, Reorganization
from members.places import Names
from portal import dates
from portal.docx import Head, Heading, Paper, Signature, blank_number
from portal.numbers import number
from portal.richtext.blocks import Block, Cell, Table, paragraph

MARK = "BB"
#: So many parties sign side by side; more sign in a table.
MOST_SIDE_BY_SIDE = 2
TO_FILL_IN = "……………………………………"

PEOPLE = ("TT", "Họ và tên", "Ngày sinh", "Số thẻ đảng viên", "Ngày vào Đảng", "Ngày chính thức")
PEOPLE_WIDTHS = (0.6, 3.0, 1.4, 1.6, 1.4, 1.5)
BRANCHES = ("TT", "Tổ chức đảng", "Tổ chức bên dưới", "Số đảng viên")
BRANCHES_WIDTHS = (0.6, 5.0, 1.6, 1.6)
COUNTS = ("TT", "Tổ chức đảng", "Trước", "Sau")
PARTIES = ("Bên", "Tổ chức đảng", "Họ và tên, chức vụ", "Ký tên")
PARTIES_WIDTHS = (1.0, 3.6, 3.2, 2.0)


def handover_minutes(row: Reorganization, handed: Sequence[Handover]) -> Paper:
    """What stands in the register; who came, and the papers handed over, are written in by hand."""
    day = row.effective_on
    above = decider(row)
    issuer = issuer_of(above, Names([above]).on(day, above), day)
    givers = _once(one.giver for one in handed)
    receivers = _once(one.receiver for one in handed)
    signs_in_table = len(givers) + len(receivers) > MOST_SIDE_BY_SIDE
    return Paper(
        title=f"Biên bản bàn giao theo {row.decision_number}",
        day=day,
        head=Head(
            issuer.superior,
            issuer.name,
            blank_number(MARK, issuer.letters),
            f"{issuer.place}, ngày       tháng       năm {day.year}",
        ),
        type_name="Biên bản",
        abstract="bàn giao tổ chức đảng, đảng viên",
        body=(
            paragraph(
                f"Căn cứ Quyết định số {row.decision_number}, ngày {dates.day(row.decided_on)} về việc "
                f"{row.get_kind_display().lower()} tổ chức đảng, hiệu lực từ ngày {dates.day(day)};"
            ),
            paragraph(
                f"Hôm nay, ngày …… tháng …… năm {day.year}, tại {TO_FILL_IN}, các bên tiến hành bàn giao "
                "như sau:"
            ),
            *_parties(givers, receivers),
            *_content(handed),
            *_counts(row),
            *_end(givers, receivers, signs_in_table),
        ),
        signatures=() if signs_in_table else (Signature("Đại diện bên giao"), Signature("Đại diện bên nhận")),
    )


def _parties(givers: list[str], receivers: list[str]) -> Iterator[Block | Heading]:
    yield Heading("I", "Thành phần")
    for place, (side, names) in enumerate((("Bên giao", givers), ("Bên nhận", receivers)), start=1):
        yield Heading(str(place), side)
        for name in names:
            yield paragraph(f"{name}; đại diện: {TO_FILL_IN}, chức vụ: {TO_FILL_IN}", mark="-")


def _content(handed: Sequence[Handover]) -> Iterator[Block | Heading]:
    yield Heading("II", "Nội dung bàn giao")
    for place, one in enumerate(handed, start=1):
        yield Heading(str(place), f"{one.giver} giao, {one.receiver} nhận")
        if one.branches:
            yield paragraph(f"{number(len(one.branches))} tổ chức đảng, nguyên trạng:")
            rows = [[branch.name, branch.organizations, branch.members] for branch in one.branches]
            yield _table(BRANCHES, BRANCHES_WIDTHS, rows)
        if one.members:
            yield paragraph(
                f"{number(one.members)} đảng viên, trong đó {number(one.official)} chính thức, "
                f"{number(one.members - one.official)} dự bị; kèm {number(one.members)} bộ hồ sơ đảng viên "
                "và sổ danh sách đảng viên."
            )
            yield from _people(one)


def _people(one: Handover) -> Iterator[Block]:
    if one.people:
        yield _table(PEOPLE, PEOPLE_WIDTHS, [_person(person) for person in one.people])
    if left := one.members - len(one.people):
        yield paragraph(
            f"Danh sách {number(left)} đồng chí {'còn lại ' if one.people else ''}do tổ chức đảng đang "
            "quản lý lập kèm theo."
        )


def _person(person: PartyMember) -> list[Any]:
    days = (person.born_on, person.admitted_on, person.official_on)
    born, admitted, official = (dates.day(one) if one else "" for one in days)
    return [person.full_name, born, person.card_number, admitted, official]


def _counts(row: Reorganization) -> Iterator[Block | Heading]:
    yield Heading("III", "Số đảng viên trước và sau khi bàn giao")
    yield paragraph("Của từng tổ chức, cả các tổ chức bên dưới:")
    rows = [[one["name"], "" if one["before"] is None else one["before"], one["after"]] for one in row.counts]
    yield _table(COUNTS, BRANCHES_WIDTHS, rows)


def _end(givers: list[str], receivers: list[str], signs_in_table: bool) -> Iterator[Block]:
    yield paragraph(f"Hồ sơ, giấy tờ, tài sản khác bàn giao kèm theo: {TO_FILL_IN}")
    copies = len(givers) + len(receivers) + 1
    yield paragraph(
        f"Biên bản lập thành {copies:02d} bản có giá trị như nhau, mỗi bên giữ 01 bản, 01 bản gửi cấp trên."
    )
    if signs_in_table:
        sides = [("Giao", name) for name in givers] + [("Nhận", name) for name in receivers]
        rows = [tuple(_cell(words) for words in (side, name, "\n\n", "")) for side, name in sides]
        yield Table((tuple(_cell(one, is_head=True) for one in PARTIES), *rows), 1, PARTIES_WIDTHS)


def _table(heads: Sequence[str], widths: tuple[float, ...], rows: Sequence[Sequence[Any]]) -> Table:
    """Numbered lines; figures stand on the right."""
    lines = [
        (_cell(str(place), align="center"), *(_value(value) for value in row))
        for place, row in enumerate(rows, start=1)
    ]
    return Table((tuple(_cell(one, is_head=True) for one in heads), *lines), 1, widths)


def _value(value: Any) -> Cell:
    return _cell(number(value), align="right") if isinstance(value, int) else _cell(str(value))


def _cell(words: str, *, is_head: bool = False, align: str = "") -> Cell:
    return Cell((paragraph(words, align=align),), is_head=is_head)


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
