"""Every kind of page in a real browser: nothing for axe to find, no sideways scroll, no heavy page.

The axe rules are those of WCAG A and AA and its best practices; the widths are a desk's and a
telephone's (look.md §7). Weight counts HTML, CSS and JS as they are stored; WhiteNoise sends less.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from cast import Cast
from conferences import Conferences
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from lists import HUNG, bring, listed
from meeting_factory import add_item
from minutes_desk import begin_minutes
from newsroom import PNG, publish, write
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from meetings.actions import conclusions, extensions, minutes, roll_call, tasks
from meetings.models import ConclusionKind, ItemKind, Task
from members.actions.corrections import propose_correction
from members.actions.reports import send_report
from members.models import CourseKind, Enrollment, ReportPeriod, TrainingCourse, User
from news.actions import (
    add_photo,
    approve,
    give_upkeep,
    require_reading,
    save_article,
    set_topics,
    submit_for_approval,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: CKEditor's own bars and boxes, while they are being built (ADR 0005).
OF_THE_EDITOR = ".cke"
WIDTHS = (1366, 390)
#: A tablet, or the office's screen enlarged to 170 %; and that screen enlarged to 400 % (WCAG 1.4.10).
ENLARGED = (800, 320)
#: What is left of 1280 × 1024 at 400 %: as good as nothing may stay in place there.
HEIGHTS = {320: 256}
STAYING = """(editor) => [...document.querySelectorAll("body *")]
  .filter((one) => ["fixed", "sticky"].includes(getComputedStyle(one).position))
  .filter((one) => one.checkVisibility() && !one.closest(editor)).map((one) => one.className)"""
#: Of axe's rules one that is off unless asked for: 24 px for a finger, or room around it (WCAG 2.5.8).
FINGERS = {"rules": {"target-size": {"enabled": True}}}
#: Words that stand one beneath the other though there is room beside them.
SQUEEZED = """() => [...document.querySelectorAll("main :is(caption, legend, label, summary, h1, h2, h3)")]
  .filter((one) => one.checkVisibility() && !one.matches(".sr, .sr *"))
  .filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    const letter = parseFloat(getComputedStyle(one).fontSize);
    return width < 4 * letter && height > 4 * letter;
  })
  .map((one) => one.textContent.trim())"""
HEAVIEST = 150_000
#: What the browser has loaded for this page, from the server or from its own store.
WEIGHT = """() => performance.getEntries()
  .filter(e => e.entryType === "navigation" || /[.](css|js)([?]|$)/.test(e.name))
  .reduce((sum, e) => sum + e.decodedBodySize, 0)"""
#: Where the editor is, and Django's own lists and forms of the admin: they bring scripts of their own
#: (design §6 leaves them aside). Our desk of the admin and the other pages of the newsroom do not.
HEAVY = ("/tin-tuc/bien-tap/bai-moi/", "/tin-tuc/bien-tap/{article}/")
HEAVY_BELOW = ("/quan-tri/members/", "/quan-tri/meetings/", "/quan-tri/news/")

#: For the checker, so that its findings are on the page.
FAULTY = '<p>Họp ban chấp hành.</p><p>Xem <a href="#">lịch</a>.</p>'

READING = ("/", "/tin-tuc/", "/tin-tuc/{slug}/", "/lich/", "/hop/", "/nhiem-vu/", "/thong-bao/", "/to-chuc/")
PAGES = {
    "": ("/tai-khoan/dang-nhap/", "/khong-co-trang-nay/", "/ngoai-tuyen/"),
    "mem_a1": (
        *READING,
        "/tin-tuc/{slug}/?doc=1",
        "/tim-kiem/?q=chi+bo",
        "/tin-tuc/quan-triet/",
        "/tin-tuc/da-luu/",
        "/tin-tuc/bai-dung-lau-dai/",
        "/tin-tuc/luu-tru/",
        "/tin-tuc/luu-tru/2024-9/",
        "/tin-tuc/the/ket-nap/",
        "/tin-tuc/loat-bai/dai-hoi-cac-chi-bo/",
        "/tin-tuc/quan-triet/{study}/",
        "/co-gi-moi/",
        "/huong-dan/",
        "/huong-dan/can-bo/",
        "/thong-bao/tuy-chon/",
        "/tai-khoan/",
        "/tai-khoan/mat-khau/",
        "/thong-ke/",
        "/hop/{m2}/",
        "/dang-vien/{own}/?phan=dang-phi",
        "/dang-vien/{own}/?phan=de-nghi",
        "/dang-vien/{own}/de-nghi/?muc=born_on",
    ),
    "sec_a": (
        "/hop/{m1}/",
        "/hop/{m1}/tap-tai-lieu/",
        "/hop/{over}/",
        "/nhiem-vu/",
        "/nhiem-vu/{task}/",
        "/dang-vien/",
        "/dang-vien/{p_a2}/",
        "/dang-vien/{p_a2}/?phan=ly-lich",
        "/dang-vien/{p_a2}/?phan=qua-trinh",
        "/dang-vien/{p_a2}/?phan=tuoi-dang",
        "/dang-vien/{p_a2}/?phan=lich-su",
        "/dang-vien/{p_a2}/sua/",
        "/dang-vien/{p_a2}/so-dinh-danh/",
        "/dang-vien/{p_a2}/anh/",
        "/dang-vien/{p_a2}/ghi/chuyen-sinh-hoat/",
        "/dang-vien/xuat/",
        "/dang-vien/them/",
        "/dang-vien/viec/",
        "/dang-vien/de-nghi/",
        "/dang-vien/de-nghi/{correction}/",
        "/dang-vien/huy-hieu/",
        "/dang-vien/{p_a2}/huy-hieu/",
        "/dang-vien/viec/du-bi/",
        "/dang-vien/viec/du-bi/xuat/",
        "/dang-vien/xep-loai/",
        "/dang-vien/xep-loai/danh-sach/",
        "/dang-vien/xep-loai/{a1}/2025/0/",
        "/dang-vien/xep-loai/{a1}/2025/0/to-chuc/",
        "/nhiem-vu/dung-han/{a}/",
        "/dang-vien/lop/",
        "/dang-vien/lop/mo/",
        "/dang-vien/lop/{course}/",
        "/dang-vien/lop/{course}/them/",
        "/dang-vien/dang-phi/",
        "/dang-vien/dang-phi/no/",
        "/dang-vien/dang-phi/{a1}/2026/2/",
        "/dang-vien/dang-phi/{a1}/dien/",
        "/dang-vien/nhap/",
        "/dang-vien/nhap/{list_a}/",
        "/thong-ke/",
        "/thong-ke/?phan=bien-dong",
        "/thong-ke/chi-tieu/",
        "/thong-ke/?phan=co-cau",
        "/thong-ke/?phan=kiem-tra",
        "/thong-ke/bao-cao/",
        "/thong-ke/bao-cao/{report_a}/",
        "/thong-ke/bao-cao/gui/?organization={a}&months=9&until=15/8/2026",
        "/to-chuc/{a}/",
        "/to-chuc/{a}/lich-su/",
        "/to-chuc/{a}/sap-xep/",
        "/to-chuc/{a}/sap-xep/thanh-lap/",
        "/to-chuc/{a1}/sap-xep/tach/",
        "/to-chuc/{a1}/sap-xep/chia/?phan=3",
        "/to-chuc/{a1}/sap-xep/nang-cap/",
        "/to-chuc/{a}/?ngay=30/6/2025",
    ),
    "off": (
        "/",
        "/hop/tao/",
        "/chuong-trinh/",
        "/chuong-trinh/lap/",
        "/lich/",
        "/lich/?xem=phong",
        "/lich/viec/them/",
        "/hop/{m1}/",
        "/hop/{m1}/sua/",
        "/hop/{m1}/doi-lich/",
        "/hop/{m1}/hoan/",
        "/hop/{m1}/huy/",
        "/hop/{m1}/chuong-trinh/",
        "/hop/{m1}/thanh-phan/",
        "/hop/{m1}/trieu-tap/",
        "/hop/{m1}/diem-danh/",
        "/hop/{m1}/diem-danh/tat-ca/",
        "/hop/{m1}/diem-danh/nguoi-giup/",
        "/hop/{m1}/dieu-hanh/",
        "/hop/{over}/",
        "/hop/{over}/ra-soat/",
        "/hop/{over}/dieu-hanh/",
        "/hop/{over}/bien-ban/lan-luu/",
        "/nhiem-vu/{task}/",
        "/hop/{m1}/van-ban/",
        "/hop/{m1}/van-ban/lay-so/GM/",
        "/van-ban/",
        "/van-ban/vao-so/",
        "/quan-tri/",
        "/quan-tri/meetings/meetingkind/",
        "/quan-tri/meetings/meetingkind/{kind}/change/",
    ),
    "edi": (
        "/tin-tuc/bien-tap/",
        "/tin-tuc/bien-tap/bai-moi/",
        "/tin-tuc/{slug}/",
        "/tin-tuc/bien-tap/{article}/",
        "/tin-tuc/bien-tap/{article}/lich-su/",
        "/tin-tuc/bien-tap/{article}/trinh-duyet/",
        "/tin-tuc/bien-tap/{draft}/gui-bien-tap/",
        "/tin-tuc/bien-tap/{approved}/dang/",
        "/tin-tuc/bien-tap/{draft}/giao-doc/",
        "/tin-tuc/bien-tap/{draft}/bo-anh/",
        "/tin-tuc/bien-tap/{article}/ghim/",
        "/tin-tuc/bien-tap/{article}/the/",
        "/tin-tuc/bien-tap/{article}/phu-trach/",
        "/tin-tuc/bai-dung-lau-dai/",
        "/tin-tuc/{slug_draft}/",
        "/tin-tuc/bien-tap/{article}/van-ban/",
        "/tin-tuc/quan-triet/{study}/",
        "/tin-tuc/quan-triet/{study}/ket-qua/?loc=",
        "/tin-tuc/quan-triet/{study}/doc-lai/",
        "/tin-tuc/quan-triet/{study}/thoi/",
        "/quan-tri/news/article/",
    ),
    "adm": ("/quan-tri/", "/quan-tri/members/user/", "/quan-tri/members/user/add/"),
}


@dataclass
class Reader:
    """A browser of one person that notes what a page weighed and what its scripts complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def faults(self, address: str, *, may_be_heavy: bool = False, is_djangos: bool = False) -> list[str]:
        self.complaints = []
        self.page.goto(address)
        weight = self.page.evaluate(WEIGHT)
        found = [fault for width in (*WIDTHS, *ENLARGED) for fault in self._seen_at(width, is_djangos)]
        if weight > HEAVIEST and not may_be_heavy:
            found.append(f"heavy: {weight} bytes")
        return found + self.complaints

    def _seen_at(self, width: int, is_djangos: bool) -> list[str]:
        self.page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 844)})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        found = [f"{width} px, scrolls sideways: {wide} px"] if wide > width else []
        if width in HEIGHTS:
            staying = self.page.evaluate(STAYING, OF_THE_EDITOR)
            found += [f"{width} px, stays in place: {one}" for one in staying]
        if width in WIDTHS:
            options = {} if is_djangos else FINGERS
            audit = Axe().run(self.page, context={"exclude": [OF_THE_EDITOR]}, options=options).response
            found += [f"{width} px, axe: {fault['id']}" for fault in audit["violations"]]
            found += [f"{width} px, squeezed: {words}" for words in self.page.evaluate(SQUEEZED)]
        return found


