"""Reading without a network, in a real browser: what is kept, for whom, and when it goes (ADR 0021)."""

import json
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from cast import PASSWORD, Cast
from conferences import Conferences
from django.core.files.base import ContentFile
from django.urls import reverse
from newsroom import PNG, publish, write
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer
from test_offline import PDF, held_in, put

from meetings.models import PaperReading
from members.models import User
from news.actions import withdraw
from news.models import Article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: The addresses of what is kept of a person; the frame, the same for everybody, is not among them.
KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("doc-lai:"));
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return requests.flat().map((request) => request.url.slice(location.origin.length)).sort();
}"""
#: Waits until a page has done with keeping, which it does after it is shown.
SETTLED = """async () => {
  await navigator.serviceWorker.ready;
  await navigator.locks.request("doc-lai:", () => {});
}"""
INDEX = "/ngoai-tuyen/muc-luc"


@pytest.fixture
def telephone(browser: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=live_server.url, service_workers="allow", viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def article(cast: Cast, edi2: User) -> Article:
    """Of A alone, so that no cache but ours keeps its picture."""
    picture = {"cover": ContentFile(PNG, "anh.png"), "cover_alt": "Quang cảnh"}
    return publish(write(cast.edi, "Đảng bộ kết nạp 116 đảng viên", only_for=cast.a, **picture), by=edi2)


def sign_in(page: Page, user: User) -> None:
    page.goto("/tai-khoan/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(user.username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url("/")


def read(page: Page, address: str) -> None:
    """Opens a page and waits until it has kept and let go of what it should."""
    with page.expect_response(lambda answer: reverse("offline_kept") in answer.url):
        page.goto(address)
    page.evaluate(SETTLED)


def test_article_read_once_is_read_again_without_network(
    telephone: BrowserContext, cast: Cast, article: Article
) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    read(page, article.get_absolute_url())
    telephone.set_offline(True)

    page.goto(article.get_absolute_url())

    expect(page.get_by_role("heading", level=1)).to_have_text(article.title)
    expect(page.get_by_role("status")).to_contain_text("Đang xem bản đã lưu lúc")
    assert page.evaluate("document.images[0].naturalWidth") == 8
    assert page.locator("form, [name=csrfmiddlewaretoken]").count() == 0
    assert str(cast.mem_a1.get_full_name()) not in page.content()
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []


def test_page_not_kept_says_so_and_lists_what_is(
    telephone: BrowserContext, cast: Cast, article: Article
) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    read(page, article.get_absolute_url())
    telephone.set_offline(True)

    page.goto("/nhiem-vu/")
    page.get_by_role("link", name=article.title).click()

    expect(page.get_by_role("status")).to_contain_text("không có mạng")
    assert page.evaluate(KEPT) == sorted([INDEX, article.get_absolute_url(), article.get_cover_url()])


def test_network_is_asked_first(telephone: BrowserContext, cast: Cast, article: Article) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    read(page, article.get_absolute_url())
    Article.objects.filter(pk=article.pk).update(title="Đảng bộ kết nạp 117 đảng viên")
    publish(write(cast.edi, "Tin khác"), by=article.approved_by)

    read(page, article.get_absolute_url())

    expect(page.get_by_role("heading", level=1)).to_have_text("Đảng bộ kết nạp 117 đảng viên")
    expect(page.get_by_text("Đang xem bản đã lưu")).to_have_count(0)


def test_after_signing_out_nothing_is_left(telephone: BrowserContext, cast: Cast, article: Article) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    read(page, article.get_absolute_url())
    assert article.get_absolute_url() in page.evaluate(KEPT)

    page.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("/tai-khoan/dang-nhap/")

    assert page.evaluate("caches.keys()") == []


def test_session_that_ended_takes_along_what_was_kept(
    telephone: BrowserContext, cast: Cast, article: Article
) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    read(page, article.get_absolute_url())
    telephone.clear_cookies()

    page.goto(article.get_absolute_url())

    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    page.wait_for_function("async () => !(await caches.keys()).some((name) => name.startsWith('doc-lai:'))")


def test_store_is_closed_when_its_time_is_over(
    telephone: BrowserContext, cast: Cast, article: Article
) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    read(page, article.get_absolute_url())
    page.evaluate("Kept.change(({ index }) => { index.ends = Date.now(); })")
    telephone.set_offline(True)

    page.goto(article.get_absolute_url())

    expect(page.get_by_role("heading", level=1)).to_have_text("Đọc khi không có mạng")
    assert page.evaluate(KEPT) == []


def test_next_person_finds_nothing_of_the_one_before(
    telephone: BrowserContext, cast: Cast, article: Article
) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    read(page, article.get_absolute_url())
    telephone.clear_cookies()
    sign_in(page, cast.sec_a)

    read(page, "/")

    assert page.evaluate(KEPT) == [INDEX]


def test_withdrawn_article_goes_with_the_next_page(
    telephone: BrowserContext, cast: Cast, article: Article
) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    read(page, article.get_absolute_url())
    withdraw(article, by=article.approved_by, reason="Nhầm số")

    read(page, "/")

    assert page.evaluate(KEPT) == [INDEX]


def test_paper_of_today_opens_without_network_and_counts_as_opened_afterwards(
    telephone: BrowserContext, cast: Cast, conferences: Conferences
) -> None:
    paper = put(held_in(conferences.m1, 0).agenda.first(), cast.off, "Báo cáo 9 tháng")
    page = telephone.new_page()
    sign_in(page, cast.sec_a)
    read(page, "/")
    assert PaperReading.objects.count() == 0
    telephone.set_offline(True)
    page.goto("/hop/")

    address = paper.get_absolute_url()
    assert page.evaluate("async (at) => (await caches.match(at)).text()", address) == PDF.decode()

    with page.expect_response(lambda answer: answer.url.endswith(address)) as opened:
        page.get_by_role("link", name=paper.title).click()
    page.wait_for_url(address)
    assert (opened.value.status, opened.value.from_service_worker) == (200, True)

    telephone.set_offline(False)
    read(page, "/")
    assert [reading.reader for reading in PaperReading.objects.all()] == [cast.sec_a]


def test_open_page_says_that_the_network_is_gone_and_keeps_what_was_typed(
    telephone: BrowserContext, cast: Cast
) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    page.goto("/tai-khoan/")
    page.get_by_label("Điện thoại công vụ").fill("0912 345 678")
    telephone.set_offline(True)
    banner = page.locator("#mat-mang [role=status]")
    expect(banner).to_contain_text("Mất mạng từ")
    assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []

    page.get_by_role("button", name="Lưu").click()

    expect(banner).to_be_focused()
    expect(banner).to_contain_text("Chưa gửi được")
    expect(page.get_by_label("Điện thoại công vụ")).to_have_value("0912 345 678")


def test_portal_installs_on_a_telephone(telephone: BrowserContext, cast: Cast) -> None:
    page = telephone.new_page()
    sign_in(page, cast.mem_a1)
    chrome = telephone.new_cdp_session(page)

    told = chrome.send("Page.getAppManifest")
    faults = chrome.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert (told["errors"], json.loads(told["data"])["short_name"]) == ([], "Cổng ĐU")
    # A context of the tests is a private window, in which nothing is ever installed.
    assert {fault["errorId"] for fault in faults} <= {"in-incognito"}


def test_without_a_worker_the_portal_works_as_before(
    browser: Browser, live_server: LiveServer, cast: Cast, article: Article
) -> None:
    """As under http on another machine's name, where browsers know no workers."""
    context = browser.new_context(base_url=live_server.url)
    context.add_init_script("delete Navigator.prototype.serviceWorker;")
    complaints: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page, cast.mem_a1)

    page.goto(article.get_absolute_url())

    expect(page.get_by_role("heading", level=1)).to_have_text(article.title)
    assert (complaints, page.evaluate("caches.keys()")) == ([], [])
    context.close()
