"""Discipline by its level, and the letters that came in (domain §5.3). Only the number is told of a level:
who it was opens in the record, through its own narrower door."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from members.models import DisciplinaryAction, DisciplineLevel, Petition
from members.statistics.definitions import Definition, Group


def _actions() -> QuerySet[DisciplinaryAction]:
    return DisciplinaryAction.objects.select_related("member", "decided_by")


def _petitions() -> QuerySet[Petition]:
    return Petition.objects.select_related("organization")


def _disciplined(code: str, label: str, sentence: str, *, is_part: bool = False, **only: str) -> Definition:
    return Definition(
        code=code,
        label=label,
        sentence=sentence,
        unit="đảng viên",
        all_rows=_actions,
        among=lambda day: Q(**only),
        day="decided_on",
        organization="decided_by",
        is_part=is_part,
        group=Group.DISCIPLINE,
    )


def _received(code: str, label: str, sentence: str, *, is_part: bool = False, **only: bool) -> Definition:
    return Definition(
        code=code,
        label=label,
        sentence=sentence,
        unit="đơn",
        all_rows=_petitions,
        among=lambda day: Q(**only),
        day="received_on",
        counts_people=False,
        is_part=is_part,
        group=Group.DISCIPLINE,
    )


DISCIPLINE: list[Definition] = [
    _disciplined("disciplined", "Đảng viên bị thi hành kỷ luật", "thi hành kỷ luật {} đảng viên"),
    *(
        _disciplined(
            f"discipline-{level.value}",
            f"Trong đó {level.label.lower()}",
            f"{level.label.lower()} {{}}",
            is_part=True,
            level=level.value,
        )
        for level in DisciplineLevel
    ),
    _received("petitions", "Đơn thư tiếp nhận", "tiếp nhận {} đơn thư"),
    _received(
        "anonymous-petitions",
        "Trong đó đơn giấu tên",
        "{} đơn giấu tên",
        is_part=True,
        is_anonymous=True,
    ),
]
