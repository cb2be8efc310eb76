"""The portal's own button of a conference, hurt on the way: F03, F17, F23."""

import datetime
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from faults.promises import check

pytestmark = [pytest.mark.faults, pytest.mark.stack]


def draft(stand, size):
    return stand.press(f"thu/conference/{size}/")["meeting"]


def convene(stand, meeting):
    """In spite of the warnings: the drafts of a stand all want one room and one chair at once."""
    return stand.office.post(f"hop/{meeting}/trieu-tap/", reason="Hội nghị của bài kiểm thử")


def is_a_draft(stand, meeting):
    """As the page says: the button is there, or the summons is."""
    page = stand.office.get(f"hop/{meeting}/trieu-tap/")
    assert page.status == 200, page.text
    shown = page.text
    assert ("Gửi giấy mời cho" in shown) != ("Triệu tập lúc" in shown)
    return "Gửi giấy mời cho" in shown


def test_f03_web_killed_around_the_commit_is_all_or_nothing(stand, size, dice, is_long):
    """One blow a seed where there are ten seeds, three where there is one."""
    started = time.monotonic()
    convene(stand, draft(stand, size))
    usual = time.monotonic() - started
    convened = []

    for _ in range(1 if is_long else 3):
        meeting = draft(stand, size)
        click = threading.Thread(target=press_and_bear_it, args=(stand, meeting))
        click.start()
        time.sleep(dice.uniform(0, usual * 1.2))
        stand.kill_web_process()
        click.join()
        notices = stand.notices_about(meeting)
        assert len(notices) == (0 if is_a_draft(stand, meeting) else 1)
        convened += notices

    # Who clicks while the process is killed waits for the next one; that is not held to five seconds.
    stand.office.slowest = 0.0
    for notice in convened:
        assert stand.settle(notice) == {"sent": size}
        check(stand, notice)


def press_and_bear_it(stand, meeting):
    with suppress(OSError):
        convene(stand, meeting)


def test_f17_twenty_clicks_are_one_sending(stand, size, seed):
    meeting = draft(stand, size)
    with ThreadPoolExecutor(20) as hands:
        pages = list(hands.map(lambda _: convene(stand, meeting), range(20)))
    pages.append(convene(stand, meeting))

    too_late = [page for page in pages if "Đồng chí Sếp Văn phòng đã triệu tập hội nghị này lúc" in page.text]
    assert len(too_late) == 20
    (notice,) = stand.notices_about(meeting)
    assert stand.settle(notice) == {"sent": size}
    check(stand, notice)


@pytest.fixture
def half_sent(stand, size, dice):
    """A conference whose summons is on its way: the conference and the notice."""
    meeting = draft(stand, size)
    stand.mail.rule(delay=0.01)
    convene(stand, meeting)
    stand.wait_taken(dice.randrange(size // 10, size // 3))
    (notice,) = stand.notices_about(meeting)
    return meeting, notice


def test_f23_a_moved_conference_stops_the_old_summons(stand, size, half_sent):
    """To a day of its own: the stand keeps the conferences of the seeds before, and two in one hall clash."""
    meeting, old = half_sent
    day = (datetime.date.today() + datetime.timedelta(days=11 + meeting)).strftime("%d/%m/%Y")
    times = {"starts_at_0": day, "starts_at_1": "08:00", "ends_at_0": day, "ends_at_1": "11:00"}

    page = stand.office.post(f"hop/{meeting}/doi-lich/", **times, venue="Hội trường tầng 3")
    changed_at = time.time()

    assert page.status == 200
    _, new = stand.notices_about(meeting)
    assert stand.settle(new) == {"sent": size}
    states = stand.settle(old)
    assert states["cancelled"] > 0 and sum(states.values()) == size
    assert len(taken_later(stand, old, changed_at)) <= len(stand.senders)
    assert stand.board(old, "?trang_thai=cancelled").text.count("Hội nghị đã đổi thời gian, địa điểm.") >= 1
    check(stand, old)
    check(stand, new)


def test_f23_a_person_taken_off_the_list_gets_no_summons_any_more(stand, size, half_sent):
    meeting, notice = half_sent
    last = max((row for row in stand.deliveries(notice) if row.state == "queued"), key=lambda row: row.id)
    (person,) = stand.rows("SELECT recipient_key FROM portal_delivery WHERE id = %s", last.id)
    number = person.recipient_key.removeprefix("participant:")

    page = stand.office.post(f"hop/{meeting}/thanh-phan/{number}/rut/", reason="Chuyển công tác")

    assert page.status == 200
    assert stand.settle(notice) == {"sent": size - 1, "cancelled": 1}
    assert last.message_id not in stand.mail.noted("taken")
    check(stand, notice)


def taken_later(stand, notice, moment):
    return [
        note
        for note in stand.mail.notes("taken")
        if note["id"].startswith(f"<n{notice}.") and note["at"] > moment
    ]
