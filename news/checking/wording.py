"""Official capitals (domain §8.7; Nghị định 30/2020 Phụ lục II for names): our texts, not a newspaper's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from members.owning_committee import owning_committee_on
from news.checking.findings import Finding
from news.checking.outline import Line, Outline
from news.checking.records import Records
from news.models import Article

_BODY = r"(?=\s+(?:[Đđ]ảng ủy|[Tt]hành ủy|[Hh]uyện ủy|[Qq]uận ủy|[Đđ]ảng bộ))"
#: What is written wrong, and the official form. A generic word stays small: chi bộ, đảng viên, cấp ủy.
_FORMS = [
    (re.compile(pattern), official)
    for pattern, official in [
        (r"\b(?:Ban chấp hành|ban chấp hành|ban Chấp hành)\b", "Ban Chấp hành"),
        (r"\b(?:Ban thường vụ|ban thường vụ|ban Thường vụ)\b", "Ban Thường vụ"),
        (r"\b(?:Ủy|ủy|Uỷ|uỷ) ban (?:kiểm tra)(?= (?:Đảng|Thành|đảng ủy|thành ủy))", "Ủy ban Kiểm tra"),
        (r"\b(?:Phó bí thư|phó bí thư|phó Bí thư)\b" + _BODY, "Phó Bí thư"),
        (r"(?<!Phó )(?<!phó )\bbí thư\b" + _BODY, "Bí thư"),
        (r"\bPhó [Bb]í thư thường trực\b", "Phó Bí thư Thường trực"),
        (r"\bđảng ủy (?=[Kk]hối\b)", "Đảng ủy "),
        (r"\bvăn phòng (?=(?:Thành|Đảng) ủy\b)", "Văn phòng "),
        (r"\bthành ủy\b", "Thành ủy"),
        (r"\bđiều lệ [Đđ]ảng\b", "Điều lệ Đảng"),
    ]
]
#: Generic words with a capital in the middle of a sentence.
_GENERIC = re.compile(r"(?<=[\wÀ-ỹ,;] )(Chi Bộ|Đảng Viên|Cấp Ủy|Cấp ủy|Đảng Bộ)\b")


def check(article: Article, outline: Outline, records: Records) -> Iterator[Finding]:
    committee = owning_committee_on(records.on)
    names = [name for name in (committee.name, committee.organization_name) if " " in name]
    for line in outline.lines:
        for written, official in dict(_wrong_in(line, names)).items():
            yield Finding(line.where, f"Viết “{written}”.", f"Viết “{official}”.", line.number)


def _wrong_in(line: Line, names: list[str]) -> Iterator[tuple[str, str]]:
    told: list[str] = []
    for name in names:
        for found in re.finditer(rf"\b{re.escape(name)}\b", line.words, re.IGNORECASE):
            if found[0] != name:
                told.append(found[0])
                yield found[0], name
    for pattern, official in _FORMS:
        for found in pattern.finditer(line.words):
            written = found[0].strip()
            if written != official.strip() and not any(written in name for name in told):
                yield written, official.strip()
    for found in _GENERIC.finditer(line.words):
        yield found[0], found[0].lower()
