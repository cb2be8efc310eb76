"""The registers of conferences in the admin: who opens them, and where they lead."""

from collections.abc import Callable

import pytest
from cast import Cast
from conferences import Conferences
from django.test import Client
from django.urls import reverse

SignedIn = Callable[..., Client]


@pytest.mark.parametrize(
    ("model", "opens"),
    [("meeting", {"OFF", "SEC"}), ("meetingkind", {"OFF", "ADM"}), ("workprogram", {"OFF"})],
)
def test_who_opens_the_register(
    model: str, opens: set[str], cast: Cast, conferences: Conferences, signed_in: SignedIn
) -> None:
    address = reverse(f"admin:meetings_{model}_changelist")

    answers = {column for column, user in cast.six.items() if signed_in(user).get(address).status_code == 200}

    assert answers == opens


def test_secretary_finds_own_conferences_alone(
    conferences: Conferences, cast: Cast, signed_in: SignedIn
) -> None:
    page = signed_in(cast.sec_a).get(reverse("admin:meetings_meeting_changelist")).content.decode()

    assert conferences.m4.title in page
    assert conferences.m3.title not in page


def test_row_leads_to_the_page_of_the_conference(
    conferences: Conferences, cast: Cast, signed_in: SignedIn
) -> None:
    response = signed_in(cast.off).get(reverse("admin:meetings_meeting_change", args=[conferences.m1.pk]))

    assert response["Location"] == conferences.m1.get_absolute_url()


def test_kind_is_changed_with_its_skeleton(cast: Cast, conferences: Conferences, signed_in: SignedIn) -> None:
    kind = conferences.m1.kind

    page = signed_in(cast.adm).get(reverse("admin:meetings_meetingkind_change", args=[kind.pk]))

    assert "skeleton-0-title" in page.content.decode()
