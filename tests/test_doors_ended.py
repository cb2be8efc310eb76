"""Rights that ended and accounts that were locked, with the browser still open (permissions P77, P78)."""

import datetime
from collections.abc import Callable

import pytest
from cast import Cast
from conferences import Conferences, participant
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from doors.scene import Scene
from doors.table import ROWS
from test_doors import ask

from meetings.links import answer_url
from members import actions
from members.models import PositionHolding, RoleGrant, User

Browser = Callable[[User | None], Client]


def yesterday() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=1)


def test_secretary_of_yesterday_is_a_member_like_others(
    cast: Cast, conferences: Conferences, signed_in: Browser
) -> None:
    browser = signed_in(cast.sec_a)
    pages = [
        reverse("members:list"),
        reverse("members:statistics"),
        reverse("members:member", args=[cast.p_a2.pk]),
        reverse("members:change", args=[cast.p_a2.pk]),
        reverse("meetings:create"),
        reverse("meetings:programs"),
        reverse("meetings:convene", args=[conferences.m4.pk]),
        reverse("admin:members_partymember_changelist"),
    ]
    before = [browser.get(page).status_code for page in pages]

    PositionHolding.objects.filter(member=cast.sec_a.member).update(valid_to=yesterday())

    after = [browser.get(page).status_code for page in pages]
    assert before == [200] * len(pages)
    # He still chairs M4, so he sees it; preparing it is over.
    assert after == [403, 403, 404, 404, 403, 403, 403, 403]


@pytest.mark.parametrize(
    ("column", "page"),
    [("OFF", "meetings:create"), ("EDI", "news:create"), ("ADM", "admin:members_user_changelist")],
)
def test_role_of_yesterday_opens_nothing(cast: Cast, signed_in: Browser, column: str, page: str) -> None:
    browser = signed_in(cast.six[column])
    before = browser.get(reverse(page)).status_code

    RoleGrant.objects.filter(user=cast.six[column]).update(valid_to=yesterday())

    assert (before, browser.get(reverse(page)).status_code) == (200, 403)


@pytest.mark.parametrize("column", ["SEC", "OFF"])
def test_locked_account_is_nobody(scene: Scene, signed_in: Browser, column: str) -> None:
    user = scene.person(column)
    browser = signed_in(user)
    browser.get(reverse("home"))

    actions.lock_account(user, by=scene.cast.adm, reason="Nghỉ hưu")

    expected = {row.label: row.expected("ANON")["GET"] for row in ROWS if row.get}
    deviations = [
        f"{row.label}: {said}, not {expected[row.label]}"
        for row in ROWS
        if row.get and (said := ask(browser, "GET", *scene.request(row, column))) != expected[row.label]
    ]
    assert deviations == []


def test_link_follows_the_person_and_not_the_account(
    cast: Cast, conferences: Conferences, client: Client
) -> None:
    person = participant(conferences.m1, cast.sec_a)
    url = answer_url(meeting_id=person.meeting_id, participant_id=person.pk, version=1)

    actions.lock_account(cast.sec_a, by=cast.adm, reason="Nghỉ hưu")

    assert client.post(url, {"choice": "attending", "version": 1}).status_code == 302
    assert person.answers.get().choice == "attending"
