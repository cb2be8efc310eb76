"""A member belongs to one organisation at a time: the database keeps it, and what ends on a day begins the
next."""

import datetime
from importlib import import_module

import pytest
from cast import Cast, reorganize
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from members import actions
from members.actions import reorganization
from members.models import Departure, ExitReason, Membership, ReorgKind, TransferKind

pytestmark = pytest.mark.django_db

D = datetime.date.fromisoformat
UPGRADE = import_module("members.migrations.0029_membership_one_at_a_time")


def stays(member) -> list[tuple[str, str, str | None]]:
    rows = member.memberships.order_by("valid_from").values_list(
        "organization__code", "valid_from", "valid_to"
    )
    return [(code, str(first), last and str(last)) for code, first, last in rows]


def belong(member, organization, since, until=None):
    return Membership.objects.create(
        member=member, organization=organization, valid_from=D(since), valid_to=until and D(until)
    )


def move(cast, on):
    kind = TransferKind.INTERNAL
    actions.transfer_member(cast.p_a2, by=cast.sec_a, kind=kind, to_organization=cast.a1, moved_on=D(on))


@pytest.mark.parametrize(("since", "until"), [("2019-01-01", "2020-08-05"), ("2024-01-01", None)])
def test_second_membership_of_a_day_is_refused(cast: Cast, since, until):
    with pytest.raises(IntegrityError, match="membership_one_at_a_time"), transaction.atomic():
        belong(cast.p_a2, cast.b1, since, until)

    belong(cast.p_a2, cast.b1, "2019-01-01", "2020-08-04")
    assert len(stays(cast.p_a2)) == 2


def test_transfer_ends_on_the_eve(cast: Cast):
    move(cast, "2024-09-01")

    assert stays(cast.p_a2) == [("A2", "2020-08-05", "2024-08-31"), ("A1", "2024-09-01", None)]


def test_reorganization_the_day_after_a_transfer_and_its_undo(cast: Cast):
    move(cast, "2024-09-01")
    before = stays(cast.p_a2)

    row = reorganize(cast, ReorgKind.ABSORB, cast.a1, on=D("2024-09-02"), target=cast.a2)
    assert stays(cast.p_a2)[1:] == [("A1", "2024-09-01", "2024-09-01"), ("A2", "2024-09-02", None)]

    reorganization.undo(row, by=type(cast.off).objects.get(pk=cast.off.pk), reason="Ghi nhầm")
    assert stays(cast.p_a2) == before


def test_departure_is_not_taken_back_over_a_membership_since(cast: Cast, signed_in):
    row = Departure(member=cast.p_a2, reason=ExitReason.DECEASED, left_on=D("2024-09-26"))
    actions.enter(row, by=cast.sec_a)
    belong(cast.p_a2, cast.b1, "2024-10-01")

    address = reverse("members:withdraw", args=[cast.p_a2.pk, "ra-khoi-dang", row.pk])
    answer = signed_in(cast.sec_a).post(address, {"reason": "Ghi nhầm người"})

    assert "đã sinh hoạt ở một tổ chức khác" in answer.content.decode()
    assert Departure.objects.exists()


def test_upgrade_names_the_rows_that_clash_and_no_person(cast: Cast):
    UPGRADE.refuse_clashes(apps, None)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE members_membership DROP CONSTRAINT membership_one_at_a_time")
    one, other = cast.p_a2.memberships.get(), belong(cast.p_a2, cast.b1, "2024-01-01")

    with pytest.raises(ValueError, match=f"đồng chí {cast.p_a2.pk}: dòng {one.pk} và {other.pk}"):
        UPGRADE.refuse_clashes(apps, None)
