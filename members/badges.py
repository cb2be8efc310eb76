"""Who comes to a badge when: the days badges are given on, a forecast for one of them, and what speaks
against a proposal. Years are those of `members.seniority`, counted from the admission decision."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from members.models import (
    AwardDay,
    BadgeAward,
    BadgeKind,
    BadgeProposal,
    BadgeRule,
    ExitReason,
    Interruption,
    MemberStatus,
    PartyMember,
    PartyOrganization,
    ProposalState,
)
from members.seniority import PartyAge, party_age
from portal.dates import day as said
from portal.dates import months_later

YEAR = 12
#: Days shown ahead, two years of the usual four.
DAYS_AHEAD = 8
#: The end of a month may move an anniversary by so much against the plain calendar.
MARGIN = datetime.timedelta(days=3)
#: Who was due on one of the days of the last year and has no badge yet is named beside the new ones.
MISSED_DAYS = 4


@dataclass(frozen=True)
class Coming:
    """A member, the badge, and the day its years are full."""

    member: PartyMember
    badge_years: int
    reached_on: datetime.date
    award_on: datetime.date
    proposal: BadgeProposal | None = None
    award: BadgeAward | None = None

    @property
    def is_open(self) -> bool:
        return self.proposal is None and self.award is None


def award_days(around: datetime.date) -> list[datetime.date]:
    """The days of two years before to three years after, by the rows in force on `around`, in order."""
    rows = list(AwardDay.objects.on(around))
    found = []
    for year in range(around.year - 2, around.year + 4):
        for row in rows:
            # A 29 February stands in leap years alone.
            try:
                found.append(datetime.date(year, row.month, row.day))
            except ValueError:
                continue
    return sorted(found)


def coming_days(today: datetime.date) -> list[datetime.date]:
    return [day for day in award_days(today) if day >= today][:DAYS_AHEAD]


def forecast(organizations: QuerySet[PartyOrganization], award_on: datetime.date) -> list[Coming]:
    """Members of these organisations whose years are full after the award day before and not after this
    one; whoever was due in the year before and has no badge comes first. Seven queries for any number."""
    days = [day for day in award_days(award_on) if day <= award_on]
    if not days or days[-1] != award_on:
        return []
    previous = days[-2] if len(days) > 1 else datetime.date.min
    since = days[-2 - MISSED_DAYS] if len(days) > 1 + MISSED_DAYS else days[0]
    years = sorted(BadgeRule.objects.on(award_on).values_list("badge_years", flat=True), reverse=True)
    if not years:
        return []
    found = [
        coming
        for member in _within_reach(organizations, since, award_on, years)
        if (coming := _coming(member, years, since, award_on))
    ]
    dealt = _dealt_with(found)
    return sorted(
        (one for one in dealt if one.reached_on > previous or one.award is None),
        key=lambda one: (-one.badge_years, one.member.sort_key, one.member.pk),
    )


def _within_reach(
    organizations: QuerySet[PartyOrganization],
    since: datetime.date,
    award_on: datetime.date,
    years: list[int],
) -> QuerySet[PartyMember]:
    """Those whose anniversary may lie in the span; a break moves it, so these are all looked at."""
    near = Q()
    for number in years:
        first, last = months_later(since, -number * YEAR), months_later(award_on, -number * YEAR)
        near |= Q(start__range=(first - MARGIN, last + MARGIN))
    broken = Exists(Interruption.objects.filter(member=OuterRef("pk")))
    longest = months_later(award_on, -min(years) * YEAR)
    return (
        PartyMember.objects.current()
        .filter(organization__in=organizations, status=MemberStatus.OFFICIAL)
        .annotate(start=Coalesce("seniority_from", "admission_decision_on"))
        .filter(near | (Q(broken) & Q(start__lte=longest)))
        .select_related("organization")
        .prefetch_related("interruptions")
    )


def _coming(
    member: PartyMember, years: list[int], since: datetime.date, award_on: datetime.date
) -> Coming | None:
    age = party_age(member, member.interruptions.all(), award_on)
    if isinstance(age, str):
        return None
    for number in years:
        if since < (reached := age.reaches(number)) <= award_on:
            return Coming(member, number, reached, award_on)
    return None


def _dealt_with(found: list[Coming]) -> list[Coming]:
    members = [one.member.pk for one in found]
    proposals = {
        (row.member_id, row.badge_years): row
        for row in BadgeProposal.objects.filter(member__in=members).exclude(state=ProposalState.WITHDRAWN)
    }
    awards = {(row.member_id, row.badge_years): row for row in BadgeAward.objects.filter(member__in=members)}
    return [
        Coming(
            one.member,
            one.badge_years,
            one.reached_on,
            one.award_on,
            proposals.get((one.member.pk, one.badge_years)),
            awards.get((one.member.pk, one.badge_years)),
        )
        for one in found
    ]


def by_organization(found: Iterable[Coming]) -> list[tuple[PartyOrganization, int]]:
    """How many of each organisation, in the order of the tree."""
    counted = Counter(one.member.organization_id for one in found)
    places = PartyOrganization.objects.filter(pk__in=counted).in_tree_order()
    return [(place, counted[place.pk]) for place in places]


def refusal(member: PartyMember, *, badge_years: int, kind: BadgeKind, award_on: datetime.date) -> str | None:
    """Why this member can't be proposed so, in a sentence; None when he can."""
    rule = BadgeRule.objects.on(award_on).filter(badge_years=badge_years).first()
    if rule is None:
        return f"Không có Huy hiệu {badge_years} năm tuổi Đảng."
    if member.badge_awards.filter(badge_years=badge_years).exists():
        return f"Đồng chí đã được trao Huy hiệu {badge_years} năm."
    age = party_age(member, member.interruptions.all(), award_on)
    if isinstance(age, str):
        return age
    return _untimely(member, age, rule, kind, award_on)


