"""The movements of one member as one story: every dated row of the record, newest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from members.models import DisciplinaryAction, LearningResult, PartyMember, Transfer, TransferKind, User
from portal.dates import day
from portal.vietnamese import comparison_key


@dataclass(frozen=True)
class Event:
    day: datetime.date
    what: str
    detail: str = ""
    paper: str = ""
    #: Which kind of entry and which row, when a mistake in it can be taken out here.
    kind: str = ""
    pk: int | None = None


def timeline(member: PartyMember, user: User) -> list[Event]:
    """As this reader may see it: discipline goes through its own, narrower door."""
    events = [
        *_joining(member),
        *_places(member),
        *_positions(member),
        *_recognition(member),
        *_discipline(member, user),
        *_leaving(member),
    ]
    return sorted(events, key=lambda event: event.day, reverse=True)


def _joining(member: PartyMember) -> Iterator[Event]:
    admission = getattr(member, "admission", None)
    paper = admission.decision_number if admission else ""
    if member.admission_decision_on:
        yield Event(member.admission_decision_on, "Quyết định kết nạp", paper=paper)
    if member.admitted_on:
        where = admission.organization.name if admission else ""
        yield Event(member.admitted_on, "Lễ kết nạp tại chi bộ", where)
    if member.official_on:
        yield Event(member.official_on, "Công nhận đảng viên chính thức")


def _places(member: PartyMember) -> Iterator[Event]:
    moved = {transfer.moved_on for transfer in member.transfers.all() if _moves(transfer)}
    for transfer in member.transfers.select_related("from_organization", "to_organization"):
        detail = f"{transfer.origin} → {transfer.destination}"
        if transfer.until:
            detail += f", đến hết {day(transfer.until)}; vẫn tính ở nơi đi"
        yield Event(transfer.moved_on, transfer.get_kind_display(), detail, transfer.decision_number)
    for row in member.memberships.select_related("organization"):
        # The transfer has told it already.
        if row.valid_from not in moved:
            detail = row.organization.name
            if row.reason and comparison_key(row.reason) not in comparison_key(detail):
                detail += f" · {row.reason}"
            yield Event(row.valid_from, "Sinh hoạt đảng", detail, row.decision_number)
    for exemption in member.exemptions.all():
        what = "Miễn công tác và sinh hoạt đảng"
        until = f", đến hết {day(exemption.valid_to)}" if exemption.valid_to else ""
        yield Event(
            exemption.valid_from,
            what,
            exemption.reason + until,
            exemption.decision_number,
            "mien-sinh-hoat",
            exemption.pk,
        )
    for relief in member.fee_reliefs.all():
        until = f", đến hết {day(relief.valid_to)}" if relief.valid_to else ""
        yield Event(
            relief.valid_from,
            f"Đảng phí: {relief}",
            relief.reason + until,
            relief.decision_number,
            "giam-dang-phi",
            relief.pk,
        )
    for gap in member.interruptions.all():
        until = f", đến hết {day(gap.valid_to)}" if gap.valid_to else ""
        yield Event(gap.valid_from, "Gián đoạn", gap.reason + until, gap.decision_number, "gian-doan", gap.pk)


def _moves(transfer: Transfer) -> bool:
    return transfer.kind != TransferKind.TEMPORARY


def _positions(member: PartyMember) -> Iterator[Event]:
    for holding in member.holdings.all():
        begun = holding.get_begun_by_display()
        yield Event(holding.valid_from, holding.title, f"bắt đầu, {begun}", holding.decision_number)
        if holding.valid_to and holding.ended_by:
            ended = holding.get_ended_by_display()
            yield Event(holding.valid_to, holding.title, f"kết thúc, {ended}", holding.end_decision_number)


def _recognition(member: PartyMember) -> Iterator[Event]:
    for badge in member.badge_awards.all():
        posthumous = " (truy tặng)" if badge.is_posthumous else ""
        what = f"Huy hiệu {badge.badge_years} năm tuổi Đảng{posthumous}"
        yield Event(badge.awarded_on, what, paper=badge.decision_number)
    for award in member.awards.all():
        yield Event(
            award.decided_on, award.title, award.given_by, award.decision_number, "khen-thuong", award.pk
        )
    for rating in member.ratings.all():
        what = f"Xếp loại {rating}"
        yield Event(
            rating.rated_on, what, rating.get_level_display(), rating.decision_number, "xep-loai", rating.pk
        )
    for row in member.enrollments.select_related("course").exclude(result=LearningResult.LEFT):
        said = f"{row.course.name}, {row.get_result_display().lower()}" if row.result else row.course.name
        yield Event(row.course.ends_on, "Học xong lớp bồi dưỡng", said, row.certificate_number)


def _discipline(member: PartyMember, user: User) -> Iterator[Event]:
    rows = DisciplinaryAction.objects.visible_to(user).filter(member=member).select_related("decided_by")
    for row in rows:
        yield Event(
            row.decided_on,
            f"Kỷ luật: {row.get_level_display().lower()}",
            " · ".join(filter(None, [row.decided_by.name, row.matter])),
            row.decision_number,
            "ky-luat",
            row.pk,
        )


def _leaving(member: PartyMember) -> Iterator[Event]:
    told = set()
    for row in member.departures.select_related("decided_by"):
        told.add(row.left_on)
        decided_by = row.decided_by.name if row.decided_by else ""
        detail = " · ".join(filter(None, [row.get_reason_display(), decided_by, row.note]))
        yield Event(row.left_on, "Ra khỏi Đảng", detail, row.decision_number, "ra-khoi-dang", row.pk)
    if member.exited_on and member.exited_on not in told:
        yield Event(member.exited_on, "Ra khỏi đảng bộ", member.get_exit_reason_display())
