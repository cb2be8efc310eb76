"""The hash chain over the trail: a line that is changed or taken out later is noticed (ADR 0019).

A trigger keeps the hash of every line in its own transaction (`AuditSeal.content`), and waits for nobody.
`seal` joins what has been committed to the chain, one at a time. `verify` walks all of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from portal.models import AuditSeal
from portal.models.audit import CONTENT_OF
from portal.numbers import number

#: Whoever seals holds this lock until the end of the transaction; any number that nobody else uses.
LOCK = 7_301_964
BATCH = 2_000
#: What the first link hangs on.
BEGINNING = "0" * 64

_LINKS = f"""
    SELECT seal.position, seal.entry_id, seal.content, seal.chain, {CONTENT_OF.format(row="entry")}
    FROM portal_auditseal seal LEFT JOIN portal_auditentry entry ON entry.id = seal.entry_id
    WHERE seal.position > %s ORDER BY seal.position LIMIT {BATCH}
"""  # noqa: S608
_WAITING = f"""
    SELECT seal.entry_id, seal.content, {CONTENT_OF.format(row="entry")}
    FROM portal_auditseal seal LEFT JOIN portal_auditentry entry ON entry.id = seal.entry_id
    WHERE seal.position IS NULL ORDER BY seal.entry_id
"""  # noqa: S608
_UNSEALED = """
    SELECT min(entry.id) FROM portal_auditentry entry
    LEFT JOIN portal_auditseal seal ON seal.entry_id = entry.id WHERE seal.entry_id IS NULL
"""


@dataclass(frozen=True)
class Head:
    """The last link: who keeps it elsewhere can prove later that nothing was cut off after it."""

    position: int
    chain: str

    def __str__(self) -> str:
        return f"{self.position}:{self.chain}"


@dataclass(frozen=True)
class Verdict:
    holds: bool
    sentence: str
    head: Head


def seal() -> int:
    """Join what has been written since to the chain; how many lines. A second one at work leaves at once,
    and a line whose transaction ends later is joined at the next round."""
    joined = 0
    while batch := _seal_batch():
        joined += batch
    return joined


@transaction.atomic
def _seal_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
    last = head()
    waiting = list(AuditSeal.objects.filter(position=None).order_by("entry_id")[:BATCH])
    for one in waiting:
        last = Head(last.position + 1, link(last.chain, one.content))
        one.position, one.chain = last.position, last.chain
    AuditSeal.objects.bulk_update(waiting, ["position", "chain"])
    return len(waiting)


def head() -> Head:
    """The end of the chain as it stands."""
    last = AuditSeal.objects.filter(position__isnull=False).order_by("-position").first()
    return Head(last.position or 0, last.chain) if last else Head(0, BEGINNING)


def link(before: str, content: str) -> str:
    return hashlib.sha256(f"{before}{content}".encode()).hexdigest()


@transaction.atomic
def verify(noted: Head | None = None) -> Verdict:
    """Walk the whole chain, then the lines that wait for it. `noted` is a head kept elsewhere."""
    last = Head(0, BEGINNING)
    for position, entry, content, chain, actual in _links():
        if position != last.position + 1:
            return _broken(last, f"Mắt xích số {number(last.position + 1)} của nhật ký đã bị lấy ra.")
        if broken := _changed(entry, content, actual):
            return _broken(last, broken)
        last = Head(position, link(last.chain, content))
        if chain != last.chain:
            return _broken(last, f"Dòng nhật ký số {entry} không nối với dòng trước nó.")
        if noted and noted.position == position and noted.chain != chain:
            return _broken(last, f"Mắt xích số {number(position)} khác mã đã ghi lại: chuỗi đã bị làm lại.")
    if noted and noted.position > last.position:
        return _broken(last, f"Chuỗi dừng ở mắt xích số {number(last.position)}, phần sau đã bị cắt.")
    return _loose(last) or Verdict(
        True, f"Nhật ký nguyên vẹn: {number(last.position)} dòng nối liền nhau.", last
    )


def _links() -> Iterator[tuple[int, int, str, str, str | None]]:
    position = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_LINKS, [position])
            rows = cursor.fetchall()
            yield from rows
            if len(rows) < BATCH:
                return
            position = rows[-1][0]


def _loose(last: Head) -> Verdict | None:
    """What is wrong with lines that are in no chain yet, or never came into one."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        for entry, content, actual in cursor.fetchall():
            if broken := _changed(entry, content, actual):
                return _broken(last, broken)
        cursor.execute(_UNSEALED)
        entry = cursor.fetchone()[0]
    return _broken(last, f"Dòng nhật ký số {entry} được ghi mà không qua chuỗi.") if entry else None


def _changed(entry: int, content: str, actual: str | None) -> str:
    if actual is None:
        return f"Dòng nhật ký số {entry} đã bị xóa."
    return "" if actual == content else f"Dòng nhật ký số {entry} đã bị sửa."


def _broken(last: Head, sentence: str) -> Verdict:
    return Verdict(False, f"Nhật ký không còn nguyên vẹn. {sentence}", last)
