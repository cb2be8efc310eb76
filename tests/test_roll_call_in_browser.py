"""The roll-call desk as a secretary meets it: keyboard only, several desks, and the network gone."""

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from cast import Cast, hold
from django.conf import settings
from django.test import Client
from django.utils import timezone
from meeting_factory import add_delegates, add_person, class_of, make_meeting
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from meetings.actions import roll_call
from meetings.models import (
    Attendance,
    AttendanceStatus,
    AttendeeRole,
    Meeting,
    Participant,
    SummonKind,
)
from members.models import User
from portal.models import AuditEntry
from portal.vietnamese import fold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"]
GIVEN = ["Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý", "Tý", "Sửu", "Dần", "Mão", "Thìn"]
#: Keys that sixty people may take: 120 seconds at four keys a second, an unhurried hand.
KEYS_IN_TWO_MINUTES = 480

Desk = Callable[[User], Page]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return make_meeting(cast, starts_at=timezone.now(), ends_at=timezone.now() + datetime.timedelta(hours=3))


@pytest.fixture
def desk(
    browser: Browser, live_server: LiveServer, meeting: Meeting, signed_in: Callable[[User], Client]
) -> Iterator[Desk]:
    """`desk(user)`: that person's browser at the desk; what a console complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_desk(user: User, address: str = "diem-danh/", width: int = 1366) -> Page:
        size = {"width": width, "height": 900}
        contexts.append(browser.new_context(base_url=live_server.url, locale="vi-VN", viewport=size))
        session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        contexts[-1].add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"/hop/{meeting.pk}/{address}")
        if address == "diem-danh/":
            page.wait_for_selector("html.has-script", state="attached")
        return page

    yield open_desk
    for context in contexts:
        for page in context.pages:
            # A question still being answered would meet the database of the next test.
            page.wait_for_load_state("networkidle")
        context.close()
    assert complaints == []


def add_sixty(meeting: Meeting) -> list[Participant]:
    """Sixty people as they are really called: many share the family name, some the given name."""
    people = [
        Participant(
            meeting=meeting,
            participant_class=class_of(meeting, AttendeeRole.OFFICIAL),
            full_name=f"{FAMILY[place % 10]} {'Thị' if place % 3 else 'Văn'} {GIVEN[place % 14]}",
            position_text=f"Bí thư Chi bộ {place}",
            role=AttendeeRole.OFFICIAL,
            summon=SummonKind.SUMMONED,
            has_vote=True,
        )
        for place in range(60)
    ]
    for one in people:
        one.derive()
    return Participant.objects.bulk_create(people)


class Hand:
    """Fingers on the keyboard that count what they press, and eyes on the marked row."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    @property
    def chosen(self) -> str | None:
        return self.page.evaluate("document.querySelector('tr.is-at')?.dataset.person")

    def mark(self, person: Participant) -> None:
        *_, given = fold(person.full_name).split()
        for letter in f"{given} ":
            self.press("Space" if letter == " " else letter)
            if self.chosen == str(person.pk):
                break
        while self.chosen != str(person.pk):
            self.press("ArrowDown")
        self.press("Enter")


