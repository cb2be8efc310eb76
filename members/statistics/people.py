"""How many members there are, who came and went, and who they are (domain §5.3)."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db.models import F, Prefetch, Q, QuerySet

from members.models import (
    Departure,
    ExitReason,
    Membership,
    MemberStatus,
    PartyMember,
    PoliticalTheoryLevel,
    Transfer,
    TransferKind,
)
from members.models.people import official_on
from members.statistics.definitions import Definition, Group, HandedOver, Stock, all_memberships
from portal.dates import months_later

MEMBERS = "đảng viên"
#: Years of age, both included; None is open.
AGES: list[tuple[int | None, int | None]] = [(None, 30), (31, 40), (41, 50), (51, 60), (61, None)]
#: What stands in the register for the majority, and for what is not known.
NO_MINORITY = ("", "Kinh", "kinh", "KINH")
#: What stands in the register for none.
NO_RELIGION = ("", "Không", "không", "Không có", "Không theo đạo nào")


def _transfers() -> QuerySet[Transfer]:
    """A temporary one moves nobody: he is counted where he comes from (29-QĐ/TW)."""
    moved = Transfer.objects.exclude(kind=TransferKind.TEMPORARY)
    return moved.select_related("member", "from_organization", "to_organization")


def _left() -> QuerySet[PartyMember]:
    decided = Departure.objects.select_related("decided_by")
    return PartyMember.objects.select_related("organization").prefetch_related(
        Prefetch("departures", decided)
    )


def _gone(code: str, label: str, sentence: str, reason: ExitReason) -> Definition:
    return Definition(
        code=code,
        label=label,
        sentence=sentence,
        unit=MEMBERS,
        all_rows=_left,
        among=lambda day: Q(exit_reason=reason),
        day="exited_on",
        group=Group.BALANCE,
    )


def _recognised() -> QuerySet[Membership]:
    """Each with the organisation he belonged to on the day."""
    day = F("member__official_on")
    stays_on = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return all_memberships().filter(stays_on, valid_from__lte=day)


BALANCE: list[Definition] = [
    Stock(
        code="members-at-start",
        label="Đảng viên đầu kỳ",
        sentence="đầu kỳ có {} đảng viên",
        unit=MEMBERS,
        is_at_start=True,
        group=Group.BALANCE,
    ),
    Definition(
        code="moved-in",
        label="Đảng viên chuyển đến",
        sentence="{} đảng viên chuyển đến",
        unit=MEMBERS,
        all_rows=_transfers,
        day="moved_on",
        organization="to_organization",
        other_end="from_organization",
        group=Group.BALANCE,
    ),
    HandedOver(
        code="handed-in",
        label="Chuyển đến cùng tổ chức đảng",
        sentence="{} đảng viên chuyển đến cùng tổ chức đảng",
        unit=MEMBERS,
        group=Group.BALANCE,
    ),
    Definition(
        code="moved-out",
        label="Đảng viên chuyển đi",
        sentence="{} đảng viên chuyển đi",
        unit=MEMBERS,
        all_rows=_transfers,
        day="moved_on",
        organization="from_organization",
        other_end="to_organization",
        group=Group.BALANCE,
    ),
    HandedOver(
        code="handed-out",
        label="Chuyển đi cùng tổ chức đảng",
        sentence="{} đảng viên chuyển đi cùng tổ chức đảng",
        unit=MEMBERS,
        is_arrival=False,
        group=Group.BALANCE,
    ),
    _gone("deceased", "Đảng viên từ trần", "{} đảng viên từ trần", ExitReason.DECEASED),
    _gone("struck-off", "Đảng viên bị xóa tên", "xóa tên {} đảng viên", ExitReason.STRUCK_OFF),
    _gone("expelled", "Đảng viên bị khai trừ", "khai trừ {} đảng viên", ExitReason.EXPELLED),
    _gone("resigned", "Đảng viên xin ra khỏi Đảng", "{} đảng viên xin ra khỏi Đảng", ExitReason.RESIGNED),
    Stock(
        code="members-at-end",
        label="Đảng viên cuối kỳ",
        sentence="cuối kỳ có {} đảng viên",
        unit=MEMBERS,
        group=Group.BALANCE,
    ),
]


def is_probationary(day: datetime.date) -> Q:
    unknown = Q(member__official_on__isnull=True, member__status=MemberStatus.PROBATIONARY)
    return Q(member__official_on__gt=day) | unknown


def _who(code: str, label: str, sentence: str, among: Callable[[datetime.date], Q]) -> Stock:
    return Stock(code=code, label=label, sentence=sentence, unit=MEMBERS, among=among, group=Group.STRUCTURE)


def _aged(first: int | None, last: int | None) -> Stock:
    """Full years on the day counted."""

    def among(day: datetime.date) -> Q:
        who = Q(member__born_on__isnull=False)
        if first is not None:
            who &= Q(member__born_on__lte=months_later(day, -12 * first))
        if last is not None:
            who &= Q(member__born_on__gt=months_later(day, -12 * (last + 1)))
        return who

    words = f"từ {first} đến {last}" if first and last else f"trên {first - 1}" if first else f"đến {last}"
    return _who(f"aged-{first or 0}-{last or 'up'}", f"Tuổi {words}", f"{{}} đồng chí tuổi {words}", among)


def _trained(level: PoliticalTheoryLevel) -> Stock:
    words = f"lý luận chính trị {level.label.lower()}"
    return _who(
        f"theory-{level.value}",
        f"Trình độ {words}",
        f"{{}} đồng chí có trình độ {words}",
        lambda day: Q(member__political_theory=level),
    )


STRUCTURE: list[Definition] = [
    _who(
        "official",
        "Đảng viên chính thức",
        "{} đảng viên chính thức",
        lambda day: official_on(day, "member__"),
    ),
    _who("probationary", "Đảng viên dự bị", "{} đảng viên dự bị", is_probationary),
    Definition(
        code="recognised",
        label="Được công nhận chính thức trong kỳ",
        sentence="công nhận {} đảng viên chính thức",
        unit=MEMBERS,
        all_rows=_recognised,
        day="member__official_on",
        group=Group.STRUCTURE,
    ),
    _who("women", "Nữ", "{} đồng chí nữ", lambda day: Q(member__sex="female")),
    _who(
        "minorities",
        "Dân tộc thiểu số",
        "{} đồng chí là người dân tộc thiểu số",
        lambda day: ~Q(member__ethnicity__in=NO_MINORITY),
    ),
    _who(
        "religious",
        "Theo tôn giáo",
        "{} đồng chí theo tôn giáo",
        lambda day: ~Q(member__religion__in=NO_RELIGION),
    ),
    *(_aged(first, last) for first, last in AGES),
    _who(
        "age-unknown",
        "Chưa ghi ngày sinh",
        "{} đồng chí chưa ghi ngày sinh",
        lambda day: Q(member__born_on__isnull=True),
    ),
    *(_trained(level) for level in PoliticalTheoryLevel),
]
