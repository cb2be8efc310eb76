"""Whether an organisation is as large as the Charter wants it: remarks with their basis, never refusals."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from members.models import BodyType, OrgLevel, PositionHolding, RuleBook, RuleCode
from members.tree import Branch


@dataclass(frozen=True)
class SizeRemark:
    sentence: str
    basis: str


def size_remarks(branch: Branch, official: int | None, day: datetime.date) -> list[SizeRemark]:
    """What the rules in force on the day say about an organisation whose people the reader may count; of
    these so many are `official`."""
    if official is None or branch.members is None:
        return []
    return list(_Sizes(branch, official, day).remarks())


class _Sizes:
    def __init__(self, branch: Branch, official: int, day: datetime.date) -> None:
        self.branch, self.official, self.day, self.rules = branch, official, day, RuleBook()

    def remarks(self) -> Iterator[SizeRemark]:
        level = self.branch.level
        if level in (OrgLevel.GRASSROOTS_CELL, OrgLevel.CELL):
            yield from self._cell(level == OrgLevel.GRASSROOTS_CELL)
        elif level == OrgLevel.GRASSROOTS_COMMITTEE:
            yield from self._committee()

    def _cell(self, is_grassroots: bool) -> Iterator[SizeRemark]:
        official = self.official
        least, most = self._value(RuleCode.CELL_LEAST), self._value(RuleCode.CELL_MOST)
        if official < least:
            yield self._say(
                RuleCode.CELL_LEAST, f"Có {official} đảng viên chính thức, cần ít nhất {least} đồng chí."
            )
        elif is_grassroots and official > most:
            yield self._say(
                RuleCode.CELL_MOST,
                f"Có {official} đảng viên chính thức; từ {most + 1} trở lên thì lập đảng bộ cơ sở.",
            )

    def _committee(self) -> Iterator[SizeRemark]:
        members, least = self.branch.members or 0, self._value(RuleCode.COMMITTEE_LEAST)
        if members < least:
            yield self._say(
                RuleCode.COMMITTEE_LEAST,
                f"Có {members} đảng viên, dưới {least}: cần cấp trên đồng ý bằng văn bản.",
            )
        if not self.branch.branches:
            yield self._say(RuleCode.COMMITTEE_LEAST, "Đảng bộ cơ sở phải có chi bộ trực thuộc.")
        seats, least = self._seats(BodyType.EXECUTIVE_COMMITTEE), self._value(RuleCode.STANDING_FROM)
        if seats >= least and not self._seats(BodyType.STANDING_COMMITTEE):
            yield self._say(
                RuleCode.STANDING_FROM,
                f"Cấp ủy có {seats} ủy viên, từ {least} trở lên thì bầu ban thường vụ; chưa ghi ai.",
            )

    def _seats(self, body_type: BodyType) -> int:
        return (
            PositionHolding.objects.on(self.day)
            .filter(organization=self.branch.organization, body__body_type=body_type)
            .values("member")
            .distinct()
            .count()
        )

    def _value(self, code: RuleCode) -> int:
        return self.rules.value(code, self.day)

    def _say(self, code: RuleCode, sentence: str) -> SizeRemark:
        return SizeRemark(sentence, self.rules.basis(code, self.day))