def test_sixty_people_by_keyboard_alone(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    people = add_sixty(meeting)
    hand = Hand(desk(cast.off))

    for person in people:
        hand.mark(person)

    expect(hand.page.locator("#so-co-mat")).to_contain_text("60/60", timeout=20_000)
    expect(hand.page.locator(".badge.is-unsent")).to_have_count(0, timeout=20_000)
    assert Attendance.objects.filter(status=AttendanceStatus.PRESENT).count() == 60
    assert AuditEntry.objects.filter(action="meetings.mark").count() == 60
    assert hand.keys <= KEYS_IN_TWO_MINUTES, f"{hand.keys} keys"


def test_field_is_emptied_after_enter_and_keeps_the_focus(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    add_person(meeting, cast.sec_a, AttendeeRole.OFFICIAL)
    page = desk(cast.off)

    page.keyboard.type("sáu")
    page.keyboard.press("Enter")

    field = page.get_by_label("Gõ tên")
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    expect(page.locator("#vua-noi")).to_have_text("Trần Thị Sáu: có mặt.")


def test_absence_with_its_reason_by_f2(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    add_person(meeting, cast.sec_a, AttendeeRole.OFFICIAL)
    page = desk(cast.off)

    page.keyboard.type("tts")
    page.keyboard.press("F2")
    page.keyboard.type("Đi công tác")
    page.keyboard.press("Enter")

    expect(page.locator("#ben-canh")).to_contain_text("Trần Thị Sáu: vắng có lý do")
    assert Attendance.objects.get().reason == "Đi công tác"


def test_stand_in_by_f4_and_undo_by_ctrl_z(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    add_person(meeting, cast.sec_a)
    hold(cast.mem_a1, cast.deputy, cast.a)
    page = desk(cast.off)

    page.keyboard.type("sau")
    page.keyboard.press("F4")
    page.keyboard.type("nguyen van muoi")
    page.keyboard.press("Enter")
    expect(page.locator("#ben-canh")).to_contain_text("Trần Thị Sáu: dự thay")
    page.keyboard.press("Control+z")

    expect(page.locator("#ben-canh")).to_contain_text("Chưa ghi ai")
    assert Attendance.objects.get().status == AttendanceStatus.NOT_ARRIVED


def test_two_of_one_name_are_not_guessed(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    for place in ("Sở Y tế", "Sở Tài chính"):
        person = add_delegates(meeting, 1)[0]
        Participant.objects.filter(pk=person.pk).update(full_name="Lê Văn An", position_text=place)
    page = desk(cast.off)

    page.keyboard.type("an")
    page.keyboard.press("Enter")
    expect(page.locator("#vua-noi")).to_contain_text("Có 2 đồng chí tên Lê Văn An")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#so-co-mat")).to_contain_text("1/2")
    assert Attendance.objects.get().participant.position_text == "Sở Tài chính"


def test_network_gone_keeps_entries_and_sends_each_once(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    add_delegates(meeting, 5)
    page = desk(cast.off)
    expect(page.locator("#so-co-mat")).to_contain_text("0/5")

    page.context.set_offline(True)
    for number in ("001", "002", "003"):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
    expect(page.locator("tr[data-person] .badge.is-unsent")).to_have_count(3)
    expect(page.locator("#mang")).to_contain_text("3 lượt chưa gửi, đang tự gửi lại")
    assert not Attendance.objects.exists()
    page.context.set_offline(False)

    expect(page.locator("#so-co-mat")).to_contain_text("3/5", timeout=20_000)
    expect(page.locator(".badge.is-unsent")).to_have_count(0)
    assert Attendance.objects.count() == AuditEntry.objects.filter(action="meetings.mark").count() == 3


def test_an_answer_lost_on_the_way_stores_nothing_twice(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    add_delegates(meeting, 2)
    page = desk(cast.off)
    lost = iter([True, True])

    def lose_the_answer(route) -> None:
        route.fetch()
        route.abort() if next(lost, False) else route.fallback()

    page.route(re.compile("/ghi/$"), lose_the_answer)
    page.keyboard.type("001")
    page.keyboard.press("Enter")

    expect(page.locator("#so-co-mat")).to_contain_text("1/2", timeout=20_000)
    expect(page.locator(".badge.is-unsent")).to_have_count(0, timeout=20_000)
    page.unroute(re.compile("/ghi/$"))
    assert AuditEntry.objects.filter(action="meetings.mark").count() == 1


def test_entries_survive_a_closed_page(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    add_delegates(meeting, 2)
    page = desk(cast.off)
    page.route(re.compile("/ghi/$"), lambda route: route.abort())
    page.keyboard.type("002")
    page.keyboard.press("Enter")
    expect(page.locator("#mang")).to_contain_text("1 lượt chưa gửi")
    page.close()

    again = page.context.new_page()
    again.goto(f"/hop/{meeting.pk}/diem-danh/")

    expect(again.locator("#so-co-mat")).to_contain_text("1/2")


def test_two_desks_see_each_other_within_seconds(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    add_delegates(meeting, 4)
    first, second = desk(cast.off), desk(cast.off2)

    first.keyboard.type("001")
    first.keyboard.press("Enter")
    second.keyboard.type("002")
    second.keyboard.press("Enter")

    for page in (first, second):
        expect(page.locator("#so-co-mat")).to_contain_text("2/4", timeout=10_000)
        expect(page.locator("#moi-nguoi .state.is-good")).to_have_count(2)


def test_what_another_desk_wrote_later_is_shown_to_who_was_cut_off(
    cast: Cast, meeting: Meeting, desk: Desk
) -> None:
    (person,) = add_delegates(meeting, 1)
    page = desk(cast.off)
    page.context.set_offline(True)
    page.keyboard.type("001")
    page.keyboard.press("Enter")
    expect(page.locator(".badge.is-unsent").first).to_be_visible()
    # Well after it: how long ago an entry was made is known to within its own way to the server.
    roll_call.mark_absent(person, by=cast.off2, at=timezone.now() + datetime.timedelta(minutes=1))
    page.context.set_offline(False)

    expect(page.locator("#bi-tu-choi")).to_contain_text("Ngô Thị Hai đã ghi lúc", timeout=20_000)
    assert Attendance.objects.get().status == AttendanceStatus.ABSENT


def test_the_wall_counts_while_people_come(cast: Cast, meeting: Meeting, desk: Desk) -> None:
    one, *_ = add_delegates(meeting, 3)
    wall = desk(cast.off, "man-hinh/")
    expect(wall.get_by_role("status").first).to_contain_text("0/3")

    roll_call.mark_present(one, by=cast.off)

    expect(wall.get_by_role("status").first).to_contain_text("1/3", timeout=10_000)
    assert one.full_name not in wall.content()


@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("address", ["diem-danh/", "dieu-hanh/", "man-hinh/", "tu-diem-danh/"])
def test_axe_finds_nothing(cast: Cast, meeting: Meeting, desk: Desk, address: str, width: int) -> None:
    one, two, *_ = add_delegates(meeting, 6)
    roll_call.mark_present(one, by=cast.off)
    roll_call.mark_excused(two, by=cast.off, reason="Đi công tác")
    roll_call.open_self_check_in(meeting, by=cast.off)
    page = desk(cast.off, address, width)
    if address == "diem-danh/":
        page.keyboard.type("dai bieu")
        page.keyboard.press("F2")
        expect(page.locator("#bang-ly-do")).to_be_focused()

    found = Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
