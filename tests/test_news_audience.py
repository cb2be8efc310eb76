"""Who reads what: by page, picture, file, list, search, front page and mail (permissions: P01–P06)."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from cast import Cast
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from newsroom import PNG, publish, status, write

from members.models import PartyMember, User
from news import actions
from news.models import Article
from portal.models import PortalNotice

Browser = Callable[[User | None], Client]
ROLES = ["ANON", "MEM", "SEC", "OFF", "EDI", "ADM"]
HIDDEN_BUT_FROM_EDITORS = dict(zip(ROLES, [302, 404, 404, 404, 200, 404], strict=True))


@pytest.fixture
def items(cast: Cast, edi: User, edi2: User) -> dict[str, Article]:
    """N1 for all, N2 for B and below, N3 a draft, N4 from tomorrow; each with a picture and a file."""
    with_files = {
        "cover": ContentFile(PNG, "anh.png"),
        "cover_alt": "Quang cảnh",
        "attached": [ContentFile(PNG, "Danh sách.png")],
        "no_state_secret": True,
    }
    n1, n2, n3, n4 = (
        write(edi, f"Chuyện thứ {n}", only_for=cast.b if n == 2 else None, **with_files) for n in (1, 2, 3, 4)
    )
    actions.make_sizes()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    return {
        "N1": publish(n1, by=edi2),
        "N2": publish(n2, by=edi2),
        "N3": n3,
        "N4": publish(n4, by=edi2, at=tomorrow),
    }


def addresses(article: Article) -> list[str]:
    """The item and everything that hangs on it."""
    return [
        article.get_absolute_url(),
        article.get_cover_url(),
        reverse("news:image_size", args=[article.pk, "8.webp"]),
        reverse("news:image_size", args=[article.pk, "nho-160.jpg"]),
        article.attachments.get().get_absolute_url(),
    ]


def answers(cast: Cast, signed_in: Browser, address: str) -> dict[str, int]:
    return {role: status(signed_in(user), address) for role, user in cast.six.items()}


def test_item_for_all_is_read_by_everybody_signed_in(
    cast: Cast, items: dict[str, Article], signed_in: Browser
) -> None:
    for address in addresses(items["N1"]):
        assert answers(cast, signed_in, address) == {role: 302 if role == "ANON" else 200 for role in ROLES}


@pytest.mark.parametrize("name", ["N2", "N3", "N4"])
def test_hidden_item_is_as_if_it_did_not_exist(
    cast: Cast, items: dict[str, Article], signed_in: Browser, name: str
) -> None:
    for address in addresses(items[name]):
        assert answers(cast, signed_in, address) == HIDDEN_BUT_FROM_EDITORS


def test_restricted_item_is_read_below_its_organization(
    items: dict[str, Article], signed_in: Browser, mem_b1: User
) -> None:
    answered = {status(signed_in(mem_b1), address) for address in addresses(items["N2"])}

    assert answered == {200}


def test_hidden_item_answers_like_none(items: dict[str, Article], signed_in: Browser, mem_a1: User) -> None:
    reader = signed_in(mem_a1)

    hidden = reader.get(items["N2"].get_absolute_url())
    absent = reader.get("/tin-tuc/khong-co-bai-nay/")

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert "ETag" not in hidden
    assert "Chuyện thứ" not in hidden.content.decode()


@pytest.mark.parametrize("place", ["list", "category", "search", "home"])
@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("mem_a1", {1}),
        ("sec_a", {1}),
        ("off", {1}),
        ("adm", {1}),
        ("mem_b1", {1, 2}),
        ("edi", {1, 2, 3, 4}),
    ],
)
def test_lists_search_and_front_page_show_exactly_what_may_be_read(
    cast: Cast, items: dict[str, Article], signed_in: Browser, place: str, role: str, seen: set[int]
) -> None:
    page = {
        "list": "/tin-tuc/",
        "category": "/tin-tuc/?chuyen-muc=tin-hoat-dong",
        "search": f"{reverse('search')}?q=chuyen+thu",
        "home": "/",
    }[place]
    # The front page is for reading: what is still in the making stands on the list's first page.
    expected = seen - {3, 4} if place in ("home", "category") else seen
    # The editors' unread notices name items too; here it is the news that counts.
    PortalNotice.objects.update(read_at=timezone.now())

    html = (
        signed_in(getattr(cast, role)).get(page).content.decode().replace("<mark>", "").replace("</mark>", "")
    )

    assert {n for n in (1, 2, 3, 4) if f"Chuyện thứ {n}" in html} == expected


def test_number_of_hits_is_the_number_of_visible_hits(
    items: dict[str, Article], signed_in: Browser, mem_a1: User
) -> None:
    html = signed_in(mem_a1).get(reverse("search"), {"q": "chuyện"}).content.decode()

    assert "1 kết quả<" in html


def test_kept_pieces_of_one_audience_are_not_shown_to_another(
    items: dict[str, Article], signed_in: Browser, mem_b1: User, mem_a1: User
) -> None:
    signed_in(mem_b1).get("/tin-tuc/")

    html = signed_in(mem_a1).get("/tin-tuc/").content.decode()

    assert "Chuyện thứ 2" not in html


def test_author_outside_the_audience_does_not_put_his_item_into_the_kept_list(
    cast: Cast, edi: User, off: User, off2: User, signed_in: Browser
) -> None:
    publish(write(off, "Chỉ cho Bình", only_for=cast.b), by=edi)
    signed_in(off).get("/tin-tuc/")

    html = signed_in(off2).get("/tin-tuc/").content.decode()

    assert "Chỉ cho Bình" not in html


def test_withdrawn_item_is_gone_at_once_with_its_picture_and_files(
    items: dict[str, Article],
    signed_in: Browser,
    edi: User,
    mem_a1: User,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    reader = signed_in(mem_a1)
    assert "Chuyện thứ 1" in reader.get("/tin-tuc/").content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(items["N1"], by=edi, reason="Sai số liệu")

    assert "Chuyện thứ 1" not in reader.get("/tin-tuc/").content.decode()
    assert {status(reader, address) for address in addresses(items["N1"])} == {404}


def test_parts_of_what_is_visible_are_the_whole(items: dict[str, Article], cast: Cast, mem_a1: User) -> None:
    """The search asks part by part: nothing hidden comes in by one of them, and nothing is left out."""
    Article.objects.filter(pk__in=[items["N2"].pk, items["N3"].pk]).update(author=mem_a1)

    for user in filter(None, cast.six.values()):
        whole = set(Article.objects.visible_to(user).values_list("pk", flat=True))
        parts = [set(part.values_list("pk", flat=True)) for part in Article.objects.visible_parts(user)]
        assert set().union(*parts) == whole
    assert {items["N1"].pk, items["N2"].pk, items["N3"].pk} == set(
        Article.objects.visible_to(mem_a1).values_list("pk", flat=True)
    )


def test_moved_member_reads_by_the_new_organization(
    cast: Cast, items: dict[str, Article], signed_in: Browser, mem_a1: User
) -> None:
    reader = signed_in(mem_a1)
    assert reader.get(items["N2"].get_absolute_url()).status_code == 404

    PartyMember.objects.filter(pk=mem_a1.member_id).update(organization=cast.b1)

    assert reader.get(items["N2"].get_absolute_url()).status_code == 200


def test_author_of_the_office_sees_his_own_draft_and_may_submit_it(off: User, signed_in: Browser) -> None:
    article = write(off, "Tin của hội nghị")
    office = signed_in(off)

    page = office.get(article.get_absolute_url())
    submitted = office.post(reverse("news:submit", args=[article.pk]))

    assert page.status_code == 200
    assert submitted.status_code == 302
    article.refresh_from_db()
    assert article.state == "for_approval"


def test_restricted_picture_is_kept_by_no_browser(
    items: dict[str, Article], signed_in: Browser, edi: User
) -> None:
    editor = signed_in(edi)

    pictures = {name: editor.get(item.get_cover_url()) for name, item in items.items()}
    for picture in pictures.values():
        picture.getvalue()
    cached = {name: picture["Cache-Control"] for name, picture in pictures.items()}

    assert cached == {
        "N1": "private, max-age=3600",
        "N2": "private, no-store",
        "N3": "private, no-store",
        "N4": "private, no-store",
    }
