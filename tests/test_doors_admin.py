"""The admin's registers: who finds which, also by typed address, and what of B a secretary of A meets."""

import re
from collections.abc import Callable

import pytest
from cast import Cast
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from members.models import PartyMember, PositionHolding, User

Browser = Callable[[User | None], Client]
ADM, OFF, EDI, SEC = "ADM", "OFF", "EDI", "SEC"
LOOK, WRITE = {"list", "row"}, {"list", "row", "add"}

#: Permissions P81: what each role meets; whatever is not named answers 403. Nothing is deleted anywhere.
REGISTERS: dict[str, dict[str, set[str]]] = {
    "members_user": {ADM: WRITE},
    "members_rolegrant": {ADM: WRITE},
    "members_owningcommittee": {ADM: WRITE},
    "members_position": {ADM: WRITE, OFF: LOOK},
    "members_registerrule": {ADM: WRITE},
    "members_badgerule": {ADM: WRITE},
    "members_awardday": {ADM: WRITE},
    "members_ratingrule": {ADM: WRITE},
    "members_feerule": {ADM: WRITE},
    "members_body": {ADM: WRITE, OFF: LOOK},
    "members_term": {ADM: WRITE, OFF: LOOK},
    "members_partyorganization": {ADM: LOOK, OFF: LOOK, SEC: LOOK},
    "members_partymember": {SEC: LOOK},
    "members_positionholding": {OFF: LOOK, SEC: LOOK},
    "members_target": {SEC: LOOK},
    "members_admission": {SEC: LOOK},
    "members_badgeaward": {SEC: LOOK},
    "members_trainingcourse": {SEC: LOOK},
    "members_inspection": {SEC: LOOK},
    "members_petition": {SEC: LOOK},
    # The inspection commission alone; test_members_record asks for it.
    "members_disciplinaryaction": {},
    "meetings_meeting": {OFF: WRITE, SEC: LOOK},
    "meetings_meetingkind": {ADM: WRITE, OFF: LOOK},
    "meetings_workprogram": {OFF: WRITE},
    "meetings_documentkind": {ADM: WRITE, OFF: WRITE},
    "portal_holiday": {ADM: WRITE, OFF: WRITE},
    "meetings_documentregister": {OFF: LOOK},
    "meetings_partydocument": {OFF: LOOK},
    "portal_searchsynonym": {ADM: WRITE, EDI: WRITE},
    "portal_documentlayout": {ADM: WRITE, OFF: WRITE},
    "portal_auditentry": {ADM: LOOK},
    "news_article": {EDI: WRITE},
    "news_attachment": {EDI: LOOK},
    "news_category": {ADM: WRITE, EDI: LOOK},
    "news_tag": {EDI: WRITE},
    "news_series": {EDI: WRITE},
}
STAFF = [SEC, OFF, EDI, ADM]


def deeds(browser: Client, register: str) -> set[str]:
    """What this person may do there. A row nobody has: 404 for who may look, 403 for everybody else."""
    answers = {
        "list": browser.get(reverse(f"admin:{register}_changelist")).status_code,
        "add": browser.get(reverse(f"admin:{register}_add")).status_code,
        "row": {
            browser.get(reverse(f"admin:{register}_{view}", args=[999_999])).status_code
            for view in ("change", "history", "delete")
        },
    }
    allowed = {"list": [200], "add": [200, 302], "row": [{404}]}
    refused = {"list": 403, "add": 403, "row": {403}}
    assert [deed for deed, said in answers.items() if said not in [*allowed[deed], refused[deed]]] == []
    return {deed for deed, said in answers.items() if said in allowed[deed]}


def test_every_register_has_its_row() -> None:
    assert {f"{model._meta.app_label}_{model._meta.model_name}" for model in site._registry} == set(REGISTERS)


@pytest.mark.parametrize("column", STAFF)
def test_register_opens_for_its_roles_alone(cast: Cast, signed_in: Browser, column: str) -> None:
    browser = signed_in(cast.six[column])

    found = {register: deeds(browser, register) for register in REGISTERS}

    assert found == {register: roles.get(column, set()) for register, roles in REGISTERS.items()}


@pytest.mark.parametrize("column", STAFF)
def test_nothing_is_deleted(cast: Cast, rf, column: str) -> None:
    request = rf.get("/")
    request.user = cast.six[column]

    assert [
        model for model, register in site._registry.items() if register.has_delete_permission(request)
    ] == []


