"""The base of the admin: who may enter, what it records, and the care for stale forms."""

import datetime

import pytest
from django.contrib.admin.sites import site
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse

from members.models import PartyOrganization, RoleGrant, User
from members.roles import Role
from portal.admin import PortalModelAdmin
from portal.admin.stale import MARK, mark_of

pytestmark = pytest.mark.django_db

PASSWORD = "mot mat khau du dai"


class OrganizationAdmin(PortalModelAdmin):
    fieldsets = [(None, {"fields": ["name", "short_name", "code", "level", "valid_from"]})]


def a_user(username: str, *roles: Role) -> User:
    user = User.objects.create_user(username, f"Đồng chí {username}", PASSWORD)
    for role in roles:
        RoleGrant.objects.create(
            user=user, role=role, reason="thử nghiệm", valid_from=datetime.date(2024, 1, 1)
        )
    return user


@pytest.fixture
def organization() -> PartyOrganization:
    return PartyOrganization.objects.create(
        name="Đảng bộ Khối", code="DBK", level="superior", valid_from=datetime.date(2020, 1, 1)
    )


@pytest.fixture
def administrator() -> User:
    return a_user("quan.tri", Role.ADMINISTRATOR)


def form_of(organization: PartyOrganization, administrator: User, **data: str):
    request = RequestFactory().post("/")
    request.user = administrator
    kind = OrganizationAdmin(PartyOrganization, site).get_form(request, organization, change=True)
    # The role may only look, so the admin leaves its fields out; the guard alone is held here.
    return kind(data, instance=organization)


def test_reader_is_refused_and_stranger_signs_in_on_our_page(client: Client) -> None:
    reader = a_user("ban.doc", Role.READER)

    stranger = client.get(reverse("admin:index"))
    client.force_login(reader)

    assert stranger.url.startswith(reverse("account:sign_in"))
    assert client.get(reverse("admin:index")).status_code in (302, 403)
    assert client.get(reverse("admin:login")).status_code == 403


def test_stale_form_is_refused_once_then_saved(organization: PartyOrganization, administrator: User) -> None:
    opened_as = mark_of(organization)
    PartyOrganization.objects.filter(pk=organization.pk).update(short_name="Khối")

    with transaction.atomic():
        first = form_of(PartyOrganization.objects.get(), administrator, **{MARK: opened_as})
        second = None
        refused = not first.is_valid()
        second = form_of(PartyOrganization.objects.get(), administrator, **{MARK: first.data_of_mark()})

    assert refused
    assert "sau khi đồng chí mở trang" in str(first.errors)
    assert second.is_valid()
