"""Whether enough delegates are in the room: the rules of quorum, and nothing else.

The base is always the delegates convened with a vote. Guests and stand-ins never count, neither
above nor below the line: a vote in the committee is personal (domain §2.2, items 4 and 6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from meetings.models import QuorumRule

_IN_WORDS = {
    QuorumRule.MORE_THAN_HALF: "quá một nửa",
    QuorumRule.TWO_THIRDS: "hai phần ba",
    QuorumRule.FIXED: "số đã quy định",
    QuorumRule.ALL: "toàn thể",
}


class Delegate(Protocol):
    """What quorum needs to know of one person on the list."""

    @property
    def pk(self) -> int: ...

    @property
    def has_vote(self) -> bool: ...


@dataclass(frozen=True)
class Count:
    """Voting delegates present, out of those convened, against the number needed."""

    present: int
    convened: int
    needed: int
    rule: str

    @property
    def is_reached(self) -> bool:
        # An empty list reaches nothing: a conference nobody was convened to can't be held.
        return self.convened > 0 and self.present >= self.needed

    @property
    def short_by(self) -> int:
        return max(self.needed - self.present, 0)

    @property
    def rule_in_words(self) -> str:
        return _IN_WORDS[QuorumRule(self.rule)]


def needed(rule: str, convened: int, fixed: int | None = None) -> int:
    """How many must be present of `convened`: of 27, more than half is 14 and two thirds 18."""
    match QuorumRule(rule):
        case QuorumRule.MORE_THAN_HALF:
            return convened // 2 + 1
        case QuorumRule.TWO_THIRDS:
            return -(-convened * 2 // 3)
        case QuorumRule.FIXED:
            if fixed is None:
                raise ValueError("a fixed quorum needs its number")
            return fixed
        case QuorumRule.ALL:
            return convened


def count(rule: str, convened: Iterable[Delegate], in_room: Iterable[int], fixed: int | None = None) -> Count:
    """Count voting delegates among `convened` whose keys are `in_room`; nobody counts twice."""
    voting = {delegate.pk for delegate in convened if delegate.has_vote}
    present = voting.intersection(in_room)
    return Count(
        present=len(present), convened=len(voting), needed=needed(rule, len(voting), fixed), rule=rule
    )


def sentence(count: Count, body: str, excused: int = 0, absent: int = 0) -> str:
    """What the minutes say: who is there, who must be, whether the conference can be held."""
    parts = [
        f"Có mặt {count.present} trên {count.convened} đại biểu chính thức của {body},"
        f" bằng {share(count.present, count.convened)}; cần có {count.needed} ({count.rule_in_words})."
    ]
    if missing := count.convened - count.present:
        parts.append(_absences(missing, excused, absent))
    parts.append("Hội nghị đủ điều kiện tiến hành." if count.is_reached else _not_reached(count))
    return " ".join(parts)


def share(part: int, whole: int) -> str:
    """One decimal with a comma, none when it is whole; of nothing it is "–", never 0%."""
    if not whole:
        return "–"
    tenths = (part * 2000 + whole) // (2 * whole)  # half up, without floating point
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}%"


def _absences(missing: int, excused: int, absent: int) -> str:
    if excused == missing:
        return f"Vắng {missing} đồng chí, đều có lý do."
    words = [
        f"{number} {label}" for number, label in ((excused, "có lý do"), (absent, "không lý do")) if number
    ]
    if late := missing - excused - absent:
        words.append(f"{late} chưa có mặt")
    return f"Vắng {missing} đồng chí: {', '.join(words)}."


def _not_reached(count: Count) -> str:
    return f"Còn thiếu {count.short_by} đồng chí, hội nghị chưa đủ điều kiện tiến hành."
