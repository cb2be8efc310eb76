"""What is hidden shows through no other window: lists, counts, searches, figures, errors, caches.

The hidden things: news for B (P02) and conference M1 (P11) for a member of A1, item 3 of M1 (P29) and
a record of B (P62) for the secretary of A. Each test first makes something that could leak.
"""

import re
from collections.abc import Callable

import pytest
from cast import Cast
from conferences import Conferences
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from doors.scene import SECRET_ITEM, SECRET_NEWS, Scene
from doors.table import ROWS
from newsroom import publish, write

from members.models import PartyMember, User
from portal.models import PortalNotice

Browser = Callable[[User | None], Client]
SEARCHED = [
    "Chuyện riêng",
    "Công tác cán bộ",
    "Tờ trình nhân sự",
    "Đặng Văn Hùng",
    "Ban Chấp hành",
    "03000003",
]


def words_of(response: HttpResponse) -> str:
    """The page without what stands in its fields and without the words just searched for."""
    page = response.getvalue() if response.streaming else response.content
    return re.sub(r'value="[^"]*"|“[^”]*”', "", page.decode(errors="replace"))


def leaks(scene: Scene, browser: Client, column: str, secrets: list[str]) -> list[str]:
    """Pages that open for this person and show one of the words, searches included."""
    addresses = {
        scene.request(row, column)[0]
        for row in ROWS
        # The link in the letter shows its conference to whoever holds it (P43).
        if row.expected(column).get("GET") == "200" and row.name != "meetings:answer_link"
    }
    addresses |= {f"{reverse('search')}?q={words}" for words in SEARCHED}
    pages = {address: browser.get(address) for address in addresses}
    found = {address: words_of(page) for address, page in pages.items() if page.status_code == 200}
    return [f"{address}: {word}" for address, page in found.items() for word in secrets if word in page]


def test_nothing_of_hidden_news_and_conferences_shows_to_a_member(scene: Scene, signed_in: Browser) -> None:
    secrets = [SECRET_NEWS, "Tin chưa đăng", "Tin hẹn ngày mai", "Tin chờ duyệt", scene.things["m1"].title]

    assert leaks(scene, signed_in(scene.cast.mem_a1), "MEM", secrets) == []


def test_nothing_of_a_committee_item_and_of_another_tree_shows_to_a_secretary(
    scene: Scene, signed_in: Browser
) -> None:
    cast = scene.cast
    secrets = [SECRET_ITEM, "Tờ trình nhân sự", SECRET_NEWS, cast.p_b1.full_name, cast.p_b1.card_number]

    assert leaks(scene, signed_in(cast.sec_a), "SEC", secrets) == []


@pytest.mark.parametrize("column", ["OFF", "EDI", "ADM"])
def test_no_record_of_a_member_shows_to_other_roles(scene: Scene, signed_in: Browser, column: str) -> None:
    people = [scene.cast.p_b1, scene.cast.p_a2]
    secrets = [word for member in people for word in (member.full_name, member.card_number, member.phone)]

    assert leaks(scene, signed_in(scene.person(column)), column, secrets) == []


def test_counts_are_of_what_is_seen(cast: Cast, signed_in: Browser) -> None:
    register = signed_in(cast.sec_a).get(reverse("members:list")).context["page"]
    below = PartyMember.objects.filter(organization__path__contains=[cast.a.pk])

    assert register.total == len(register.members) == below.count() == 3


def test_search_by_number_answers_alike_for_a_stranger_and_for_nobody(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.sec_a)

    own, others, nobody = (
        words_of(browser.get(reverse("members:list"), {"q": number})).replace(number, "")
        for number in ("03000002", "03000003", "09999999")
    )

    assert (cast.p_a2.full_name in own, others == nobody) == (True, True)


