"""One search over everything: limits, files read in the background, and nothing that is not one's own."""

import io
from collections.abc import Callable

import pytest
from cast import Cast
from conferences import Conferences
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from docx import Document
from newsroom import PNG, publish, write
from openpyxl import Workbook
from playwright.sync_api import Browser as Chromium

from members.models import User
from news.models import Article
from portal.files.words import Unreadable, words_in
from portal.models import SearchEntry, SearchSynonym
from portal.search import index

Browser = Callable[[User | None], Client]
SENTENCE = "Phương án sắp xếp tổ chức cơ sở đảng năm 2025"


def docx(*paragraphs: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.add_table(1, 1).cell(0, 0).text = "Ô trong bảng"
    document.save(out)
    return out.getvalue()


def xlsx(*cells: object) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(list(cells))
    book.save(out)
    return out.getvalue()


def found(browser: Client, words: str, **limits: object) -> dict[str, list[str]]:
    response = browser.get(reverse("search"), {"q": words, **limits})
    return {results.source.code: [hit.url for hit in results.hits] for results in response.context["found"]}


def with_file(edi: User, edi2: User, content: bytes, name: str, **fields: object) -> Article:
    files = {"attached": [ContentFile(content, name)], "no_state_secret": True}
    return publish(write(edi, "Tin có tệp", **files, **fields), by=edi2)


@pytest.mark.parametrize(("name", "content"), [("a.docx", docx(SENTENCE)), ("a.xlsx", xlsx(1, SENTENCE))])
def test_words_inside_a_file_are_found(
    edi: User, edi2: User, mem_a1: User, signed_in: Browser, name: str, content: bytes
) -> None:
    article = with_file(edi, edi2, content, name)
    assert found(signed_in(mem_a1), "sap xep to chuc") == {}

    index.read_files()

    address = article.attachments.get().get_absolute_url()
    assert found(signed_in(mem_a1), "sap xep to chuc") == {"van-ban": [address]}


@pytest.mark.browser
def test_words_inside_a_pdf_are_found(browser: Chromium) -> None:
    page = browser.new_page()
    page.set_content(f"<p>{SENTENCE}</p><p>Đảng ủy Khối, ngày 26/9/2024</p>")
    pdf = page.pdf()
    page.close()

    words = words_in(io.BytesIO(pdf), "a.pdf")

    assert SENTENCE in words
    assert "Đảng ủy Khối, ngày 26/9/2024" in words


def test_word_table_and_paragraph_are_apart() -> None:
    lines = words_in(io.BytesIO(docx("Một", "Hai")), "a.docx").split("\n")

    assert [line for line in lines if line] == ["Một", "Hai", "Ô trong bảng"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"khong phai tep"])
def test_broken_file_is_no_crash(content: bytes) -> None:
    for name in ("a.docx", "a.pdf"):
        with pytest.raises(Unreadable):
            words_in(io.BytesIO(content), name)