def test_admin_is_closed_to_readers_and_strangers(cast: Cast, signed_in: Browser) -> None:
    addresses = [
        reverse("admin:index"),
        reverse("admin:members_partymember_changelist"),
        "/quan-tri/khong-co/",
    ]

    assert {signed_in(cast.mem_a1).get(address).status_code for address in addresses} == {403}
    assert {signed_in(None).get(address).status_code for address in addresses} == {302}


def test_no_address_leads_from_a_number_to_a_page(cast: Cast, signed_in: Browser) -> None:
    assert {signed_in(user).get("/quan-tri/r/7/1/").status_code for user in (cast.sec_a, cast.adm)} == {404}


@pytest.mark.parametrize("view", ["change", "history", "delete"])
def test_record_of_another_tree_is_not_there(cast: Cast, signed_in: Browser, view: str) -> None:
    def said(member: PartyMember) -> int:
        address = reverse(f"admin:members_partymember_{view}", args=[member.pk])
        return signed_in(cast.sec_a).get(address).status_code

    assert said(cast.p_b1) == 404
    # A record and its history are read on the portal's own page.
    assert said(cast.p_a2) == {"change": 302, "history": 302, "delete": 403}[view]


@pytest.mark.parametrize(
    "query",
    [{}, {"q": "hung"}, {"organization__id__exact": "{b1}"}, {"organization__name__startswith": "Chi"}],
)
def test_list_names_nobody_of_another_tree(cast: Cast, signed_in: Browser, query: dict[str, str]) -> None:
    asked = {name: value.format(b1=cast.b1.pk) for name, value in query.items()}

    page = signed_in(cast.sec_a).get(reverse("admin:members_partymember_changelist"), asked, follow=True)

    assert cast.p_b1.full_name not in page.content.decode()


def test_autocomplete_names_nobody(cast: Cast, signed_in: Browser) -> None:
    """The one register whose forms look people up offers accounts, to administrators alone."""
    address = reverse("admin:autocomplete")
    ask = {"app_label": "members", "model_name": "rolegrant", "field_name": "user", "term": "e"}

    answers = {column: signed_in(cast.six[column]).get(address, ask).status_code for column in STAFF}

    assert answers == {"SEC": 403, "OFF": 403, "EDI": 403, "ADM": 200}


def test_choices_of_a_seat_name_nobody_of_another_tree(cast: Cast, signed_in: Browser) -> None:
    seat = cast.sec_a.member.holdings.get()

    page = signed_in(cast.sec_a).get(reverse("admin:members_positionholding_change", args=[seat.pk]))

    assert page.status_code == 200
    assert [
        name for name in (cast.p_b1.full_name, cast.sec_b.full_name) if name in page.content.decode()
    ] == []


@pytest.mark.parametrize("column", ["SEC", "OFF"])
def test_what_a_row_leads_to_may_be_opened(cast: Cast, signed_in: Browser, column: str) -> None:
    """Positions and terms are words to a secretary, and members to the office: no link ends at 403."""
    seat, browser = cast.sec_a.member.holdings.get(), signed_in(cast.six[column])
    PositionHolding.objects.filter(pk=seat.pk).update(term=cast.term)

    page = browser.get(reverse("admin:members_positionholding_change", args=[seat.pk])).content.decode()

    shown = re.findall(r'<div class="readonly">(.*?)</div>', page, re.DOTALL)
    links = re.findall(r'href="([^"]+)"', "".join(shown))
    assert {browser.get(link).status_code for link in links} <= {200, 302}
    assert len(links) == {"SEC": 2, "OFF": 3}[column]
    assert {cast.secretary.title, str(cast.term), cast.sec_a.full_name} <= {
        re.sub(r"<[^>]+>", "", one).strip() for one in shown
    }


def test_list_action_reaches_nobody_of_another_tree(cast: Cast, signed_in: Browser) -> None:
    address = reverse("admin:members_user_changelist")
    locking = {"action": "lock", "_selected_action": cast.mem_b1.pk}

    answers = {column: signed_in(cast.six[column]).post(address, locking).status_code for column in STAFF}

    assert answers == {"SEC": 403, "OFF": 403, "EDI": 403, "ADM": 302}
    assert User.objects.filter(is_active=False).get() == cast.mem_b1
