"""Finding news: with marks and without, tones in either place, the words around shown."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from newsroom import publish_many, write

from members.models import User
from news import search
from news.models import Article
from portal.search import finding
from portal.search.query import Query
from portal.search.sources import Hit

Browser = Callable[[User | None], Client]


def search_articles(words: str, *, user: User) -> list[Hit]:
    return search.search_articles(Query.parse(words), user=user)


def titles(words: str, user: User) -> list[str]:
    return [plain(hit.title) for hit in search_articles(words, user=user)]


def plain(html: str) -> str:
    return html.replace("<mark>", "").replace("</mark>", "")


def only(hits: list[Hit]) -> Hit:
    (hit,) = hits
    return hit


@pytest.mark.parametrize(
    "words",
    [
        "hoi nghi ban chap hanh",
        "Hội nghị Ban Chấp hành",
        "HỘI NGHỊ",
        "chấp hành hội nghị",
        "hoi   nghi,  ban-chap/hanh!",
        "dang bo",
        "Đảng bộ",
        "lan thu 20",
        "Hội nghị Ban Chấp hành",
    ],
)
def test_item_is_found_however_it_is_typed(edi: User, words: str) -> None:
    write(edi, "Hội nghị Ban Chấp hành Đảng bộ Khối lần thứ 20 (mở rộng)")

    assert len(titles(words, edi)) == 1


@pytest.mark.parametrize("words", ["hòa", "hoà", "hoa", "thủy", "thuỷ", "ủy ban", "uỷ ban"])
def test_tones_are_found_in_either_place(edi: User, words: str) -> None:
    write(
        edi, "Đồng chí Thủy dự", body="<p>Uỷ ban Kiểm tra làm việc tại Chi bộ Hoà Bình; đồng chí Hòa dự.</p>"
    )

    assert titles(words, edi) == ["Đồng chí Thủy dự"]


@pytest.mark.parametrize("words", ["", "   ", "!?", "%", "khong co chu nay", "hoi ngh"])
def test_nothing_is_found_by_nothing(edi: User, words: str) -> None:
    write(edi, "Hội nghị Ban Chấp hành")

    assert titles(words, edi) == []


def test_all_syllables_must_occur(edi: User) -> None:
    write(edi, "Hội nghị cán bộ")
    write(edi, "Ban Chấp hành họp")

    assert titles("hội nghị chấp hành", edi) == []


def test_exact_marks_come_first(edi: User) -> None:
    write(edi, "Bán hàng hóa")
    write(edi, "Ban hành quy chế", body="<p>Quy chế bàn hang.</p>")

    assert titles("bàn hang", edi) == ["Ban hành quy chế", "Bán hàng hóa"]
    assert titles("bán hàng", edi) == ["Bán hàng hóa", "Ban hành quy chế"]


def test_title_counts_more_than_the_text(edi: User) -> None:
    write(edi, "Trao huy hiệu", body="<p>Không có gì khác.</p>")
    write(edi, "Chuyện khác", body="<p>Có nhắc đến trao huy hiệu.</p>")

    assert titles("trao huy hieu", edi) == ["Trao huy hiệu", "Chuyện khác"]


def test_excerpt_shows_the_find_with_its_marks(edi: User) -> None:
    found = "Toàn Đảng bộ kết nạp 116 đảng viên &amp; trao huy hiệu."
    body = f"<p>{'Câu đứng trước. ' * 30}{found} {'Sau. ' * 60}</p>"
    write(edi, "Kết quả", lead="", body=body)

    excerpt = only(search_articles("ket nap 116", user=edi)).excerpt

    assert "Toàn Đảng bộ <mark>kết nạp 116</mark> đảng viên &amp; trao huy hiệu." in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")


def test_title_marks_words_and_not_their_parts(edi: User) -> None:
    write(edi, "An toàn ở Hải An, đồng chí Hoàn")

    hit = only(search_articles("an", user=edi))

    assert hit.title == "<mark>An</mark> toàn ở Hải <mark>An</mark>, đồng chí Hoàn"


def test_whole_phrase_is_marked_and_not_its_stray_syllables(edi: User) -> None:
    write(edi, "Ban Thường vụ họp", lead="", body="<p>Hội nghị Ban Chấp hành bàn nhiệm vụ.</p>")

    hit = only(search_articles("hoi nghi ban chap hanh", user=edi))

    assert hit.title == "Ban Thường vụ họp"
    assert hit.excerpt == "<mark>Hội nghị Ban Chấp hành</mark> bàn nhiệm vụ."


def test_hostile_words_and_titles_stay_text(edi: User, signed_in: Browser) -> None:
    write(edi, "<script>alert(1)</script> và 'nháy'; DROP TABLE")

    html = signed_in(edi).get(reverse("search"), {"q": "<script>'; drop table --"}).content.decode()

    assert "<script>" not in html.replace("<script src", "")
    assert Article.objects.count() == 1


@pytest.mark.parametrize("words", ["a" * 100, "ă " * 100, "% _ \\ ' \"", "\x00", "𝓗ội", "&|!():*<->"])
def test_any_typed_words_are_answered(edi: User, signed_in: Browser, words: str) -> None:
    write(edi, "Hội nghị")

    assert signed_in(edi).get(reverse("search"), {"q": words}).status_code == 200


def test_search_is_three_queries_and_shows_twenty(
    edi: User, edi2: User, django_assert_num_queries: object
) -> None:
    publish_many(edi, edi2, 30)
    assert edi.roles

    with django_assert_num_queries(3):  # type: ignore[operator]
        hits = search_articles("tin số", user=edi)

    assert [plain(hit.title) for hit in hits] == [f"Tin số {n}" for n in range(29, 9, -1)]


@pytest.mark.django_db(transaction=True)
def test_search_that_takes_too_long_says_so_and_frees_the_connection(
    monkeypatch: pytest.MonkeyPatch, edi: User
) -> None:
    monkeypatch.setattr(finding, "PATIENCE_MS", 50)
    monkeypatch.setattr(
        finding, "_SQL", finding._SQL.replace("ranked AS", "slow AS (SELECT pg_sleep(5)), ranked AS")
    )
    monkeypatch.setattr(finding, "_SQL", finding._SQL.replace("FROM ranked\n", "FROM slow, ranked\n"))
    write(edi, "Hội nghị")

    with pytest.raises(finding.SearchTooSlow):
        search_articles("hội nghị", user=edi)

    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
