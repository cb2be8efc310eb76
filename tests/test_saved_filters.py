"""A narrowing of a list kept under a name: of its owner alone, the same for the same, let go again."""

import unicodedata
from collections.abc import Callable

import pytest
from cast import Cast
from django.core.exceptions import ValidationError
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse

from members.models import User
from portal.filters import narrowing
from portal.models import AuditEntry, SavedFilter
from portal.saved_filters import MOST, keep

Browser = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db

LIST = "/dang-vien/"


def save(browser: Client, query: str, name: str = "Dự bị", path: str = LIST) -> HttpResponse:
    sent = {"path": path, "query": query, "name": name}
    return browser.post(reverse("save_filter"), sent, follow=True)


def test_filter_is_offered_again_under_its_name(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.sec_a)

    page = save(browser, f"status=probationary&q=&organization={cast.a.pk}&after=7").content.decode()

    saved = SavedFilter.objects.get()
    assert (saved.user, saved.query) == (cast.sec_a, f"organization={cast.a.pk}&status=probationary")
    # Where one stands is marked, and can be let go; elsewhere on the list it is a link.
    assert f'{saved.query.replace("&", "&amp;")}" aria-current="true">Dự bị</a>' in page
    assert "Bỏ bộ lọc “Dự bị”" in page
    assert ">Dự bị</a>" in browser.get(LIST).content.decode()


def test_place_in_the_list_and_empty_fields_are_no_narrowing() -> None:
    assert narrowing(QueryDict("b=2&after=9&q=&a=1&truoc=3")) == narrowing(QueryDict("a=1&b=2")) == "a=1&b=2"


def test_same_name_takes_the_old_ones_place(cast: Cast) -> None:
    for query in ("status=official", "status=probationary"):
        keep(SavedFilter(path=LIST, query=query, name="Của tôi"), by=cast.sec_a)

    assert [saved.query for saved in SavedFilter.objects.all()] == ["status=probationary"]


def test_name_in_two_normal_forms_is_one_name(cast: Cast, signed_in: Browser) -> None:
    browser = signed_in(cast.sec_a)
    save(browser, "status=official", "Dự bị")
    save(browser, "status=probationary", unicodedata.normalize("NFD", "Dự bị"))

    assert [saved.query for saved in SavedFilter.objects.all()] == ["status=probationary"]


def test_filter_is_its_owners_alone(cast: Cast, signed_in: Browser) -> None:
    mine = keep(SavedFilter(path=LIST, query="status=official", name="Của Bí thư A"), by=cast.sec_a)
    other = signed_in(cast.sec_b)

    assert "Của Bí thư A" not in other.get(LIST).content.decode()
    assert other.post(reverse("drop_filter", args=[mine.pk])).status_code == 404
    assert SavedFilter.objects.filter(pk=mine.pk).exists()


def test_filter_let_go_is_gone_and_the_list_stays(cast: Cast, signed_in: Browser) -> None:
    mine = keep(SavedFilter(path=LIST, query="status=official", name="Chính thức"), by=cast.sec_a)

    answer = signed_in(cast.sec_a).post(reverse("drop_filter", args=[mine.pk]))

    assert answer["Location"] == f"{LIST}?status=official"
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"path": "https://evil.example/"}, "Không có danh sách nào ở địa chỉ này."),
        ({"path": "//evil.example/dang-vien/"}, "Không có danh sách nào ở địa chỉ này."),
        ({"query": "after=3&q="}, "Chọn điều kiện lọc trước khi lưu."),
        ({"name": " "}, "Đặt cho bộ lọc một cái tên."),
    ],
)
def test_refusal_says_why_and_leads_nowhere_else(
    cast: Cast, signed_in: Browser, sent: dict[str, str], said: str
) -> None:
    sent = {"path": LIST, "query": "status=official", "name": "Chính thức"} | sent
    answer = signed_in(cast.sec_a).post(reverse("save_filter"), sent, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [said]
    assert answer.redirect_chain[0][0] in {"/", f"{LIST}?status=official"}
    assert not SavedFilter.objects.exists()


def test_row_of_names_has_an_end(cast: Cast) -> None:
    for number in range(MOST):
        keep(SavedFilter(path=LIST, query=f"q={number}", name=str(number)), by=cast.sec_a)

    with pytest.raises(ValidationError, match=f"{MOST} bộ lọc"):
        keep(SavedFilter(path=LIST, query="q=x", name="nữa"), by=cast.sec_a)
    # Under a name it has, it is the same filter.
    keep(SavedFilter(path=LIST, query="q=x", name="0"), by=cast.sec_a)


def test_trail_says_where_and_never_what_was_looked_for(cast: Cast, signed_in: Browser) -> None:
    save(signed_in(cast.sec_a), "q=031094000123", "Tìm số")

    line = AuditEntry.objects.get(action="portal.keep_filter")
    assert line.changes == {"path": [None, LIST]}
    assert "031094000123" not in f"{line.summary}{line.changes}"