@pytest.fixture
def reader(
    browser: Browser, live_server: LiveServer, cast: Cast, signed_in: Callable[..., Client]
) -> Iterator[Callable[[str], Reader]]:
    contexts = []

    def open_browser(username: str) -> Reader:
        context = browser.new_context(base_url=live_server.url)
        contexts.append(context)
        if username:
            session = signed_in(getattr(cast, username)).cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
        return Reader(context.new_page())

    yield open_browser
    for context in contexts:
        context.close()


@pytest.fixture
def addresses(conferences: Conferences, cast: Cast, edi2: User) -> dict[str, object]:
    article = publish(write(cast.edi, "Hội nghị lần thứ 20"), by=edi2)
    set_topics(article, by=cast.edi, tags=["kết nạp", "đại hội"], series="Đại hội các chi bộ")
    save_article(article, by=cast.mem_a1)
    draft = write(cast.edi, "Bài còn lỗi", body=FAULTY)
    task = task_given(cast)
    add_photo(draft, by=cast.edi, file=ContentFile(PNG, "anh.png"), alt="Quang cảnh", caption="Quang cảnh.")
    due = timezone.localdate()
    give_upkeep(article, owner=cast.sec_a, organization=cast.a, months=12, review_on=due, by=cast.edi)
    return {
        "task": task.pk,
        "over": task.conclusion.meeting_id,
        "m1": conferences.m1.pk,
        "m2": conferences.m2.pk,
        "kind": conferences.m1.kind_id,
        "a": cast.a.pk,
        "a1": cast.a1.pk,
        "p_a2": cast.p_a2.pk,
        "own": cast.mem_a1.member_id,
        "correction": propose_correction(
            cast.mem_a1.member,
            by=cast.mem_a1,
            field="born_on",
            value=datetime.date(1980, 5, 20),
            reason="Giấy khai sinh",
        ).pk,
        "course": course_with(cast).pk,
        "list_a": bring(
            listed(HUNG, [2, "", "Nam", "31/2/1980", "3100002", "", "A1"]), cast.sec_a, cast.a
        ).pk,
        "report_a": send_report(
            cast.a,
            by=cast.sec_a,
            period=ReportPeriod.YEAR,
            year=2025,
            until=datetime.date(2025, 12, 31),
            recipient="Đảng ủy Khối",
        ).pk,
        "slug": article.slug,
        "draft": draft.pk,
        "slug_draft": draft.slug,
        "approved": approve(
            submit_for_approval(write(cast.edi, "Bài đã duyệt"), by=cast.edi), by=edi2, version=1
        ).pk,
        "article": article.pk,
        "study": require_reading(article, by=cast.edi, due_on=timezone.localdate()).pk,
    }


