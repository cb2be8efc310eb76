"""Party badges: proposed, awarded by one decision, taken back before it, a lost one given anew."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from members.badges import refusal
from members.models import (
    BadgeAward,
    BadgeKind,
    BadgeProposal,
    BadgeReissue,
    PartyMember,
    ProposalState,
    User,
)
from members.permissions import can_award_badge, can_change_member
from portal import audit
from portal.dates import day

NOT_YOURS = "Huy hiệu của chính mình do cấp ủy quản lý đề nghị."
NOT_BY_YOU = "Trao Huy hiệu do cấp trên của tổ chức ghi, theo quyết định."


@audit.act
def propose_badge(
    member: PartyMember,
    *,
    badge_years: int,
    award_on: datetime.date,
    by: User,
    kind: BadgeKind = BadgeKind.REGULAR,
    reason: str = "",
) -> BadgeProposal:
    if not can_change_member(by, member):
        raise PermissionDenied(NOT_YOURS)
    member = PartyMember.objects.select_for_update().get(pk=member.pk)
    if sentence := refusal(member, badge_years=badge_years, kind=kind, award_on=award_on):
        raise ValidationError(sentence)
    proposal = BadgeProposal(
        member=member,
        organization=member.organization,
        badge_years=badge_years,
        kind=kind,
        award_on=award_on,
        reason=reason,
        proposed_by=by,
    )
    proposal.full_clean()
    proposal.save()
    audit.record(
        "members.propose_badge",
        about=member,
        by=by,
        summary=f"Đề nghị tặng Huy hiệu {badge_years} năm, đợt {day(award_on)}",
    )
    return proposal


@audit.act
def withdraw_proposal(proposal: BadgeProposal, *, by: User, reason: str) -> None:
    """A proposal is kept with the reason it was taken back; the member can be proposed anew."""
    proposal = _open(proposal)
    if not can_change_member(by, proposal.member):
        raise PermissionDenied(NOT_YOURS)
    if not reason.strip():
        raise ValidationError("Ghi lý do rút đề nghị.")
    proposal.state = ProposalState.WITHDRAWN
    proposal.save(update_fields=["state"])
    audit.record(
        "members.withdraw_badge",
        about=proposal.member,
        by=by,
        summary=f"Rút đề nghị Huy hiệu {proposal.badge_years} năm: {reason}",
    )


@audit.act
def award_badges(
    proposals: Iterable[BadgeProposal], *, awarded_on: datetime.date, decision_number: str, by: User
) -> list[BadgeAward]:
    """All of one decision, or none. The badge counts for the organisation the member was proposed by."""
    if not decision_number.strip():
        raise ValidationError("Ghi số quyết định tặng Huy hiệu.")
    if awarded_on > timezone.localdate():
        raise ValidationError("Ngày trao chưa đến; ghi khi đã trao.")
    return [_award(proposal, awarded_on, decision_number, by) for proposal in proposals]


def _award(proposal: BadgeProposal, awarded_on: datetime.date, decision_number: str, by: User) -> BadgeAward:
    proposal = _open(proposal)
    if not can_award_badge(by, proposal.member):
        raise PermissionDenied(NOT_BY_YOU)
    award = BadgeAward(
        member=proposal.member,
        organization=proposal.organization,
        badge_years=proposal.badge_years,
        awarded_on=awarded_on,
        decision_number=decision_number,
        is_posthumous=proposal.kind == BadgeKind.POSTHUMOUS,
    )
    award.full_clean()
    award.save()
    proposal.state = ProposalState.AWARDED
    proposal.save(update_fields=["state"])
    audit.record(
        "members.award_badge",
        about=proposal.member,
        by=by,
        summary=f"Trao Huy hiệu {award.badge_years} năm ngày {day(awarded_on)} theo {decision_number}",
    )
    return award


@audit.act
def reissue_badge(
    award: BadgeAward, *, reason: str, decided_on: datetime.date, decision_number: str, by: User
) -> BadgeReissue:
    """A lost badge is given anew; the award itself stays the one it was."""
    if not can_award_badge(by, award.member):
        raise PermissionDenied(NOT_BY_YOU)
    if not award.awarded_on <= decided_on <= timezone.localdate():
        raise ValidationError({"decided_on": "Ngày cấp lại từ ngày trao đến hôm nay."})
    reissue = BadgeReissue(award=award, reason=reason, decided_on=decided_on, decision_number=decision_number)
    reissue.full_clean()
    reissue.save()
    audit.record(
        "members.reissue_badge",
        about=award.member,
        by=by,
        summary=f"Cấp lại Huy hiệu {award.badge_years} năm theo {decision_number}",
    )
    return reissue


def _open(proposal: BadgeProposal) -> BadgeProposal:
    found = (
        BadgeProposal.objects.select_for_update(of=("self",))
        .select_related("member__organization", "organization")
        .get(pk=proposal.pk)
    )
    if found.state != ProposalState.PROPOSED:
        raise ValidationError(f"Đề nghị của đồng chí {found.member}: {found.get_state_display().lower()}.")
    return found
