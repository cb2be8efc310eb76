"""Whether the members at the beginning and at the end of a period agree with who came and who went:
start + admitted + moved in − moved out − deceased − struck off − expelled − left = end (domain §5.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from members.models import PartyMember, User
from members.report_figures import Told, by_code
from members.statistics import Figure
from portal.numbers import number

START, END = "members-at-start", "members-at-end"
INCREASES = ("admissions", "moved-in", "handed-in")
DECREASES = ("moved-out", "handed-out", "deceased", "struck-off", "expelled", "resigned")
CODES = (START, *INCREASES, *DECREASES, END)
#: More than these are said by number only.
NAMED = 20


@dataclass(frozen=True)
class Unexplained:
    """Somebody whose rows do not agree; without a name for who may not see the record."""

    why: str
    organization: str
    member: PartyMember | None


@dataclass(frozen=True)
class Balance:
    """The lines of one organisation and period, in the order of `CODES`."""

    told: Sequence[Told]

    @cached_property
    def lines(self) -> dict[str, Told]:
        return by_code(self.told)

    @property
    def expected(self) -> int:
        """What the members at the end ought to be."""
        value = {code: one.value for code, one in self.lines.items()}
        came = sum(value[code] for code in INCREASES)
        return value[START] + came - sum(value[code] for code in DECREASES)

    @property
    def difference(self) -> int:
        return self.lines[END].value - self.expected

    @property
    def sentence(self) -> str:
        start, end = self.lines[START].value, self.lines[END].value
        came = sum(self.lines[code].value for code in INCREASES)
        went = sum(self.lines[code].value for code in DECREASES)
        sum_words = (
            f"Đầu kỳ {number(start)}, tăng {number(came)}, giảm {number(went)}, "
            f"phải còn {number(self.expected)}"
        )
        if not self.difference:
            return f"{sum_words}: đúng bằng số cuối kỳ."
        more = "nhiều hơn" if self.difference > 0 else "ít hơn"
        return f"{sum_words}; sổ cuối kỳ có {number(end)}, {more} {number(abs(self.difference))} đảng viên."

    def unexplained(self, user: User) -> tuple[list[Unexplained], int]:
        """Whose rows make the difference, the first of them by name, and how many more there are. Asked only
        where the numbers do not agree."""
        if not self.difference:
            return [], 0
        weighed = {code: _people(one.figure) for code, one in self.lines.items() if one.figure}
        left: Counter[int] = Counter()
        for code, people in weighed.items():
            sign = -1 if code in (END, *DECREASES) else 1
            for pk in people:
                left[pk] += sign
        odd = sorted(pk for pk, weight in left.items() if weight)
        shown = odd[:NAMED]
        visible = PartyMember.objects.keys_for(user, shown)
        members = PartyMember.objects.select_related("organization").in_bulk(shown)
        found = [
            Unexplained(
                _why(pk, left[pk], weighed),
                members[pk].organization.name,
                members[pk] if pk in visible else None,
            )
            for pk in shown
        ]
        return found, len(odd) - len(found)


def _people(figure: Figure) -> list[int]:
    rows: QuerySet = figure.rows().order_by()  # type: ignore[type-arg]
    column = "pk" if rows.model is PartyMember else "member"
    return list(rows.values_list(column, flat=True))


def _why(pk: int, weight: int, weighed: dict[str, list[int]]) -> str:
    at_start, at_end = pk in weighed[START], pk in weighed[END]
    if weighed[START].count(pk) > 1 or weighed[END].count(pk) > 1:
        return "Có hai dòng quá trình sinh hoạt cùng một ngày."
    if weight < 0 and at_end:
        return "Có trong sổ cuối kỳ, chưa ghi kết nạp hay chuyển đến trong kỳ."
    if weight < 0:
        return "Đã ghi giảm trong kỳ, đầu kỳ không có trong sổ."
    if at_start:
        return "Có trong sổ đầu kỳ, cuối kỳ không còn, chưa ghi lý do giảm."
    return "Đã ghi kết nạp hay chuyển đến trong kỳ, cuối kỳ không có trong sổ."