def _untimely(
    member: PartyMember, age: PartyAge, rule: BadgeRule, kind: BadgeKind, award_on: datetime.date
) -> str | None:
    reached = age.reaches(rule.badge_years)
    full = f"đủ {rule.badge_years} năm tuổi Đảng ngày {said(reached)}"
    is_dead = member.exit_reason == ExitReason.DECEASED
    if kind == BadgeKind.POSTHUMOUS:
        if not is_dead or member.exited_on is None:
            return "Truy tặng chỉ dành cho đồng chí đã từ trần; hồ sơ chưa ghi ngày từ trần."
        if reached > months_later(member.exited_on, rule.posthumous_months):
            return f"Đồng chí {full}, quá {rule.posthumous_months} tháng sau ngày từ trần."
        return None
    if member.exit_reason:
        return member.gone_sentence
    if kind == BadgeKind.EARLY:
        if reached > months_later(award_on, rule.early_months):
            return f"Đồng chí {full}; tặng sớm không quá {rule.early_months} tháng."
        return None
    if award_on not in award_days(award_on):
        return f"Ngày {said(award_on)} không phải là đợt trao Huy hiệu Đảng."
    if reached > award_on:
        return f"Đồng chí {full}, sau đợt trao {said(award_on)}."
    return None


def next_badge(member: PartyMember, today: datetime.date) -> tuple[int, datetime.date] | None:
    """The next number of years and the day they are full; None where there is no reckoning or no more."""
    age = party_age(member, member.interruptions.all(), today)
    if isinstance(age, str):
        return None
    highest = max(member.badge_awards.values_list("badge_years", flat=True), default=0)
    lately = months_later(today, -YEAR)
    for years in sorted(BadgeRule.objects.on(today).values_list("badge_years", flat=True)):
        if years > highest and age.reaches(years) > lately:
            return years, age.reaches(years)
    return None
