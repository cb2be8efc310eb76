"""The registers in the admin: what each role finds there (permissions: P81–P84)."""

import datetime

import pytest
from cast import grant
from django.apps import apps
from django.urls import reverse

from members.models import HoldingEnded, PositionHolding, RoleGrant, User
from members.roles import Role
from portal.admin.stale import MARK, mark_of
from portal.models import AuditEntry, Notice

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)


def lists(signed_in, user) -> set[str]:
    """The models of members whose list opens to this person."""
    client = signed_in(user)
    return {
        model._meta.model_name
        for model in apps.get_app_config("members").get_models()
        if model._meta.model_name in ADMIN_MODELS
        and client.get(reverse(f"admin:members_{model._meta.model_name}_changelist")).status_code == 200
    }


ADMIN_MODELS = {
    "user",
    "rolegrant",
    "partyorganization",
    "owningcommittee",
    "body",
    "term",
    "position",
    "partymember",
    "positionholding",
    "target",
    "admission",
    "badgeaward",
    "trainingcourse",
    "inspection",
}


def test_each_role_finds_its_registers_and_no_other(cast, signed_in):
    assert lists(signed_in, cast.mem_a1) == lists(signed_in, cast.edi) == set()
    assert lists(signed_in, cast.adm) == {
        "user",
        "rolegrant",
        "partyorganization",
        "owningcommittee",
        "body",
        "term",
        "position",
    }
    assert lists(signed_in, cast.off) == {"partyorganization", "body", "term", "position", "positionholding"}
    assert lists(signed_in, cast.sec_a) == {
        "partymember",
        "positionholding",
        "partyorganization",
        "target",
        "admission",
        "badgeaward",
        "trainingcourse",
        "inspection",
    }


def test_secretary_lists_and_finds_the_own_subtree_only(cast, signed_in):
    client = signed_in(cast.sec_a)
    address = reverse("admin:members_partymember_changelist")

    everybody = client.get(address).content.decode()
    searched = client.get(address, {"q": "hung"}).content.decode()

    assert "Dương Thị Ấn" in everybody
    assert "Đặng Văn Hùng" not in everybody + searched


def test_record_outside_the_subtree_is_not_there(cast, signed_in):
    address = reverse("admin:members_partymember_change", args=[cast.p_b1.pk])

    assert "Đặng Văn Hùng" not in signed_in(cast.sec_a).get(address, follow=True).content.decode()


@pytest.mark.parametrize("who", ["mem_a1", "sec_a", "off", "edi"])
def test_only_an_administrator_makes_accounts_and_gives_roles(cast, signed_in, who):
    client = signed_in(getattr(cast, who))

    for name in ("user", "rolegrant"):
        assert client.get(reverse(f"admin:members_{name}_add")).status_code in (302, 403)
    client.post(
        reverse("admin:members_rolegrant_add"),
        {"user": getattr(cast, who).pk, "role": "administrator", "reason": "x", "valid_from": "24/11/2026"},
    )
    assert not RoleGrant.objects.filter(user=getattr(cast, who), role="administrator").exists()


def give(client, user, role="editor"):
    return client.post(
        reverse("admin:members_rolegrant_add"),
        {"user": user.pk, "role": role, "reason": "Phân công mới", "valid_from": "24/11/2026"},
    )


def test_role_given_in_the_admin_names_the_giver(cast, signed_in):
    give(signed_in(cast.adm), cast.mem_a1)

    grant_row = RoleGrant.objects.get(user=cast.mem_a1)
    assert (grant_row.granted_by, grant_row.role) == (cast.adm, Role.EDITOR)
    assert AuditEntry.objects.filter(action="members.grant_role", actor=cast.adm).exists()


def test_role_taken_by_oneself_is_announced_to_the_other_administrators(cast, signed_in):
    grant(cast.off2, Role.ADMINISTRATOR)

    give(signed_in(cast.adm), cast.adm)

    assert AuditEntry.objects.filter(action="members.take_role", actor=cast.adm).exists()
    notice = Notice.objects.get(kind="members.role_taken")
    assert [row.user for row in notice.deliveries.all()] == [cast.off2]


def test_secretary_ends_a_seat_below_but_not_his_own(cast, signed_in):
    below = PositionHolding.objects.create(
        member=cast.p_a2,
        position=cast.secretary,
        organization=cast.a2,
        title="Bí thư Chi bộ Phòng An Hai",
        begun_by="elected",
        valid_from=datetime.date(2022, 1, 1),
    )
    own = PositionHolding.objects.get(member=cast.sec_a.member)
    client = signed_in(cast.sec_a)
    form = {"valid_to": "01/11/2026", "ended_by": "retired", "end_decision_number": "5-QĐ"}

    for holding in (below, own):
        address = reverse("admin:members_positionholding_change", args=[holding.pk])
        client.post(address, form | {MARK: mark_of(holding)})

    below.refresh_from_db()
    own.refresh_from_db()
    assert (below.valid_to, below.ended_by) == (datetime.date(2026, 11, 1), HoldingEnded.RETIRED)
    assert own.valid_to is None


def test_administrator_sets_a_first_password_and_locks(cast, signed_in):
    client = signed_in(cast.adm)
    user = cast.mem_a1
    form = {
        "username": "mem_a1",
        "full_name": user.full_name,
        "email": "",
        "phone": "",
        "new_password": "mưa rơi ngoài hiên cũ",
        MARK: mark_of(user),
    }

    client.post(reverse("admin:members_user_change", args=[user.pk]), form)
    both = {"action": "lock", "_selected_action": [user.pk, cast.adm.pk]}
    client.post(reverse("admin:members_user_changelist"), both)

    user.refresh_from_db()
    assert user.check_password("mưa rơi ngoài hiên cũ")
    assert set(User.objects.filter(is_active=False)) == {user}
