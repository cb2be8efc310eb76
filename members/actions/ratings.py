"""Ratings are given a whole cell at a time, an organisation's own by its superior."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from members.models import (
    FourGoodsAssessment,
    OrganizationRating,
    PartyMember,
    PartyOrganization,
    QualityRating,
    RatingLevel,
    User,
)
from members.permissions import can_change_member, is_superior_of, manages
from members.ratings import (
    Cap,
    RatingPeriod,
    grassroots_of,
    member_cap,
    organization_cap,
    points_refusal,
    rule_of,
    to_be_rated,
)
from portal import audit
from portal.dates import day

NOT_YOURS = "Chỉ xếp loại đảng viên của tổ chức trong phạm vi quản lý."
NOT_BY_YOU = "Xếp loại tổ chức và danh hiệu bốn tốt do cấp trên của tổ chức ghi."
OVER_IN_RECORD = "Ghi ở trang Xếp loại của chi bộ, kèm lý do."


@dataclass(frozen=True)
class Given:
    """What one member is rated."""

    member: PartyMember
    level: RatingLevel
    points: int | None = None


@audit.act
def rate_members(
    organization: PartyOrganization,
    period: RatingPeriod,
    given: Sequence[Given],
    *,
    rated_on: datetime.date,
    by: User,
    decision_number: str = "",
    over_cap_reason: str = "",
) -> int:
    """Write the ratings of an organisation's own members; how many are new or changed.

    More than the cap needs a reason, which stays in the trail: the superior may allow more (21-HD/BTCTW).
    """
    if not manages(by, organization):
        raise PermissionDenied(NOT_YOURS)
    _check_day(period, rated_on)
    _one_after_the_other(organization, period)
    here = PartyOrganization.objects.filter(pk=organization.pk)
    expected = set(to_be_rated(here, period).values_list("member", flat=True))
    present = {
        row.member_id: row
        for row in QualityRating.objects.filter(year=period.year, quarter=period.quarter)
        .filter(member__in=[one.member for one in given])
        .select_for_update()
    }
    rule, changed = rule_of(period), 0
    for one in given:
        row = present.get(one.member.pk) or QualityRating(
            member=one.member, organization=organization, year=period.year, quarter=period.quarter
        )
        if (row.level, row.points) == (one.level, one.points):
            continue
        if one.member.pk not in expected or row.organization_id != organization.pk:
            raise ValidationError(f"Đồng chí {one.member} không xếp loại {period.label} ở tổ chức này.")
        if not can_change_member(by, one.member):
            raise PermissionDenied(f"Đồng chí {one.member}: {NOT_YOURS}")
        if sentence := points_refusal(one.level, one.points, rule):
            raise ValidationError(f"Đồng chí {one.member}: {sentence}")
        _write(
            row, level=one.level, points=one.points, rated_on=rated_on, decision_number=decision_number, by=by
        )
        changed += 1
    _check_cap(member_cap(organization, period), over_cap_reason, asks=changed > 0)
    if changed:
        audit.record(
            "members.rate_members",
            about=organization,
            by=by,
            summary=_told(f"Xếp loại {period.label}: {changed} đồng chí", over_cap_reason),
        )
    return changed


def _write(row: QualityRating, *, by: User, **values: Any) -> None:
    before = row.level
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    audit.record(
        "members.rate_member",
        about=row.member,
        by=by,
        summary=f"Xếp loại {row}",
        changes={"level": [before or None, row.level]},
    )


@audit.act
def rate_organization(
    organization: PartyOrganization,
    period: RatingPeriod,
    *,
    level: RatingLevel,
    rated_on: datetime.date,
    by: User,
    points: int | None = None,
    decision_number: str = "",
    over_cap_reason: str = "",
) -> OrganizationRating:
    """The superior rates an organisation, or corrects its rating."""
    if not is_superior_of(by, organization):
        raise PermissionDenied(NOT_BY_YOU)
    _check_day(period, rated_on)
    _one_after_the_other(organization.parent or organization, period)
    if sentence := points_refusal(level, points, rule_of(period)):
        raise ValidationError({"level": sentence})
    found = {"organization": organization, "year": period.year, "quarter": period.quarter}
    rating = OrganizationRating.objects.filter(**found).first() or OrganizationRating(**found)
    before, was = rating.level, rating.pk
    rating.level, rating.points, rating.rated_on = level, points, rated_on
    rating.decision_number = decision_number
    rating.full_clean()
    rating.save()
    asks = level == RatingLevel.EXCELLENT and before != level
    _check_cap(organization_cap(organization, period), over_cap_reason, asks=asks)
    audit.record(
        "members.rate_organization",
        about=organization,
        by=by,
        summary=_told(f"{'Sửa xếp' if was else 'Xếp'} loại tổ chức {period.label}", over_cap_reason),
        changes={"level": [before or None, level]},
    )
    return rating


@audit.act
def assess_four_goods(
    organization: PartyOrganization,
    year: int,
    *,
    assessed_on: datetime.date,
    by: User,
    decision_number: str = "",
    **goods: bool,
) -> FourGoodsAssessment:
    """The superior says which of the four goods an organisation had in a year."""
    if not is_superior_of(by, organization):
        raise PermissionDenied(NOT_BY_YOU)
    _check_day(RatingPeriod(year), assessed_on)
    found = {"organization": organization, "year": year}
    row = FourGoodsAssessment.objects.filter(**found).first() or FourGoodsAssessment(**found)
    before = row.goods if row.pk else None
    for name, has in goods.items():
        setattr(row, name, has)
    row.assessed_on, row.decision_number = assessed_on, decision_number
    row.full_clean()
    row.save()
    audit.record(
        "members.assess_four_goods",
        about=organization,
        by=by,
        summary=f"Xét bốn tốt năm {year}: {row.goods} trong 4 tốt",
        changes={"goods": [before, row.goods]},
    )
    return row


def place_rating(rating: QualityRating, *, by: User) -> None:
    """A rating entered in the record, one by one: it counts where the member belonged at the period's end,
    for nobody when that was outside the house, and must keep to the scale and the cap all the same."""
    rating.validate_constraints()
    period = RatingPeriod(rating.year, rating.quarter)
    if sentence := points_refusal(rating.level, rating.points, rule_of(period)):
        raise ValidationError({"level": sentence})
    place = rating.member.memberships.on(period.last).order_by("-valid_from").first()
    if place is None:
        return
    if not manages(by, place.organization):
        raise PermissionDenied(f"Cuối {period.label} đồng chí ở {place.organization}; nơi ấy ghi xếp loại.")
    rating.organization = place.organization
    _one_after_the_other(place.organization, period)
    cap = member_cap(place.organization, period)
    if cap is None or rating.level != RatingLevel.EXCELLENT:
        return
    levels = Counter(cap.levels)
    levels[RatingLevel.EXCELLENT] += 1
    with_it = Cap(cap.rule, levels, max(cap.missing - 1, 0), cap.unit)
    if with_it.is_over_for_good:
        raise ValidationError({"level": f"{with_it.sentence} {OVER_IN_RECORD}"})


def _check_day(period: RatingPeriod, rated_on: datetime.date) -> None:
    today = timezone.localdate()
    if period.first > today:
        raise ValidationError(f"Chưa đến {period.label}.")
    if not period.first <= rated_on <= today:
        raise ValidationError({"rated_on": f"Ngày xếp loại từ {day(period.first)} đến hôm nay."})


def _one_after_the_other(organization: PartyOrganization, period: RatingPeriod) -> None:
    """Two cells saved at once would each see the cap without the other."""
    whole = grassroots_of(organization, period.last) or organization
    PartyOrganization.objects.select_for_update(of=("self",)).get(pk=whole.pk)


def _check_cap(cap: Cap | None, reason: str, *, asks: bool) -> None:
    if asks and cap is not None and cap.is_over_for_good and not reason.strip():
        raise ValidationError({"over_cap_reason": f"{cap.sentence} Vẫn ghi thì nêu lý do."})


def _told(said: str, reason: str) -> str:
    return f"{said}; vượt tỷ lệ: {reason}" if reason.strip() else said
