"""Party badges: who comes to one on which award day, proposals in and out of turn, awards, lost ones."""

import datetime
import io

import pytest
from cast import make_member
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from members import actions
from members.badges import award_days, forecast, next_badge, refusal
from members.models import (
    AwardDay,
    BadgeAward,
    BadgeKind,
    BadgeProposal,
    BadgeRule,
    ExitReason,
    Interruption,
    MemberStatus,
    PartyOrganization,
    ProposalState,
)
from portal.dates import months_later
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

D = datetime.date.fromisoformat
SECOND_OF_SEPTEMBER = D("2024-09-02")


def veteran(organization, decision, name="Lê Văn Cao", **fields):
    decided = D(decision) if isinstance(decision, str) else decision
    row = {"admission_decision_on": decided, "admitted_on": decided + datetime.timedelta(days=19)}
    return make_member(name, organization, **row | {"official_on": None} | fields)


def found(organization, award_on):
    here = PartyOrganization.objects.under([organization.pk])
    return {(one.member.pk, one.badge_years): one.reached_on for one in forecast(here, award_on)}


def test_award_days_of_a_year_come_from_rows_with_a_day(cast):
    AwardDay.objects.filter(day=7, month=11).update(valid_to=D("2024-12-31"))

    assert [day for day in award_days(D("2024-06-01")) if day.year == 2024] == [
        D("2024-02-03"),
        D("2024-05-19"),
        D("2024-09-02"),
        D("2024-11-07"),
    ]
    assert D("2025-11-07") not in award_days(D("2025-01-01"))


def test_thirty_years_count_from_the_decision_not_from_the_ceremony(cast):
    member = veteran(cast.a1, "1994-08-15", admitted_on=D("1994-09-03"))

    assert found(cast.a, SECOND_OF_SEPTEMBER) == {(member.pk, 30): D("2024-08-15")}


@pytest.mark.parametrize(
    ("decision", "is_due"), [("1994-05-20", True), ("1994-09-02", True), ("1994-09-03", False)]
)
def test_years_are_full_on_the_day_itself_and_no_day_later(cast, decision, is_due):
    member = veteran(cast.a1, decision)

    assert ((member.pk, 30) in found(cast.a, SECOND_OF_SEPTEMBER)) == is_due


def test_29_february_is_full_on_the_28th(cast):
    member = veteran(cast.a1, "1996-02-29")

    assert found(cast.a, D("2026-05-19")) == {(member.pk, 30): D("2026-02-28")}


def test_a_break_moves_the_day(cast):
    member = veteran(cast.a1, "1993-08-15")
    Interruption.objects.create(
        member=member, reason="Đứt liên lạc", valid_from=D("2000-01-01"), valid_to=D("2000-12-31")
    )

    assert found(cast.a, D("2023-09-02")) == {}
    assert found(cast.a, SECOND_OF_SEPTEMBER) == {(member.pk, 30): D("2024-08-15")}


def test_probationary_gone_and_other_peoples_members_are_left_out(cast):
    veteran(cast.a1, "1994-08-15", status=MemberStatus.PROBATIONARY)
    veteran(cast.a1, "1994-08-15", exit_reason=ExitReason.RESIGNED, exited_on=D("2020-01-01"))
    veteran(cast.b1, "1994-08-15")

    assert found(cast.a, SECOND_OF_SEPTEMBER) == {}


def test_who_missed_a_day_of_the_last_year_stays_until_awarded(cast):
    member = veteran(cast.a1, "1994-02-01")
    assert (member.pk, 30) in found(cast.a, SECOND_OF_SEPTEMBER)

    given(member, 30, cast.a1)

    assert found(cast.a, SECOND_OF_SEPTEMBER) == {}
    assert (member.pk, 30) in found(cast.a, D("2024-02-03"))


def given(member, years, organization, on="2024-02-03"):
    return BadgeAward.objects.create(
        member=member,
        organization=organization,
        badge_years=years,
        awarded_on=D(on),
        decision_number="9",
    )


def test_no_second_award_of_the_same_years_in_the_database(cast):
    given(cast.p_a2, 30, cast.a2)

    with pytest.raises(IntegrityError), transaction.atomic():
        given(cast.p_a2, 30, cast.a2, on="2024-05-19")