def course_with(cast: Cast) -> TrainingCourse:
    day = timezone.localdate()
    course = TrainingCourse.objects.create(
        kind=CourseKind.NEW_MEMBERS, name="Lớp của A", organization=cast.a, starts_on=day, ends_on=day
    )
    Enrollment.objects.create(course=course, member=cast.p_a2)
    return course


def task_given(cast: Cast) -> Task:
    """A conference over, its minutes saved twice, looking back; of its one task more time is asked."""
    meeting = begin_minutes(cast)
    item = add_item(meeting, 4, ItemKind.REVIEW, title="Rà soát việc thực hiện kết luận")
    for revision, body in enumerate(("<p>Nghe báo cáo</p>", "<p>Nghe hết báo cáo</p>")):
        minutes.save_block(meeting.minutes, item, body=body, revision=revision, by=cast.off)
    line = conclusions.add_conclusion(meeting, kind=ConclusionKind.TASK, text="Rà soát", by=cast.off)
    due = timezone.localdate() + datetime.timedelta(days=9)
    tasks.add_task(line, title="Rà soát chỉ tiêu kết nạp", lead=cast.a, deadline=due, by=cast.off)
    roll_call.close_meeting(meeting, by=cast.off, despite="Biểu quyết sau")
    (task,) = conclusions.issue_conclusions(meeting, by=cast.off)
    later = due + datetime.timedelta(days=20)
    extensions.ask_extension(task, extended_to=later, reason="Chờ số liệu", by=cast.sec_a)
    return task