def test_scan_says_that_only_its_name_is_searched(
    edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    with_file(edi, edi2, PNG, "Bản quét nghị quyết.png")

    index.read_files()

    page = signed_in(mem_a1).get(reverse("search"), {"q": "ban quet"}).content.decode()
    assert "Bản quét, không có chữ: chỉ tìm được theo tên tệp" in page


def test_nothing_hidden_is_found_counted_or_quoted(
    cast: Cast, edi: User, edi2: User, signed_in: Browser
) -> None:
    article = with_file(edi, edi2, docx(SENTENCE), "Kín đáo.docx", only_for=cast.b)
    index.read_files()

    for words in ("sap xep to chuc", "kín đáo", "tin có tệp"):
        assert found(signed_in(cast.mem_a1), words) == {}
    assert found(signed_in(cast.mem_b1), "kín đáo") == {
        "van-ban": [article.attachments.get().get_absolute_url()]
    }


def test_committee_items_are_found_by_those_who_see_them(
    cast: Cast, conferences: Conferences, signed_in: Browser
) -> None:
    item = conferences.m1.agenda.filter(is_committee_only=True).get()
    item.title = "Nhân sự quy hoạch nhiệm kỳ tới"
    item.save()

    who = [cast.off, cast.chair_r, cast.mem_b1, cast.mem_a1]
    sees = ["hop" in found(signed_in(user), "nhan su quy hoach") for user in who]

    assert sees == [True, True, False, False]


def test_conference_is_told_once_however_often_it_is_found(
    cast: Cast, conferences: Conferences, signed_in: Browser
) -> None:
    for item in conferences.m1.agenda.all():
        item.title = f"Báo cáo chuyên đề {item.position}"
        item.save()

    assert found(signed_in(cast.off), "bao cao chuyen de")["hop"] == [conferences.m1.get_absolute_url()]


def test_limits_of_kind_and_day_narrow(edi: User, edi2: User, mem_a1: User, signed_in: Browser) -> None:
    article = with_file(edi, edi2, docx(SENTENCE), "Tin có tệp.docx")
    browser = signed_in(mem_a1)

    assert set(found(browser, "tin có tệp")) == {"tin", "van-ban"}
    assert found(browser, "tin có tệp", loai="tin") == {"tin": [article.get_absolute_url()]}
    assert found(browser, "tin có tệp", den="01/01/2020") == {}
    assert found(browser, "tin có tệp", tu="01/01/2020", loai="van-ban").keys() == {"van-ban"}


def test_organisation_narrows_to_it_and_below(
    cast: Cast, conferences: Conferences, signed_in: Browser
) -> None:
    browser, words = signed_in(cast.off), conferences.m1.title

    conferences.m1.organization = cast.a
    conferences.m1.save()

    assert [
        conferences.m1.get_absolute_url() in found(browser, words, to_chuc=organization.pk).get("hop", [])
        for organization in (cast.a, cast.b)
    ] == [True, False]


def test_limits_that_make_no_sense_say_so(mem_a1: User, signed_in: Browser) -> None:
    page = signed_in(mem_a1).get(reverse("search"), {"q": "tin", "tu": "02/3/2024", "den": "01/3/2024"})

    assert "sớm hơn ngày bắt đầu" in page.content.decode()


def test_synonym_of_the_admin_works_both_ways(edi: User, signed_in: Browser) -> None:
    SearchSynonym.objects.create(short="CCHC", long="cải cách hành chính")
    write(edi, "Cải cách hành chính ở cơ sở")
    write(edi, "Kế hoạch CCHC năm sau")

    assert len(found(signed_in(edi), "cchc")["tin"]) == 2
    assert len(found(signed_in(edi), "cải cách hành chính")["tin"]) == 2


def test_removed_file_is_found_no_more(edi: User, edi2: User, mem_a1: User, signed_in: Browser) -> None:
    article = with_file(edi, edi2, docx(SENTENCE), "Bảng kê.docx")
    assert "van-ban" in found(signed_in(mem_a1), "bang ke")

    article.attachments.get().delete()

    assert found(signed_in(mem_a1), "bang ke") == {}


def test_rebuild_mends_the_index_and_keeps_what_was_read(
    edi: User, edi2: User, mem_a1: User, signed_in: Browser
) -> None:
    with_file(edi, edi2, docx(SENTENCE), "Bảng kê.docx")
    index.read_files()
    SearchEntry.objects.create(kind="news.attachment", object_id=10**9, title="Ma", url="/")

    index.rebuild()

    assert not SearchEntry.objects.filter(title="Ma").exists()
    assert "van-ban" in found(signed_in(mem_a1), "sap xep to chuc")


@pytest.mark.parametrize("words", ["'", "a'b", "(", "\\", '""', "đ/c", "& | !", '"\\m"', '"a(b"'])
def test_any_typed_signs_are_answered(mem_a1: User, signed_in: Browser, words: str) -> None:
    assert signed_in(mem_a1).get(reverse("search"), {"q": words}).status_code == 200
