"""Minutes of the handover after a reorganisation, and who hears of it."""

import datetime

import papers
import pytest
from cast import grant, hold, make_member, reorganize
from django.urls import reverse

from members.actions import reorganization
from members.actions.reorganization import Unit
from members.handover import decider, handovers
from members.models import OrgLevel, PartyOrganization, PositionHolding, ReorgKind, User
from members.notices import ReorganizationUndone, Reorganized
from members.roles import Role
from portal.models import AuditEntry, Delivery, Notice

pytestmark = pytest.mark.django_db

ON = datetime.date(2025, 7, 1)
NEW = Unit("Chi bộ Hợp nhất", "A9", OrgLevel.CELL)


@pytest.fixture
def merged(cast):
    return reorganize(cast, ReorgKind.MERGE, cast.a1, on=ON, others=(cast.a2,), units=(NEW,))


def minutes_of(client, row):
    return client.post(reverse("members:handover_minutes", args=[row.pk]))


def told(kind):
    return {
        (row.user.username, row.notice.url) for row in Delivery.objects.filter(notice__kind=kind) if row.user
    }


def test_minutes_say_who_hands_over_whom_with_counts(cast, merged, signed_in):
    probationer = make_member("Lê Thị Sau", PartyOrganization.objects.get(code="A9"))

    words = papers.text(minutes_of(signed_in(cast.sec_a), merged).content)

    assert "Chi bộ Phòng An Một giao, Chi bộ Hợp nhất nhận" in words
    assert "2 đảng viên, trong đó 2 chính thức, 0 dự bị" in words
    assert all(one.full_name in words for one in (cast.sec_a, cast.mem_a1, cast.p_a2))
    assert "112-QĐ/ĐUK, ngày 01/7/2025 về việc hợp nhất" in words
    assert probationer.full_name not in words
    line = AuditEntry.objects.get(action="members.take_handover_minutes")
    assert "3 đồng chí có tên" in line.summary


def test_minutes_of_a_cell_handed_over_count_it_as_it_stood_then(cast):
    row = reorganize(cast, ReorgKind.HAND_OVER, cast.a1, on=ON, target=cast.b)
    reorganize(cast, ReorgKind.DISSOLVE, cast.a1, on=datetime.date(2025, 9, 1), target=cast.b1)

    (one,) = handovers(row, User.objects.get(pk=cast.off.pk))

    assert (one.giver, one.receiver, one.members) == (cast.a.name, cast.b.name, 0)
    assert [(part.name, part.members) for part in one.branches] == [(cast.a1.name, 2)]
    assert decider(row) == cast.r


def test_people_who_are_not_the_readers_stay_unnamed(cast, merged):
    reader = User.objects.get(pk=cast.sec_b.pk)

    found = handovers(merged, reader)

    assert [(one.members, one.people) for one in found] == [(2, []), (1, [])]


def test_decision_that_moved_nobody_or_was_undone_has_no_minutes(cast, merged, signed_in):
    renamed = reorganize(cast, ReorgKind.RENAME, cast.b1, on=ON, units=(Unit("Chi bộ Mới", "B9", "cell"),))
    reorganization.undo(merged, by=merged.by, reason="Ghi nhầm")
    client = signed_in(merged.by)

    assert {minutes_of(client, row).status_code for row in (renamed, merged)} == {403}
    page = client.get(reverse("members:reorganization", args=[merged.pk])).content.decode()
    assert "Biên bản bàn giao" not in page


def test_managers_and_those_whose_office_ends_hear_of_a_decision(cast):
    hold(cast.mem_a1, cast.secretary, cast.a1)

    row = reorganize(cast, ReorgKind.ABSORB, cast.a1, on=ON, target=cast.a2)

    decision = reverse("members:reorganization", args=[row.pk])
    page = reverse("members:organization", args=[cast.a1.pk])
    assert told("members.reorganized") == {("sec_a", decision), ("mem_a1", page)}
    letters = {one.user.username: Reorganized().compose(one).text for one in Delivery.objects.all()}
    assert "2 đảng viên: Chi bộ Phòng An Một → " in letters["sec_a"]
    assert "đảng viên:" not in letters["mem_a1"]


def test_who_hands_a_cell_over_hears_nothing_of_the_receiver(cast):
    reorganize(cast, ReorgKind.HAND_OVER, cast.a1, on=ON, target=cast.b)

    flows = {one.user.username: one.notice.context["flows"] for one in Delivery.objects.select_related()}

    assert flows == {"sec_a": [], "sec_b": [f"{cast.a1.name}: {cast.a.name} → {cast.b.name}."]}


def test_who_was_told_is_told_that_it_was_taken_back(cast, merged):
    grant(cast.off2, Role.SECRETARY, cast.r)

    reorganization.undo(merged, by=User.objects.get(pk=cast.off2.pk), reason="Ghi nhầm số")

    assert {name for name, _ in told("members.reorganization_undone")} == {"sec_a", "off"}
    first = Delivery.objects.filter(notice__kind="members.reorganized")[0]
    assert Reorganized().refusal(first) == "Quyết định đã được hoàn tác."
    last = Delivery.objects.filter(notice__kind="members.reorganization_undone")[0]
    assert "Ghi nhầm số" in ReorganizationUndone().compose(last).text


def test_look_tells_nobody(cast):
    boss = reorganize(cast, ReorgKind.RENAME, cast.b1, on=ON, units=(NEW,)).by
    before = Notice.objects.count()
    source = PartyOrganization.objects.get(pk=cast.a2.pk)
    plan = reorganization.Plan(ReorgKind.DISSOLVE, "1-QĐ", ON, ON, source, target=cast.a1)

    reorganization.preview(plan, by=boss)

    assert Notice.objects.count() == before
    assert PositionHolding.objects.filter(valid_to__isnull=False).count() == 0
