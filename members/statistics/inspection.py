"""Inspection and supervision: who × whom × which; subjects are counted, not sessions (domain §5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Coalesce

from members.models import (
    InspectionKind,
    InspectionResult,
    InspectionSubject,
    Inspector,
    OrgLevel,
)
from members.statistics.definitions import Definition, Group


@dataclass(frozen=True)
class Side:
    """One of the sides a figure is told by: who acts, what they do, or whom they look at."""

    code: str
    label: str
    only: Q


def _at(*levels: OrgLevel) -> Q:
    return Q(inspector_level__in=levels)


_COMMITTEE, _COMMISSION = (
    Q(inspection__inspector=one) for one in (Inspector.COMMITTEE, Inspector.COMMISSION)
)
_HEAD = _at(OrgLevel.SUPERIOR)
_GRASSROOTS = _at(OrgLevel.GRASSROOTS_COMMITTEE, OrgLevel.SECTION)
_CELLS = _at(OrgLevel.GRASSROOTS_CELL, OrgLevel.CELL, OrgLevel.GROUP)
_IS_SUPERVISION = Q(inspection__kind=InspectionKind.SUPERVISION)
IS_INSPECTED = ~_IS_SUPERVISION
OF_ORGANIZATIONS, OF_MEMBERS = Q(organization__isnull=False), Q(member__isnull=False)

WHO = (
    Side("head-committee", "Cấp ủy cấp trên cơ sở", _COMMITTEE & _HEAD),
    Side("head-commission", "Ủy ban Kiểm tra cấp trên cơ sở", _COMMISSION & _HEAD),
    Side("grassroots-committee", "Đảng ủy cơ sở, đảng ủy bộ phận", _COMMITTEE & _GRASSROOTS),
    Side("grassroots-commission", "Ủy ban Kiểm tra đảng ủy cơ sở", _COMMISSION & _GRASSROOTS),
    Side("cells", "Chi bộ", _CELLS),
)
WHAT = (
    Side("inspected", "kiểm tra", IS_INSPECTED),
    Side("supervised", "giám sát", _IS_SUPERVISION),
)
WHOM = (
    Side("orgs", "tổ chức đảng", OF_ORGANIZATIONS),
    Side("members", "đảng viên", OF_MEMBERS),
)


def code_of(who: Side, what: Side, whom: Side) -> str:
    """No longer than `ReportedFigure.indicator` holds."""
    return f"{who.code}-{what.code}-{whom.code}"


def all_subjects() -> QuerySet[InspectionSubject]:
    """One inspection may have several: they are counted, not sessions (§5.3). `inspector_level` is that of
    the day: a cell that has been raised since inspected as a cell."""
    level, day = "inspection__organization__levels", F("inspection__concluded_on")
    until = Q(**{f"{level}__valid_to__isnull": True}) | Q(**{f"{level}__valid_to__gte": day})
    level_row = FilteredRelation(level, condition=until & Q(**{f"{level}__valid_from__lte": day}))
    return (
        InspectionSubject.objects.select_related("inspection__organization", "organization", "member")
        .annotate(level_row=level_row)
        .annotate(inspector_level=Coalesce("level_row__level", "inspection__organization__level"))
    )


def _counted(
    code: str, label: str, sentence: str, unit: str, only: Q, *, is_part: bool = False
) -> Definition:
    return Definition(
        code=code,
        label=label,
        sentence=sentence,
        unit=unit,
        all_rows=all_subjects,
        among=lambda day: only,
        day="inspection__concluded_on",
        organization="inspection__organization",
        is_part=is_part,
        group=Group.INSPECTION,
    )


INSPECTION: list[Definition] = [
    *(
        _counted(
            code_of(who, what, whom),
            f"{who.label} {what.label} {whom.label}",
            f"{who.label} {what.label} {{}} {whom.label}",
            whom.label,
            who.only & what.only & whom.only,
        )
        for who, what, whom in product(WHO, WHAT, WHOM)
    ),
    _counted(
        "found-violation",
        "Kết luận có vi phạm",
        "kết luận {} tổ chức, đảng viên có vi phạm",
        "đối tượng",
        Q(result__in=[InspectionResult.VIOLATION, InspectionResult.DISCIPLINE]),
    ),
    _counted(
        "found-to-discipline",
        "Trong đó phải thi hành kỷ luật",
        "trong đó {} phải thi hành kỷ luật",
        "đối tượng",
        Q(result=InspectionResult.DISCIPLINE),
        is_part=True,
    ),
]
#: What was found, of whomever by whomever.
FINDINGS = ("found-violation", "found-to-discipline")