def _may_be_heavy(page: str) -> bool:
    return page in HEAVY or page.startswith(HEAVY_BELOW)


def test_pages_are_fit_to_read(reader: Callable[[str], Reader], addresses: dict[str, object]) -> None:
    found = {}
    for username, pages in PAGES.items():
        browser = reader(username)
        for page in pages:
            address = page.format(**addresses)
            found[username, page] = browser.faults(
                address, may_be_heavy=_may_be_heavy(page), is_djangos=page.startswith(HEAVY_BELOW)
            )

    assert {page: faults for page, faults in found.items() if faults} == {}


#: Marks what Tab should reach: seen, not disabled; of a group of radio buttons only one.
MARK = """() => {
  const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll(stops)];
  const seen = all.filter(e => e.checkVisibility() && !e.disabled && !["hidden", "radio"].includes(e.type));
  seen.forEach((element, number) => { element.dataset.stop = number; });
  return seen.length;
}"""
HERE = """() => {
  const here = document.activeElement;
  const ring = getComputedStyle(here);
  return [here.dataset.stop ?? null, ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2];
}"""


@pytest.mark.parametrize(
    ("username", "address"),
    [("mem_a1", "/"), ("sec_a", "/hop/{m1}/"), ("off", "/hop/tao/"), ("off", "/hop/{m1}/chuong-trinh/")],
)
def test_tab_reaches_everything_and_shows_where(
    username: str, address: str, reader: Callable[[str], Reader], addresses: dict[str, object]
) -> None:
    page = reader(username).page
    page.goto(address.format(**addresses))
    stops = page.evaluate(MARK)

    steps = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        steps.append(page.evaluate(HERE))

    assert {int(stop) for stop, _ in steps if stop is not None} == set(range(stops))
    assert all(ring for stop, ring in steps if stop is not None)
