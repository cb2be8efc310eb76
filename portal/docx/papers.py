"""What a paper in the Party's form consists of, whoever writes it and whatever it is about (domain §1)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from portal.richtext.blocks import Block


@dataclass(frozen=True)
class Head:
    """The block on top of page 1: superior and issuing body, number line, place and date. A draft says
    so under its number."""

    superior: str
    issuer: str
    number: str
    place_and_date: str
    is_draft: bool = False


@dataclass(frozen=True)
class Heading:
    """A numbered part. `number` is "I", "1" or "1.1"; the layout says what stands between it and `text`.
    `rest` goes on in the same line, not in bold."""

    number: str
    text: str
    rest: str = ""


@dataclass(frozen=True)
class Signature:
    """`authority` is in capitals and bold ("T/L BAN THƯỜNG VỤ"), `office` in capitals below it, `name`
    without a title; empty where it is to be filled in by hand."""

    authority: str
    office: str = ""
    name: str = ""


@dataclass(frozen=True)
class Paper:
    """`signatures` stand from left to right; with `recipients` the left half is theirs. `day` is the one
    by which the layout is chosen."""

    title: str
    day: datetime.date
    head: Head
    type_name: str
    abstract: str
    body: tuple[Block | Heading, ...]
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    is_landscape: bool = False
