"""Whose account it is: said by the number on the card, without looking through the register."""

import pytest
from django.urls import reverse
from django.utils import timezone

from members.models import MemberStatus, PartyMember, User

pytestmark = pytest.mark.django_db

CARD = "002.345.678"


@pytest.fixture
def carded(cast) -> PartyMember:
    member: PartyMember = cast.p_a2
    member.status, member.card_number = MemberStatus.OFFICIAL, CARD
    member.save()
    return member


def open_account(client, card_number):
    form = {"username": "moi", "full_name": "Người mới", "card_number": card_number}
    return client.post(reverse("admin:members_user_add"), form)


def test_account_belongs_to_the_member_with_the_card(cast, signed_in, carded):
    open_account(signed_in(cast.adm), CARD)

    assert User.objects.get(username="moi").member == carded


def test_unknown_card_opens_nothing(cast, signed_in):
    answer = open_account(signed_in(cast.adm), "999.999.999")

    assert "Không có đảng viên nào mang số thẻ này." in answer.content.decode()
    assert not User.objects.filter(username="moi").exists()


def test_one_member_has_one_account(cast, signed_in, carded):
    client = signed_in(cast.adm)
    open_account(client, CARD)

    form = {"username": "hai", "full_name": "Người thứ hai", "card_number": CARD}
    answer = client.post(reverse("admin:members_user_add"), form)

    assert "đã có tài khoản khác" in answer.content.decode()
    assert not User.objects.filter(username="hai").exists()


def test_saving_an_account_keeps_its_member(cast, signed_in, carded):
    client = signed_in(cast.adm)
    open_account(client, CARD)
    account = User.objects.get(username="moi")
    address = reverse("admin:members_user_change", args=[account.pk])

    fields = client.get(address).context["adminform"].form
    client.post(address, {name: fields[name].value() or "" for name in fields.fields} | {"phone": "0225"})

    account.refresh_from_db()
    assert (account.member, account.phone) == (carded, "0225")


def test_a_member_without_a_card_stays_with_the_account(cast, signed_in):
    cast.mem_a1.member.card_number = ""
    cast.mem_a1.member.save()
    member, client = cast.mem_a1.member, signed_in(cast.adm)
    address = reverse("admin:members_user_change", args=[cast.mem_a1.pk])

    fields = client.get(address).context["adminform"].form
    client.post(address, {name: fields[name].value() or "" for name in fields.fields})

    assert User.objects.get(pk=cast.mem_a1.pk).member == member


def test_a_role_is_given_from_today_unless_said_otherwise(cast, signed_in):
    page = signed_in(cast.adm).get(reverse("admin:members_rolegrant_add"))

    assert page.context["adminform"].form["valid_from"].value() == timezone.localdate()
