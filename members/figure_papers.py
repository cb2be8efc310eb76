"""The report of a period as a paper in the Party's form (.docx), and its figures as a workbook (.xlsx)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from members.balance import CODES, Balance
from members.issuers import issuer_of
from members.models import PartyOrganization
from members.places import Names
from members.report_figures import Told, by_code, year_before
from members.statistics import INDICATORS, Figure, Group, of_groups, percent
from portal import dates, workbooks
from portal.docx import Head, Heading, Paper, Signature, blank_number
from portal.numbers import number
from portal.numbers import percent as percent_text
from portal.richtext.blocks import Block, Cell, Table, paragraph

MARK = "BC"
#: What a report tells under which heading; indicators in brackets make one clause.
PARTS: list[tuple[str, list[tuple[str, ...]]]] = [
    ("Phát triển đảng viên", [("admissions",)]),
    ("Trao tặng Huy hiệu Đảng", [("badges",)]),
    (
        "Bồi dưỡng nhận thức về Đảng, lý luận chính trị",
        [("awareness-courses", "awareness-learners"), ("new-member-courses", "new-member-learners")],
    ),
    ("Công tác kiểm tra", [("inspected-organizations", "inspected-members")]),
    ("Biến động đảng viên", [(code,) for code in of_groups(Group.BALANCE)]),
    ("Cơ cấu đảng viên", [(code,) for code in of_groups(Group.STRUCTURE)]),
    ("Kiểm tra, giám sát theo chủ thể", [(code,) for code in of_groups(Group.INSPECTION)]),
    ("Kỷ luật, đơn thư", [(code,) for code in of_groups(Group.DISCIPLINE)]),
]


@dataclass(frozen=True)
class Account:
    """What is reported: whose figures, of which period, up to which day."""

    organization: PartyOrganization
    #: As it was called on the last day counted.
    name: str
    #: 9 tháng năm 2024
    period: str
    until: datetime.date
    told: list[Told]
    recipient: str = ""
    number: str = ""


def period_words(until: datetime.date) -> str:
    """9 tháng năm 2024 for any day of September; năm 2024 for December."""
    return f"năm {until.year}" if until.month == 12 else f"{until.month} tháng năm {until.year}"


def report_paper(account: Account) -> Paper:
    """The text from the figures; what is to be done next the office adds in Word."""
    issuer = issuer_of(account.organization, account.name, account.until)
    return Paper(
        title=f"Báo cáo kết quả {account.period}",
        day=account.until,
        head=Head(
            issuer.superior,
            issuer.name,
            f"Số {account.number}" if account.number else blank_number(MARK, issuer.letters),
            f"{issuer.place}, ngày       tháng       năm {account.until.year}",
            is_draft=not account.number,
        ),
        type_name="Báo cáo",
        abstract=f"kết quả công tác xây dựng Đảng {account.period}",
        body=(*_text(account), *_table(account)),
        signatures=(Signature(f"T/M {issuer.signs}"),),
        recipients=(
            *([f"- {account.recipient},"] if account.recipient else []),
            f"- Lưu {issuer.name}.",
        ),
    )


def _text(account: Account) -> Iterator[Block | Heading]:
    told = by_code(account.told)
    yield paragraph(
        f"Số liệu cộng dồn từ ngày 01/01/{account.until.year}, chốt đến hết ngày {dates.day(account.until)}. "
        f"{account.name} báo cáo kết quả {account.period} như sau:"
    )
    yield Heading("I", f"Kết quả {account.period}")
    # A report sent before an indicator was counted says nothing of it.
    parts = [part for part in PARTS if any(code in told for codes in part[1] for code in codes)]
    for place, (title, clauses) in enumerate(parts, start=1):
        yield Heading(str(place), title)
        said = [_clause([told[code] for code in codes if code in told]) for codes in clauses]
        words = "; ".join(clause for clause in said if clause)
        yield paragraph(f"{_capital(words)}." if words else "Trong kỳ chưa có.")
        for one in (told[code] for codes in clauses for code in codes if code in told):
            yield from (paragraph(line, mark="-") for line in _remarks(one, account.until))
    if all(code in told for code in CODES):
        yield paragraph(Balance([told[code] for code in CODES]).sentence)


def _clause(told: list[Told]) -> str:
    """tổ chức 2 lớp bồi dưỡng nhận thức về Đảng cho 144 quần chúng, đoàn viên ưu tú"""
    counted = [one for one in told if one.value]
    if not counted:
        return ""
    words = " ".join(one.sentence for one in counted)
    # "và 9 đảng viên" goes on from what stands before it; alone it begins the clause.
    first = counted[0]
    if first.code == "inspected-members":
        return f"kiểm tra {number(first.value)} đảng viên"
    return words


def _remarks(one: Told, until: datetime.date) -> Iterator[str]:
    if one.target:
        expected = percent(until.month, 12)
        assert one.attainment is not None  # there is a target
        ahead = one.attainment - expected
        pace = (
            f"vượt {number(ahead)} điểm so với kỳ vọng"
            if ahead > 0
            else f"chậm {number(-ahead)} điểm so với kỳ vọng"
            if ahead
            else "đúng kỳ vọng"
        )
        share = f", theo tỷ lệ {one.share}" if one.share else ""
        yield (
            f"Đạt {percent_text(one.attainment)} chỉ tiêu được giao cả năm ({number(one.target)}{share}); "
            f"{pace} đến ngày chốt số liệu ({percent_text(expected)})."
        )
    if one.estimate is not None:
        yield f"{one.label}: ước cả kỳ {number(one.estimate)}."
    is_result = INDICATORS[one.code].group == Group.RESULTS
    if is_result and one.last_year is not None and (one.value or one.last_year):
        yield f"{one.label}: cùng kỳ năm trước {number(one.last_year)}, {one.change}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


HEADS = ("TT", "Chỉ tiêu", "Cùng kỳ năm trước", "Thực hiện", "Chỉ tiêu năm", "Đạt", "So với cùng kỳ")
WIDTHS = (0.6, 3.6, 1.3, 1.2, 1.2, 1.1, 1.5)


def _table(account: Account) -> Iterator[Block | Heading]:
    yield Heading("II", "Bảng số liệu")
    head = tuple(_cell(words, is_head=True) for words in HEADS)
    rows = [
        (
            _cell(str(place), align="center"),
            _cell(one.label),
            _cell(number(one.last_year), align="right"),
            _cell(number(one.value), align="right"),
            _cell(number(one.target), one.share, align="right"),
            _cell(percent_text(one.attainment), align="right"),
            _cell(one.change, align="center"),
        )
        for place, one in enumerate(account.told, start=1)
    ]
    yield Table((head, *rows), head=1, widths=WIDTHS)


def _cell(*lines: str, is_head: bool = False, align: str = "") -> Cell:
    return Cell(tuple(paragraph(line, align=align) for line in lines if line), is_head=is_head)


COLUMNS: list[tuple[str, float]] = [
    ("Số TT", 6),
    ("Chỉ tiêu, tổ chức đảng", 52),
    ("Cùng kỳ năm trước", 13),
    ("Thực hiện", 12),
    ("Chỉ tiêu năm", 12),
    ("Giao theo tỷ lệ", 18),
    ("Đạt", 10),
    ("So với cùng kỳ", 16),
]


def figures_book(account: Account) -> bytes:
    """The table of the screen, then each figure by organisation."""
    issuer = issuer_of(account.organization, account.name, account.until)
    return workbooks.write(
        title=f"Chỉ tiêu và kết quả {account.period}, số liệu đến {dates.day(account.until)}",
        issuer=(issuer.superior, issuer.name),
        columns=COLUMNS,
        rows=_lines(account.told, account.until),
    )


def _lines(told: Iterable[Told], until: datetime.date) -> Iterator[list[workbooks.Value] | workbooks.Band]:
    told = list(told)
    group: Group | None = None
    for place, one in enumerate(told, start=1):
        if INDICATORS[one.code].group != group:
            group = INDICATORS[one.code].group
            yield workbooks.Band(group.label)
        yield [
            place,
            one.label,
            one.last_year,
            one.value,
            one.target,
            one.share or None,
            percent_text(one.attainment),
            one.change,
        ]
    for one in told:
        if one.figure and one.value and one.figure.definition.is_split:
            yield workbooks.Band(one.label)
            yield from _shares(one.figure, until)


def _shares(figure: Figure, until: datetime.date) -> Iterator[list[workbooks.Value]]:
    before = Figure(figure.definition, figure.organization, year_before(until)).by_organization()
    last_year = {share.organization.pk: share.value for share in before}
    shares = figure.by_organization()
    called = Names(share.organization for share in shares)
    for place, share in enumerate(shares, start=1):
        then = last_year.get(share.organization.pk)
        told = Told(figure.code, "", share.value, share.target, then)
        yield [
            place,
            share.name(called),
            then,
            share.value,
            share.target,
            share.given.share or None if share.given else None,
            percent_text(told.attainment),
            told.change,
        ]