HIDDEN = [
    ("MEM", "news:article", "slug_n2", "khong-co-tin-nay"),
    ("MEM", "news:image", "n2", 999_999),
    ("MEM", "news:attachment", "file_n2", 999_999),
    ("MEM", "richtext_image", "inside", "00000000-0000-4000-8000-000000000000"),
    ("MEM", "meetings:meeting", "m1", 999_999),
    ("MEM", "meetings:minutes", "final", 999_999),
    ("SEC", "meetings:paper", "paper3", 999_999),
    ("SEC", "members:member", "p_b1", 999_999),
    ("SEC", "members:change", "p_b1", 999_999),
    ("MEM", "meetings:task", "task", 999_999),
]


@pytest.mark.parametrize("method", ["get", "head"])
def test_hidden_answers_like_absent(
    scene: Scene, signed_in: Browser, subtests: pytest.Subtests, method: str
) -> None:
    """Word for word but for the reference number, by the same headers, after as many questions."""
    for column, name, which, nobody in HIDDEN:
        browser = signed_in(scene.person(column))
        browser.get(reverse("home"))
        with subtests.test(name):
            seen = [
                answer_to(browser, method, reverse(name, args=[key]))
                for key in (getattr(scene.things[which], "pk", scene.things[which]), nobody)
            ]

            assert seen[0] == seen[1]


def answer_to(browser: Client, method: str, address: str) -> tuple[object, ...]:
    unless_kept = {"if-none-match": "*", "if-modified-since": "Wed, 21 Oct 2015 07:28:00 GMT"}
    with CaptureQueriesContext(connection) as asked:
        response = getattr(browser, method)(address, headers=unless_kept)
    body = re.sub(r"[0-9a-f]{12}", "number", words_of(response)).replace(address, "address")
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, body, headers, len(asked)


def test_change_of_a_card_number_tells_nothing_of_its_holder(cast: Cast, signed_in: Browser) -> None:
    address = reverse("members:change", args=[cast.p_a2.pk])
    shown = signed_in(cast.sec_a).get(address).context["form"]
    form = {name: shown[name].value() or "" for name in shown.fields} | {"card_number": "03000003"}

    page = words_of(signed_in(cast.sec_a).post(address, form))

    assert "Số thẻ đảng viên này không dùng được." in page
    assert [word for word in (cast.p_b1.full_name, "Đặng", cast.b1.name) if word in page] == []


def test_organization_of_another_tree_is_no_choice(cast: Cast, signed_in: Browser) -> None:
    page = words_of(signed_in(cast.sec_a).get(reverse("members:list")))
    forged = signed_in(cast.sec_a).get(reverse("members:list"), {"organization": cast.b1.pk})

    assert cast.b1.name not in page
    assert cast.p_b1.full_name not in words_of(forged)


@pytest.mark.parametrize("column", ["OFF", "SEC"])
def test_forged_number_puts_no_unknown_person_on_a_list(
    conferences: Conferences, cast: Cast, signed_in: Browser, column: str
) -> None:
    """The list would tell the name: only who is in the directory, or in one's own tree, can be added."""
    browser, key = signed_in(cast.six[column]), conferences.m4.pk
    sent = {"member": cast.p_b1.pk, "reason": "Thử"}

    browser.post(reverse("meetings:add_member", args=[key]), sent)
    page = browser.get(reverse("meetings:participants", args=[key]), {"q": "hùng"})

    assert cast.p_b1.full_name not in words_of(page)
    assert not conferences.m4.participants.filter(member=cast.p_b1).exists()


def test_secretary_finds_the_own_people_for_a_list(
    conferences: Conferences, cast: Cast, signed_in: Browser
) -> None:
    """People of the own tree, position and account or not."""
    page = reverse("meetings:participants", args=[conferences.m4.pk])

    assert signed_in(cast.sec_a).get(page, {"q": "duong thi an"}).context["found"] == [cast.p_a2]
    assert signed_in(cast.off).get(page, {"q": "duong thi an"}).context["found"] == []


def test_news_for_others_rings_no_bell(cast: Cast, edi: User, edi2: User) -> None:
    publish(write(edi, SECRET_NEWS, only_for=cast.b), by=edi2)

    told = PortalNotice.objects.filter(notice__title__contains=SECRET_NEWS)

    assert set(told.values_list("recipient__username", flat=True)) <= {"edi", "edi2", "mem_b1", "sec_b"}
