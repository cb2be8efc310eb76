"""Whether enough delegates are in the room, and how many a resolution needs: rules, and nothing else.

Present are only delegates convened with a vote. Guests and stand-ins never count, neither above nor
below the line: a vote in the committee is personal (domain §2.2, items 4 and 6). A resolution is
another question: it needs more than half of all incumbent members, whoever is there (item 5).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from meetings.models import QuorumBase, QuorumRule

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
    """Voting delegates present, out of those convened, against the number needed.

    `base` is what the number needed is reckoned on: those convened, or all `incumbents` of the body.
    """

    present: int
    convened: int
    needed: int
    rule: str
    base: str = QuorumBase.CONVENED
    incumbents: int | None = None

    @property
    def is_reached(self) -> bool:
        # An empty list reaches nothing: a conference nobody was convened to can't be held.
        return self.convened > 0 and self.present >= self.needed

    @property
    def short_by(self) -> int:
        return max(self.needed - self.present, 0)

    @property
    def rule_in_words(self) -> str:
        words = _IN_WORDS[QuorumRule(self.rule)]
        if self.base == QuorumBase.INCUMBENT and self.rule != QuorumRule.FIXED:
            return f"{words} trong {self.incumbents} ủy viên đương nhiệm"
        return words


@dataclass(frozen=True)
class Majority:
    """What a resolution needs: more than half of all incumbent members (Charter art. 9.5)."""

    incumbents: int

    @property
    def needed(self) -> int:
        """Of 21 members 11 must agree, also when 15 attend."""
        return self.incumbents // 2 + 1

    def sentence(self) -> str:
        return (
            f"Nghị quyết cần ít nhất {self.needed} phiếu tán thành, quá một nửa trong"
            f" {self.incumbents} ủy viên đương nhiệm."
        )


def needed(rule: str, base: int, fixed: int | None = None) -> int:
    """How many must be present of `base`: of 27, more than half is 14 and two thirds 18."""
    match QuorumRule(rule):
        case QuorumRule.MORE_THAN_HALF:
            return base // 2 + 1
        case QuorumRule.TWO_THIRDS:
            return -(-base * 2 // 3)
        case QuorumRule.FIXED:
            if fixed is None:
                raise ValueError("a fixed quorum needs its number")
            return fixed
        case QuorumRule.ALL:
            return base


def count(
    rule: str,
    convened: Iterable[Delegate],
    in_room: Iterable[int],
    fixed: int | None = None,
    incumbents: int | None = None,
) -> Count:
    """Count voting delegates among `convened` whose keys are `in_room`; nobody counts twice.

    With `incumbents` the number needed is reckoned on all members in office instead of those convened.
    """
    voting = {delegate.pk for delegate in convened if delegate.has_vote}
    present = voting.intersection(in_room)
    return Count(
        present=len(present),
        convened=len(voting),
        needed=needed(rule, len(voting) if incumbents is None else incumbents, fixed),
        rule=rule,
        base=QuorumBase.CONVENED if incumbents is None else QuorumBase.INCUMBENT,
        incumbents=incumbents,
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
