"""Whose record anybody sees (permissions: P60–P62, P77, P78)."""

import datetime

import pytest

from members.models import PartyMember, PositionHolding, User

pytestmark = pytest.mark.django_db


def names(user: User) -> set[str]:
    return set(PartyMember.objects.visible_to(user).values_list("full_name", flat=True))


@pytest.mark.parametrize("who", ["mem_a1", "off", "edi", "adm", "chair_r"])
def test_own_record_only(cast, who):
    user = getattr(cast, who)

    assert names(user) == {user.full_name}


def test_secretary_sees_the_organisation_and_all_below(cast):
    assert names(cast.sec_a) == {"Nguyễn Văn Mười", "Trần Thị Sáu", "Dương Thị Ấn"}
    assert names(cast.sec_b) == {"Đỗ Thị Bình", "Bùi Văn Bắc", "Đặng Văn Hùng"}


def test_right_is_gone_the_day_after_the_term(cast):
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    PositionHolding.objects.filter(member=cast.sec_a.member).update(valid_to=yesterday)

    again = User.objects.get(pk=cast.sec_a.pk)

    assert names(again) == {"Trần Thị Sáu"}


def test_locked_account_sees_nothing(cast):
    cast.sec_a.is_active = False

    assert names(cast.sec_a) == set()
