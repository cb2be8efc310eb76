"""Tags and series: typed by name, one row a name, and pages that show what their reader may read."""

from collections.abc import Callable

import pytest
from cast import Cast
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from newsroom import publish, publish_many, write

from members.models import User
from news import actions, edition
from news.models import Article, ArticleState, Series, Tag

Browser = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db


def tag(article: Article, *names: str, by: User, series: str = "") -> Article:
    return actions.set_topics(article, by=by, tags=names, series=series)


@pytest.fixture
def told(cast: Cast, edi2: User) -> tuple[Article, Article]:
    """One item for everybody and one for B alone, of the same tag and series."""
    for_all = publish(write(cast.edi, "Cho mọi người"), by=edi2)
    for_b = publish(write(cast.edi, "Chuyện của B", only_for=cast.b), by=edi2)
    for article in (for_all, for_b):
        tag(article, "Kết nạp", by=cast.edi, series="Mỗi tuần một chi bộ")
    tag(for_b, "Kết nạp", "Riêng B", by=cast.edi, series="Mỗi tuần một chi bộ")
    return for_all, for_b


def listed(browser: Client, address: str) -> list[str]:
    return [row.title for row in browser.get(address).context["rows"]]


@pytest.mark.parametrize("typed", ["HÒA GIẢI", "hoà giải", "  hòa   giải ", "ho\u0300a gia\u0309i"])
def test_one_name_is_one_tag(edi: User, draft: Article, typed: str) -> None:
    tag(draft, "hòa giải", by=edi)

    tag(draft, typed, "hòa giải", by=edi)

    assert list(Tag.objects.values_list("name", "slug")) == [("hòa giải", "hoa-giai")]


def test_names_that_differ_by_a_mark_are_two(edi: User, draft: Article) -> None:
    tag(draft, "ban", "bạn", by=edi)

    assert dict(Tag.objects.values_list("name", "slug")) == {"ban": "ban", "bạn": "ban-2"}


def test_pages_list_what_the_reader_may_read(
    cast: Cast, told: tuple[Article, Article], signed_in: Browser
) -> None:
    series = Series.objects.get().get_absolute_url()
    for address in (Tag.objects.get(name="Kết nạp").get_absolute_url(), series):
        assert listed(signed_in(cast.mem_a1), address) == ["Cho mọi người"]
        assert listed(signed_in(cast.mem_b1), address) == ["Chuyện của B", "Cho mọi người"]

    own = Tag.objects.get(name="Riêng B").get_absolute_url()
    assert [signed_in(user).get(own).status_code for user in (cast.mem_a1, cast.mem_b1)] == [404, 200]


def test_item_shows_its_tags_and_the_readable_rest_of_its_series(
    cast: Cast, told: tuple[Article, Article], signed_in: Browser
) -> None:
    page = signed_in(cast.mem_a1).get(told[0].get_absolute_url()).content.decode()

    assert Tag.objects.get(name="Kết nạp").get_absolute_url() in page
    assert "Mỗi tuần một chi bộ" in page
    assert "Chuyện của B" not in page
    page = signed_in(cast.mem_b1).get(told[0].get_absolute_url()).content.decode()
    assert "Chuyện của B" in page


def test_search_finds_tags_of_readable_items_alone(
    cast: Cast, told: tuple[Article, Article], signed_in: Browser
) -> None:
    def found(user: User, words: str) -> list[str]:
        answer = signed_in(user).get(reverse("search"), {"q": words, "loai": "chu-de"})
        return [hit.url for results in answer.context["found"] for hit in results.hits]

    assert found(cast.mem_a1, "ket nap") == [reverse("news:tag", args=["ket-nap"])]
    assert found(cast.mem_a1, "moi tuan") == [reverse("news:series", args=["moi-tuan-mot-chi-bo"])]
    assert found(cast.mem_a1, "rieng b") == []
    assert found(cast.mem_b1, "rieng b") == [reverse("news:tag", args=["rieng-b"])]


def test_known_names_are_suggested_to_editors(cast: Cast, draft: Article, signed_in: Browser) -> None:
    tag(draft, "chuyển đổi số", "kết nạp", by=cast.edi, series="Chuyện chi bộ")
    browser = signed_in(cast.edi)

    def suggested(name: str, words: str) -> list[str]:
        return [one["title"] for one in browser.get(reverse(name), {"q": words}).json()["found"]]

    assert suggested("news:suggest_tags", "chuyen") == ["chuyển đổi số"]
    assert suggested("news:suggest_tags", "so ch") == ["chuyển đổi số"]
    assert suggested("news:suggest_series", "Chuyện") == ["Chuyện chi bộ"]


def test_choosing_loses_no_approval_and_tells_no_correction(
    cast: Cast, edi2: User, draft: Article, signed_in: Browser
) -> None:
    published = publish(draft, by=edi2)

    answer = signed_in(cast.edi).post(
        reverse("news:topics", args=[published.pk]), {"tags": "kết nạp, ; thi đua", "series": "Chi bộ"}
    )

    assert answer.status_code == 302
    published.refresh_from_db()
    assert (published.state, published.corrected_at) == (ArticleState.PUBLISHED, None)
    assert {one.name for one in published.tags.all()} == {"kết nạp", "thi đua"}
    assert str(published.series) == "Chi bộ"


def test_too_many_or_too_long_names_are_refused(edi: User, draft: Article) -> None:
    with pytest.raises(ValidationError, match="nhiều nhất 10 thẻ"):
        tag(draft, *map(str, range(11)), by=edi)
    with pytest.raises(ValidationError, match="quá dài"):
        tag(draft, "d" * 81, by=edi)
    assert not Tag.objects.exists()


def test_renamed_tag_keeps_its_address_and_may_not_take_anothers_name(
    cast: Cast, told: tuple[Article, Article], signed_in: Browser
) -> None:
    one = Tag.objects.get(name="Kết nạp")
    one.name = "RIÊNG B"
    with pytest.raises(ValidationError, match="Đã có thẻ tên này"):
        one.full_clean()

    one.name = "Kết nạp đảng viên"
    one.save()

    assert one.slug == "ket-nap"
    assert "Kết nạp đảng viên" in signed_in(cast.mem_a1).get(told[0].get_absolute_url()).content.decode()


def test_questions_are_as_many_for_one_item_as_for_three(cast: Cast, edi2: User, signed_in: Browser) -> None:
    articles = publish_many(cast.edi, edi2, 3)
    tag(articles[2], "Kết nạp", by=cast.edi, series="Loạt")
    pages = [Tag.objects.get(), Series.objects.get(), articles[2]]

    def questions() -> list[int]:
        browser, asked = signed_in(cast.mem_a1), []
        for page in pages:
            cache.delete(edition.NEWS.key)
            browser.get(reverse("news:readings"))
            with CaptureQueriesContext(connection) as captured:
                assert browser.get(page.get_absolute_url()).status_code == 200
            asked.append(len(captured))
        return asked

    for_one = questions()
    for article in articles:
        tag(article, "Kết nạp", "Thêm", by=cast.edi, series="Loạt")

    assert questions() == for_one