@pytest.mark.parametrize(
    ("kind", "award_on", "years", "words"),
    [
        (BadgeKind.REGULAR, "2024-09-02", 30, None),
        (BadgeKind.REGULAR, "2024-05-19", 30, "sau đợt trao 19/5/2024"),
        (BadgeKind.REGULAR, "2024-09-10", 30, "không phải là đợt trao"),
        (BadgeKind.REGULAR, "2024-09-02", 35, "Không có Huy hiệu 35 năm"),
        (BadgeKind.EARLY, "2023-08-15", 30, None),
        (BadgeKind.EARLY, "2023-08-14", 30, "tặng sớm không quá 12 tháng"),
        (BadgeKind.POSTHUMOUS, "2024-09-02", 30, "chỉ dành cho đồng chí đã từ trần"),
    ],
)
def test_what_speaks_against_a_proposal(cast, kind, award_on, years, words):
    member = veteran(cast.a1, "1994-08-15")

    said = refusal(member, badge_years=years, kind=kind, award_on=D(award_on))

    assert (said is None) if words is None else (words in said)


@pytest.mark.parametrize(("died", "words"), [("2023-08-15", None), ("2023-08-14", "quá 12 tháng")])
def test_posthumous_badge_within_a_year_of_its_years(cast, died, words):
    member = veteran(cast.a1, "1994-08-15", exit_reason=ExitReason.DECEASED, exited_on=D(died))

    said = refusal(member, badge_years=30, kind=BadgeKind.POSTHUMOUS, award_on=D("2023-09-02"))

    assert (said is None) if words is None else (words in said)


def test_two_years_early_from_seventy_years_on(cast):
    member = veteran(cast.a1, "1956-06-01", born_on=D("1930-01-01"))

    ask = {"badge_years": 70, "kind": BadgeKind.EARLY}
    assert refusal(member, award_on=D("2024-06-01"), **ask) is None
    assert "24 tháng" in refusal(member, award_on=D("2024-05-31"), **ask)


def test_rule_in_force_on_the_day_decides(cast):
    BadgeRule.objects.filter(badge_years=30).update(valid_to=D("2025-12-31"))
    member = veteran(cast.a1, "1996-08-15")

    assert found(cast.a, D("2026-09-02")) == {}
    assert "Không có Huy hiệu 30 năm" in refusal(
        member, badge_years=30, kind=BadgeKind.REGULAR, award_on=D("2026-09-02")
    )


def ripe(cast, name="Lê Văn Cao"):
    """Full on the last award day that has come."""
    day = max(day for day in award_days(timezone.localdate()) if day <= timezone.localdate())
    return veteran(cast.a1, months_later(day, -360), name), day


def test_proposal_becomes_an_award_by_one_decision(cast):
    member, day = ripe(cast)
    proposal = actions.propose_badge(member, badge_years=30, award_on=day, by=cast.sec_a)

    [award] = actions.award_badges([proposal], awarded_on=day, decision_number="12-QĐ/TU", by=cast.sec_a)

    assert (award.badge_years, award.organization, award.is_posthumous) == (30, cast.a1, False)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.AWARDED
    with pytest.raises(ValidationError, match="đã trao"):
        actions.award_badges([proposal], awarded_on=day, decision_number="13-QĐ/TU", by=cast.sec_a)
    with pytest.raises(ValidationError, match="đã được trao"):
        actions.propose_badge(member, badge_years=30, award_on=day, by=cast.sec_a)
    assert set(AuditEntry.objects.filter(about_id=member.pk).values_list("action", flat=True)) == {
        "members.propose_badge",
        "members.award_badge",
    }


def test_one_proposal_at_a_time_and_anew_after_it_is_withdrawn(cast):
    member, day = ripe(cast)
    proposal = actions.propose_badge(member, badge_years=30, award_on=day, by=cast.sec_a)
    with pytest.raises(ValidationError, match="đã được đề nghị"):
        actions.propose_badge(member, badge_years=30, award_on=day, by=cast.sec_a)

    actions.withdraw_proposal(proposal, by=cast.sec_a, reason="Chờ xác minh")

    assert actions.propose_badge(member, badge_years=30, award_on=day, by=cast.sec_a).pk != proposal.pk


def test_early_proposal_needs_its_reason(cast):
    member = veteran(cast.a1, months_later(timezone.localdate(), -354))

    with pytest.raises(ValidationError, match="ghi lý do"):
        actions.propose_badge(
            member, badge_years=30, award_on=timezone.localdate(), by=cast.sec_a, kind=BadgeKind.EARLY
        )


def test_badges_come_from_above_and_never_to_oneself(cast):
    member, day = ripe(cast)
    proposal = actions.propose_badge(member, badge_years=30, award_on=day, by=cast.sec_a)

    for user in (cast.sec_b, cast.off):
        with pytest.raises(PermissionDenied):
            actions.award_badges([proposal], awarded_on=day, decision_number="1", by=user)
    with pytest.raises(PermissionDenied):
        actions.propose_badge(cast.sec_a.member, badge_years=30, award_on=day, by=cast.sec_a)


def test_one_of_a_decision_that_fails_stops_all(cast):
    (first, day), (second, _) = ripe(cast), ripe(cast, "Lê Văn Thấp")
    ask = {"badge_years": 30, "award_on": day, "by": cast.sec_a}
    proposals = [actions.propose_badge(member, **ask) for member in (first, second)]
    given(second, 30, cast.a1)

    with pytest.raises(ValidationError):
        actions.award_badges(proposals, awarded_on=day, decision_number="1-QĐ/TU", by=cast.sec_a)

    assert not first.badge_awards.exists()


def test_lost_badge_given_anew_is_no_second_award(cast):
    award = given(cast.p_a2, 30, cast.a2)

    actions.reissue_badge(
        award, reason="Mất khi mưa lũ", decided_on=D("2025-01-10"), decision_number="3-QĐ/TU", by=cast.sec_a
    )

    assert (cast.p_a2.badge_awards.count(), award.reissues.count()) == (1, 1)
    with pytest.raises(ValidationError, match="từ ngày trao"):
        actions.reissue_badge(
            award, reason="Mất", decided_on=D("2023-01-10"), decision_number="4", by=cast.sec_a
        )


def test_page_proposes_the_marked_and_awards_them(cast, signed_in):
    client = signed_in(cast.sec_a)
    day = client.get(reverse("members:badges")).context["award_on"]
    marked = veteran(cast.a1, months_later(day, -360))
    veteran(cast.a1, months_later(day, -360), "Lê Văn Thấp")

    answer = client.post(reverse("members:badges_propose"), {"chon": [marked.pk]}, follow=True)

    assert "Đã đề nghị 1 đồng chí." in answer.content.decode()
    assert list(BadgeProposal.objects.values_list("member", "award_on")) == [(marked.pk, day)]
    assert (len(answer.context["found"]), answer.context["open"]) == (2, 1)
    refused = client.post(
        reverse("members:badges_award"),
        {
            "chon": [BadgeProposal.objects.get().pk],
            "decision_number": "12-QĐ/TU",
            "awarded_on": f"{day:%d/%m/%Y}",
        },
        follow=True,
    )
    assert "Ngày trao chưa đến" in refused.content.decode()


def test_workbook_holds_the_day_and_leaves_a_line(cast, signed_in):
    client = signed_in(cast.sec_a)
    day = client.get(reverse("members:badges")).context["award_on"]
    member = veteran(cast.a1, months_later(day, -360))
    veteran(cast.b1, months_later(day, -360), "Người Khác")

    answer = client.post(reverse("members:badges_export"), {"reason": "Trình Thường trực"})

    sheet = load_workbook(io.BytesIO(answer.getvalue())).active

    assert [row[1] for row in sheet.iter_rows(min_row=7, values_only=True)] == [member.full_name]
    assert AuditEntry.objects.get(action="members.export_badges").changes["count"] == [None, 1]


def test_forecast_costs_the_same_at_one_and_at_many(cast, signed_in, django_assert_max_num_queries):
    client, counts = signed_in(cast.sec_a), []
    day = client.get(reverse("members:badges")).context["award_on"]
    for number in (1, 20):
        for place in range(number):
            veteran(cast.a1, months_later(day, -360), f"Lê Văn Cao {number} {place}")
        with django_assert_max_num_queries(25) as asked:
            client.get(reverse("members:badges"))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_next_badge_of_a_member(cast):
    member = veteran(cast.a1, "1994-08-15")

    assert next_badge(member, D("2024-01-01")) == (30, D("2024-08-15"))
    given(member, 30, cast.a1, on="2024-09-02")
    assert next_badge(member, D("2024-10-01")) == (40, D("2034-08-15"))
